import { sql } from 'kysely'
import type { Query } from '../../../contract/route.ts'
import type { searchEstablishments } from '../../../contract/territory-and-register/establishments.ts'
import { type Batches, type BatchOptions, batches, lately } from '../../platform/batches.ts'
import type { Database } from '../../platform/database.ts'
import type { Reading } from '../../platform/server.ts'
import { employersRead, revealed, trailRead } from './reading-rules.ts'

interface Read {
  readonly act: string
  readonly id: string
  readonly at: string
  readonly token_hash: string
  readonly kind: string
  readonly subject: string
  readonly origin: string
  readonly request_id: string
  readonly detail: object
}
export interface Reads extends Pick<Batches<Read>, 'flush' | 'stop'> {
  readonly onRevealed: (reading: Reading) => void
}
export interface ReadsOptions extends BatchOptions {
  readonly clock: () => Date
  readonly newId: () => string
}

/** The same person reading the same thing again within a quarter of an hour reads it once. */
const onceAMs = 15 * 60_000

/**
 * How many employers one account may have read and unwritten. Past it the batch is written at once.
 * A process killed on purpose then hides no more of a burst.
 */
const atOnce = 50

/** Gathers who read which persons, whose recruitments, and who read the trail itself, and writes them to the trail by batches. */
export const recordReads = (database: Database, { clock, newId, ...options }: ReadsOptions): Reads => {
  const unwritten = new Map<string, number>()
  const { add, flush, stop } = batches<Read>(async batch => {
    unwritten.clear()
    for (const [act, read] of Map.groupBy(batch, ({ act }) => act))
      await database.run(sql`select record_by_session(${act}, ${JSON.stringify(read)}::jsonb)`)
  }, options)
  const told = lately(onceAMs)
  const note = (
    { viewer, request }: Reading,
    act: string,
    [kind, subject]: readonly [string, string],
    key: string,
    detail: object,
  ) => {
    const now = clock()
    const whole = [viewer.sessionId, act, kind, subject, key].join('|')
    if (told.knows(whole, now.getTime())) return false
    const kept = add({
      act,
      id: newId(),
      at: now.toISOString(),
      token_hash: request.tokenHash.toString('hex'),
      kind,
      subject,
      origin: request.origin,
      request_id: request.id,
      detail,
    })
    if (kept) told.keep(whole)
    return kept
  }
  const count = (accountId: string, employers: number) => {
    const read = (unwritten.get(accountId) ?? 0) + employers
    unwritten.set(accountId, read)
    if (read >= atOnce) void flush()
  }
  return {
    onRevealed: reading => {
      const { viewer, route, input, reply, refused } = reading
      const asked = `${route.method} ${route.path}`
      const reveals = refused ? (route.refusalReveals ?? route.revealsPersons) : route.revealsPersons
      const shown = reveals && revealed(reveals, input, reply, viewer.accountId)
      if (shown) {
        const kept = note(reading, 'persons.read', shown.subject, [route.path, ...shown.sirets].join('|'), {
          route: asked,
          persons: shown.persons,
          ...(shown.sirets.length > 0 ? { establishments: shown.sirets } : {}),
        })
        if (kept) count(viewer.accountId, Math.max(1, shown.sirets.length))
      }
      if (route.readsEmployer)
        for (const subject of employersRead(input.params, reply))
          if (note(reading, route.readsEmployer, subject, route.path, { route: asked })) count(viewer.accountId, 1)
      if (route.looksByHires) {
        const { hires, hiresAtLeast, expectedHires, territory, q } = input.query as unknown as Query<
          typeof searchEstablishments
        >
        if ([hires, hiresAtLeast, expectedHires].some(one => one !== undefined)) {
          const sought = { hires, hiresAtLeast, expectedHires, territory }
          const detail = { route: asked, ...sought }
          // A page asks for its lines and its counts together: the first of them tells the search.
          // One number is one employer: the same as opening its card.
          const siret = /^\d{14}$/.exec(q?.replaceAll(/[\s.]/g, '') ?? '')?.[0]
          if (siret) {
            if (note(reading, 'recruitment.read', ['establishment', siret], route.looksByHires, detail))
              count(viewer.accountId, 1)
          } else note(reading, route.looksByHires, ['list', viewer.accountId], JSON.stringify(sought), detail)
        }
      }
      if (route.readsTrail) {
        const { subject, detail } = trailRead(input, reply)
        note(reading, route.readsTrail, subject, JSON.stringify(detail), detail)
      }
    },
    flush,
    stop,
  }
}
