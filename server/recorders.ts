import { recordReads } from './oversight/audit/record-reads.ts'
import { recordUsage } from './oversight/indicators/usage.ts'
import { recordPlaces } from './oversight/security/record-places.ts'
import { recordRefusals } from './oversight/security/record-refusals.ts'
import type { Settings } from './platform/action.ts'
import type { Config } from './platform/config.ts'
import type { Database } from './platform/database.ts'
import { uuidv7 } from './platform/ids.ts'
import type { ServerOptions } from './platform/server.ts'

export interface Recorders {
  /** What the server tells them of. */
  readonly listeners: Required<Pick<ServerOptions, 'onAnswered' | 'onRevealed' | 'onRefused' | 'onPlaced'>>
  /** Writes what is left. */
  readonly stop: () => Promise<void>
}

/**
 * What the web process gathers of requests and writes beside them, in batches: uses, persons read, refusals, places.
 * `onError` is told which could not be written, and why.
 */
export const startRecorders = (
  database: Database,
  { originKey, clock }: Pick<Config, 'originKey'> & Pick<Settings, 'clock'>,
  onError: (what: string, error: Error) => void,
): Recorders => {
  const failing = (what: string) => ({ clock, onError: (error: unknown) => onError(what, error as Error) })
  const usage = recordUsage(database, failing('usage'))
  const reads = recordReads(database, { newId: uuidv7, ...failing('reads') })
  const refusals = recordRefusals(database, { newId: uuidv7, key: originKey, ...failing('refusals') })
  const places = recordPlaces(database, failing('places'))
  return {
    listeners: {
      onAnswered: usage.onAnswered,
      onRevealed: reads.onRevealed,
      onRefused: refusals.onRefused,
      onPlaced: places.onPlaced,
    },
    stop: async () => {
      await Promise.all([usage, reads, refusals, places].map(recorder => recorder.stop()))
    },
  }
}
