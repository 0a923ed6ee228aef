import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { type Batches, type BatchOptions, batches, lately } from '../../platform/batches.ts'
import type { Database } from '../../platform/database.ts'
import type { Refusal } from '../../platform/server.ts'
import { sought } from './refusal-rules.ts'

interface Seen {
  readonly at: string
  readonly sessionId: string
  readonly request: Refusal['request']
  readonly refused: { readonly thing: string; readonly route: string; readonly code: string }
}
export interface Refusals extends Pick<Batches<Seen>, 'flush' | 'stop'> {
  readonly onRefused: (refusal: Refusal) => void
}
export interface RefusalsOptions extends BatchOptions {
  readonly clock: () => Date
  readonly newId: () => string
  /** Keys the digest by which things are told apart: the trail does not say what was sought. */
  readonly key: Buffer
}

/** The same thing refused again to the same person within a quarter of an hour is refused once. */
const onceAMs = 15 * 60_000

/**
 * Gathers refusals by right of signed-in people, and writes them to the trail by batches, one entry a session.
 * Repeated refusals are counted from these entries (SEC-2).
 */
export const recordRefusals = (database: Database, { clock, newId, key, ...options }: RefusalsOptions): Refusals => {
  const entries = (batch: readonly Seen[]) =>
    [...Map.groupBy(batch, seen => seen.sessionId).values()].map(all => ({
      id: newId(),
      at: all.at(-1)!.at,
      token_hash: all.at(-1)!.request.tokenHash.toString('hex'),
      origin: all.at(-1)!.request.origin,
      request_id: all.at(-1)!.request.id,
      detail: { refused: all.map(seen => seen.refused) },
    }))
  const { add, flush, stop } = batches<Seen>(
    batch => database.run(sql`select record_by_session('access.refused', ${JSON.stringify(entries(batch))}::jsonb)`),
    options,
  )
  const told = lately(onceAMs)
  return {
    onRefused: ({ sessionId, code, route, params, request }) => {
      const what = sought(code, route, params)
      if (what === null) return
      const now = clock()
      const thing = createHmac('sha256', key).update(what).digest('hex').slice(0, 16)
      const once = `${sessionId}|${thing}`
      if (
        !told.knows(once, now.getTime()) &&
        add({ at: now.toISOString(), sessionId, request, refused: { thing, route, code } })
      )
        told.keep(once)
    },
    flush,
    stop,
  }
}
