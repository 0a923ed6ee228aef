import { sql } from 'kysely'
import { type BatchOptions, type Batches, batches, lately } from '../platform/batches.ts'
import type { Database } from '../platform/database.ts'
import type { Reading } from '../platform/server.ts'
import { revealed } from './reading-rules.ts'

interface Read { readonly id: string; readonly at: string; readonly session_id: string; readonly kind: string; readonly subject: string; readonly origin: string; readonly request_id: string; readonly detail: object }
export interface Reads extends Pick<Batches<Read>, 'flush' | 'stop'> {
  readonly onRevealed: (reading: Reading) => void
}
export interface ReadsOptions extends BatchOptions {
  readonly clock: () => Date
  readonly newId: () => string
}

/** The same person reading the same thing again within a quarter of an hour reads it once. */
const onceAMs = 15 * 60_000

/** Gathers who read which persons, and writes them to the trail by batches. */
export const recordReads = (database: Database, { clock, newId, ...options }: ReadsOptions): Reads => {
  const { add, flush, stop } = batches<Read>(batch => database.run(sql`select record_by_session('persons.read', ${JSON.stringify(batch)}::jsonb)`), options)
  const told = lately(onceAMs)
  return {
    onRevealed: ({ viewer, route, input, reply, request }) => {
      const shown = revealed(route, input, reply, viewer.accountId)
      if (!shown) return
      const now = clock()
      const [kind, subject] = shown.subject
      const key = [viewer.sessionId, kind, subject, route.path, ...shown.sirets].join('|')
      if (told.knows(key, now.getTime())) return
      const kept = add({
        id: newId(), at: now.toISOString(), session_id: viewer.sessionId, kind, subject, origin: request.origin, request_id: request.id,
        detail: { route: `${route.method} ${route.path}`, persons: shown.persons, ...(shown.sirets.length > 0 ? { establishments: shown.sirets } : {}) },
      })
      if (kept) told.keep(key)
    },
    flush, stop,
  }
}
