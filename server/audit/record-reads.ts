import { sql } from 'kysely'
import type { Database } from '../platform/database.ts'
import type { Reading } from '../platform/server.ts'
import { revealed } from './reading-rules.ts'

interface Read { readonly id: string; readonly at: string; readonly session_id: string; readonly kind: string; readonly subject: string; readonly origin: string; readonly request_id: string; readonly detail: object }
export interface Reads {
  readonly onRevealed: (reading: Reading) => void
  readonly flush: () => Promise<void>
  /** Writes what is left. */
  readonly stop: () => Promise<void>
}
export interface ReadsOptions {
  readonly clock: () => Date
  readonly newId: () => string
  readonly everyMs?: number
  readonly onError?: (error: unknown) => void
}

// They wait here a few seconds so that reading never writes: a crash loses those at most. Past the bound, with the database away, the oldest are kept.
const bound = 20_000
/** The same person reading the same thing again within a quarter of an hour reads it once. */
const onceAMs = 15 * 60_000

/** Gathers who read which persons, and writes them to the trail by batches. */
export const recordReads = (database: Database, { clock, newId, everyMs = 5_000, onError = () => {} }: ReadsOptions): Reads => {
  let waiting: Read[] = []
  let [told, toldBefore] = [new Set<string>(), new Set<string>()]
  let turnedAt = clock().getTime()
  let writing: Promise<void> = Promise.resolve()

  /** Two generations, turned over at each half of the time or when full: what was told lately is known without a date for each. */
  const alreadyTold = (key: string, now: number) => {
    if (now - turnedAt > onceAMs / 2 || told.size >= bound) {
      toldBefore = now - turnedAt > onceAMs ? new Set() : told
      told = new Set()
      turnedAt = now
    }
    const known = told.has(key) || toldBefore.has(key)
    if (!known) told.add(key)
    return known
  }
  const write = async () => {
    if (waiting.length === 0) return
    const batch = waiting
    waiting = []
    try {
      await database.run(sql`select record_reads(${JSON.stringify(batch)}::jsonb)`)
    } catch (error) {
      waiting = [...batch, ...waiting].slice(0, bound)
      onError(error)
    }
  }
  const flush = () => (writing = writing.then(write))
  const timer = setInterval(() => void flush(), everyMs)
  timer.unref()

  return {
    onRevealed: ({ viewer, route, input, reply, request }) => {
      const shown = revealed(route, input, reply, viewer.accountId)
      if (!shown || waiting.length >= bound) return
      const now = clock()
      const [kind, subject] = shown.subject
      if (alreadyTold([viewer.sessionId, kind, subject, route.path, ...shown.sirets].join('|'), now.getTime())) return
      waiting.push({
        id: newId(), at: now.toISOString(), session_id: viewer.sessionId, kind, subject, origin: request.origin, request_id: request.id,
        detail: { route: `${route.method} ${route.path}`, persons: shown.persons, ...(shown.sirets.length > 0 ? { establishments: shown.sirets } : {}) },
      })
    },
    flush,
    stop: async () => {
      clearInterval(timer)
      await flush()
    },
  }
}
