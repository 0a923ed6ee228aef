import { sql } from 'kysely'
import type { Route } from '../../../contract/route.ts'
import type { Database } from '../../platform/database.ts'
import { parisDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { useOf } from './usage-rules.ts'

interface Counted {
  token_hash: string
  tool: string
  kind: string | null
  day: string
  count: number
  perimeter: number[]
}
export interface Usage {
  /** After each request that was answered, never for one that was refused. */
  readonly onAnswered: (viewer: Viewer, route: Route, tokenHash: Buffer) => void
  readonly flush: () => Promise<void>
  /** Writes what is left. */
  readonly stop: () => Promise<void>
}
export interface UsageOptions {
  readonly clock: () => Date
  readonly everyMs?: number
  readonly onError?: (error: unknown) => void
}

// Counts wait here a few seconds so that reading never writes; past the bound, with the database away, uses are let go
// rather than memory filled.
const bound = 20_000

export const recordUsage = (
  database: Database,
  { clock, everyMs = 5_000, onError = () => {} }: UsageOptions,
): Usage => {
  let waiting = new Map<string, Counted>()
  let sent = new Set<string>() // sessions already counted today in this process
  let writing: Promise<void> = Promise.resolve()

  const add = (key: string, use: Counted) => {
    const known = waiting.get(key)
    if (known) known.count += use.count
    else if (waiting.size < bound) waiting.set(key, use)
  }
  const write = async () => {
    if (waiting.size === 0) return
    const batch = waiting
    waiting = new Map()
    try {
      const rows = [...batch.values()].map(use => ({ ...use, perimeter: `{${use.perimeter.join(',')}}` }))
      await database.run(sql`select record_usage(${JSON.stringify(rows)}::jsonb)`)
    } catch (error) {
      for (const [key, use] of batch) add(key, use)
      onError(error)
    }
  }
  const flush = () => (writing = writing.then(write))
  const timer = setInterval(() => void flush(), everyMs)
  timer.unref()

  return {
    onAnswered: (viewer, route, tokenHash) => {
      const use = useOf(route)
      if (!use || viewer.state !== 'active') return
      const day = parisDay(clock())
      const token_hash = tokenHash.toString('hex')
      const session = `${token_hash}|${use.tool}|${day}`
      if (use.kind === null) {
        if (sent.has(session)) return
        if (sent.size >= bound) sent = new Set()
        sent.add(session)
      }
      add(`${session}|${use.kind ?? ''}`, {
        token_hash,
        ...use,
        day,
        count: 1,
        perimeter: [...new Set(viewer.grants.filter(g => g.tool === use.tool).map(g => g.territoryId))],
      })
    },
    flush,
    stop: async () => {
      clearInterval(timer)
      await flush()
    },
  }
}
