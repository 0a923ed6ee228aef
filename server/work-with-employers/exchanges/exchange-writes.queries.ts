import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Visibility } from './exchange-rules.ts'
import type { Content, RecordedExchange, VersionRow } from './exchanges.queries.ts'
import type { Placed } from './left-out-rules.ts'
import { type NewNextAction, type Owned, owned, putNextAction } from './next-actions.queries.ts'

export interface NewExchange extends TerritoryLine, Placed {
  readonly id: string
  readonly siret: number
  readonly organisationId: string
  readonly authorId: string
  readonly occurredOn: string
  readonly reached: boolean
  readonly visibility: Visibility
  readonly recordedAt: Date
  readonly content: Content
  readonly nextAction: NewNextAction | null
}

/** Answers the digest of what was said, under a salt of its own: the trail keeps it, and the verification compares. */
const insertVersion = async (
  db: Db,
  x: Owned & {
    id: string
    version: number
    at: Date
    byId: string
    change: VersionRow['change']
    occurredOn: string
    content: Content
  },
): Promise<string> =>
  (await db.first(
    k
      .insertInto('exchangeVersions')
      .values({
        ...owned(x),
        exchangeId: x.id,
        version: x.version,
        at: x.at,
        byId: x.byId,
        change: x.change,
        occurredOn: x.occurredOn,
        content: JSON.stringify(x.content),
      })
      .returning(sql<string>`exchange_version_digest(salt, occurred_on, content)`.as('digest')),
  ))!.digest

/** The fact, what was said, its first version and what comes next: one batch. Answers the digest of the version. */
export const insertExchange = async (db: Db, exchange: NewExchange): Promise<string> => {
  const { content, nextAction, ...row } = exchange
  const [, , digest] = await Promise.all([
    db.run(k.insertInto('exchanges').values(row)),
    db.run(k.insertInto('exchangeContents').values({ ...owned(exchange), exchangeId: exchange.id, ...content })),
    insertVersion(db, {
      ...exchange,
      version: 1,
      at: exchange.recordedAt,
      byId: exchange.authorId,
      change: 'recorded',
    }),
    nextAction ? putNextAction(db, exchange, nextAction) : undefined,
  ])
  return digest
}

export interface Correction extends Placed {
  readonly occurredOn: string
  readonly reached: boolean
  readonly visibility: Visibility
  readonly content: Content
  /** `undefined` leaves the next action as it is, null withdraws it. */
  readonly nextAction: NewNextAction | null | undefined
}

/**
 * Writes the next version over one that is locked. Narrowing the visibility narrows the versions before it too;
 * widening leaves them.
 */
export const saveCorrection = async (
  db: Db,
  before: RecordedExchange,
  { content, nextAction, ...row }: Correction,
  at: Date,
  byId: string,
): Promise<string> => {
  const version = before.version + 1
  const after = { ...before, ...row }
  const [written, , , digest] = await Promise.all([
    db.run(
      k
        .updateTable('exchanges')
        .set({ ...row, version, correctedAt: at })
        .where('id', '=', before.id)
        .where('version', '=', before.version),
    ),
    db.run(
      k
        .updateTable('exchangeContents')
        .set({ ...content, visibility: row.visibility })
        .where('exchangeId', '=', before.id),
    ),
    row.visibility === 'organisation'
      ? db.run(
          k.updateTable('exchangeVersions').set({ visibility: row.visibility }).where('exchangeId', '=', before.id),
        )
      : 0,
    insertVersion(db, { ...after, content, version, at, byId, change: 'corrected' }),
    nextAction
      ? putNextAction(db, after, nextAction)
      : db.run(
          k
            .updateTable('nextActions')
            .set({ visibility: row.visibility, ...(nextAction === null ? { cancelledAt: at } : {}) })
            .where('exchangeId', '=', before.id),
        ),
  ])
  if (written !== 1) throw new Error('the locked exchange was not written')
  return digest
}

/** Everything stays; what was still to do is withdrawn. */
export const saveCancellation = async (
  db: Db,
  before: RecordedExchange & { readonly content: Content },
  reason: string,
  at: Date,
  byId: string,
): Promise<string> => {
  const version = before.version + 1
  const [written, , digest] = await Promise.all([
    db.run(
      k
        .updateTable('exchanges')
        .set({ status: 'cancelled', version, correctedAt: at })
        .where('id', '=', before.id)
        .where('version', '=', before.version),
    ),
    db.run(k.updateTable('exchangeContents').set({ cancelReason: reason }).where('exchangeId', '=', before.id)),
    insertVersion(db, { ...before, version, at, byId, change: 'cancelled' }),
    db.run(
      k
        .updateTable('nextActions')
        .set({ cancelledAt: at })
        .where('exchangeId', '=', before.id)
        .where('doneAt', 'is', null),
    ),
  ])
  if (written !== 1) throw new Error('the locked exchange was not written')
  return digest
}
