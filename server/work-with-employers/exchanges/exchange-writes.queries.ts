import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Visibility } from './exchange-rules.ts'
import type { Content, RecordedExchange } from './exchanges.queries.ts'
import type { Placed } from './left-out-rules.ts'
import { type NewNextAction, type Owned, owned, putNextAction, saveAnswered } from './next-actions.queries.ts'

export interface VersionRow {
  readonly version: number
  readonly at: Date
  readonly byId: string
  readonly byName: string
  readonly byOrganisationId: string
  readonly change: 'recorded' | 'corrected' | 'cancelled'
  /** As it was said then: what was not asked yet is missing. */
  readonly content: Omit<Content, 'campaignResultId' | 'resultLabel' | 'correspondentId'> & Partial<Content>
  readonly occurredOn: string
  readonly visibility: Visibility
}
/** Without whoever was met, while annex 4 closes « interlocuteurs » (AGR-12). */
const shownContent = sql`case when (select ctx.opens('interlocuteurs')) then v.content
  else (v.content - 'correspondentId') || '{"personMet": null}' end`
export const listVersions = (db: Db, exchangeId: string): Promise<VersionRow[]> =>
  db.all(sql<VersionRow>`select v.version, v.at, v.by_id, b.given_name || ' ' || b.family_name as by_name,
    b.organisation_id as by_organisation_id, v.change, ${shownContent} as content, v.occurred_on, v.visibility
    from exchange_versions v join accounts b on b.id = v.by_id where v.exchange_id = ${exchangeId}::uuid
      order by v.version desc`)

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

/** The same, and the planned action that it carries out, when there is one. */
export const insertAnswering = async (
  db: Db,
  exchange: NewExchange,
  answered: { readonly id: string } | null,
): Promise<string> => {
  const [digest] = await Promise.all([
    insertExchange(db, exchange),
    answered && saveAnswered(db, answered.id, exchange.id, exchange.recordedAt),
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

/** Whom an exchange says was met, to be written again as it is: told to nobody where annex 4 closes « interlocuteurs ». */
export const keptMet = (db: Db, exchangeId: string) =>
  db.first(
    sql<{ personMet: string | null; correspondentId: string | null }>`select person_met, correspondent_id
      from exchange_contents where exchange_id = ${exchangeId}::uuid`,
  )
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

/** Without a campaign, an action nor a need: only that it took place, and what came of it. */
export interface ImportedExchange extends NewExchange {
  readonly fileId: string
}

/** The fact, what was said and the first version of many exchanges. Answers the digest of each version. */
export const insertImported = async (
  db: Db,
  exchanges: readonly ImportedExchange[],
): Promise<ReadonlyMap<string, string>> => {
  if (exchanges.length === 0) return new Map()
  const [, , versions] = await Promise.all([
    db.run(k.insertInto('exchanges').values(exchanges.map(({ content: _, nextAction: __, ...row }) => row))),
    db.run(
      k
        .insertInto('exchangeContents')
        .values(exchanges.map(exchange => ({ ...owned(exchange), exchangeId: exchange.id, ...exchange.content }))),
    ),
    db.all(
      k
        .insertInto('exchangeVersions')
        .values(
          exchanges.map(exchange => ({
            ...owned(exchange),
            exchangeId: exchange.id,
            version: 1,
            at: exchange.recordedAt,
            byId: exchange.authorId,
            change: 'recorded',
            occurredOn: exchange.occurredOn,
            content: JSON.stringify(exchange.content),
          })),
        )
        .returning(['exchangeId', sql<string>`exchange_version_digest(salt, occurred_on, content)`.as('digest')]),
    ),
  ])
  return new Map(versions.map(({ exchangeId, digest }) => [exchangeId, digest]))
}

export interface RecordedContact {
  readonly siret: number
  readonly occurredOn: string
  readonly channel: string
}
/** What one's own structure recorded at these establishments and did not cancel. */
export const contactsOf = (db: Db, sirets: readonly number[], organisationId: string): Promise<RecordedContact[]> =>
  db.all(sql<RecordedContact>`select x.siret, x.occurred_on, c.channel
    from exchanges x cross join lateral (select channel from exchange_contents where exchange_id = x.id limit 1) c
    where x.siret = any (${sirets}::bigint[]) and x.organisation_id = ${organisationId}::uuid and x.status = 'recorded'`)
