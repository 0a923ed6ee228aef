import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { lateAfter } from '../../platform/health.ts'
import type { SignerKey } from './checkpoint-note.ts'
import type { Witness } from './file-witness.ts'
import { confide, sealOnce, TrailBroken } from './seal-trail.ts'
import { rightsReader } from './sealed-rights.ts'
import { sealingLag } from './trail.queries.ts'

export interface Sequencer {
  /** Seals and confides what is left, then ends. */
  stop(): Promise<void>
}
export interface SequencerOptions {
  readonly signer: SignerKey
  readonly witness: Witness
  /** The retention of details, in months. */
  readonly keeps?: number | undefined
  readonly everyMs?: number
  /** How often the witness is given the last checkpoint: until then, its end could be cut unseen. */
  readonly witnessEveryMs?: number
  /** How often a seal tells the whole of rights at most. */
  readonly rightsEveryMs?: number
  readonly say: (level: 'warning' | 'error', message: string) => void
}
const sayAgainAfter = 60_000

/**
 * Seals as entries come, on a connection of its own, opened again when it is lost. Several may run, in several workers:
 * each seal is one's alone.
 */
export const startSequencer = (
  workerDatabaseUrl: string,
  { signer, witness, keeps, everyMs = 300, witnessEveryMs = 5_000, rightsEveryMs = 60_000, say }: SequencerOptions,
): Sequencer => {
  const stopping = new AbortController()
  const said = new Map<string, number>()
  const sayOnce = (level: 'warning' | 'error', message: string) => {
    if (performance.now() - (said.get(message) ?? Number.NEGATIVE_INFINITY) < sayAgainAfter) return
    said.set(message, performance.now())
    say(level, message)
  }
  const pause = (ms: number) => wait(ms, undefined, { signal: stopping.signal }).catch(() => {})

  let [confidedAt, lookedAt] = [Number.NEGATIVE_INFINITY, 0]
  const readRights = rightsReader({
    everyMs: rightsEveryMs,
    onError: error => sayOnce('warning', `rights not read for the seal: ${error.message}`),
  })
  const turn = async (client: pg.Client) => {
    const seal = await sealOnce(client, signer, { keeps, readRights })
    const last = stopping.signal.aborted && seal?.caughtUp !== false
    if (seal && (last || performance.now() - confidedAt >= witnessEveryMs)) {
      await confide(client, witness, seal.note, signer)
      confidedAt = performance.now()
    }
    if (performance.now() - lookedAt >= 1_000) {
      lookedAt = performance.now()
      if ((await sealingLag(client)) > lateAfter)
        sayOnce(
          'warning',
          `the trail is sealed more than ${lateAfter} seconds late: a transaction stays open, or the worker cannot follow`,
        )
    }
    if (last || (!seal && stopping.signal.aborted)) return 'done'
    if (seal?.caughtUp !== false) await pause(everyMs)
    return 'again'
  }
  const onConnection = async () => {
    const client = new pg.Client({
      connectionString: workerDatabaseUrl,
      application_name: 'campagnes-sequencer',
      statement_timeout: 60_000,
    })
    client.on('error', () => {}) // the next statement fails, and says so
    try {
      await client.connect()
      while ((await turn(client)) === 'again') {
        /* until told to stop */
      }
    } finally {
      await client.end().catch(() => {})
    }
  }
  const run = async () => {
    for (;;) {
      try {
        return await onConnection()
      } catch (error) {
        sayOnce(error instanceof TrailBroken ? 'error' : 'warning', `trail not sealed: ${(error as Error).message}`)
        if (stopping.signal.aborted) return
        await pause(error instanceof TrailBroken ? 10_000 : 1_000)
      }
    }
  }
  const running = run()
  return {
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
