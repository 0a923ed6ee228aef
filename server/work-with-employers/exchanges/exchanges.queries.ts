import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { type Contact, type LockedTarget, lockTarget } from '../campaigns/targets.queries.ts'
import type { Result, Visibility } from './exchange-rules.ts'
import type { ParisMoment } from './next-actions.ts'

export interface Content {
  readonly channel: string
  readonly result: Result
  readonly personMet: string | null
  readonly notes: string | null
  readonly need: string | null
  /** The campaign's own result, and its words as they were chosen; null when it is one of the base codes. */
  readonly campaignResultId: string | null
  readonly resultLabel: string | null
}
export interface NextActionRow extends TerritoryLine {
  readonly id: string
  readonly exchangeId: string
  readonly siret: number
  readonly establishmentName: string | null
  readonly organisationId: string
  readonly organisationName: string
  readonly organisationKind: string
  readonly visibility: Visibility
  readonly kind: string
  readonly dueOn: string
  readonly dueAt: string | null
  readonly ownerId: string
  readonly ownerName: string
  readonly ownerOrganisationId: string
  /** Who recorded the exchange that it follows. */
  readonly authorId: string
  readonly authorName: string
  readonly authorOrganisationId: string
  readonly doneAt: Date | null
}
export interface RecordedExchange extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly establishmentName: string | null
  readonly campaignId: string | null
  readonly campaignName: string | null
  /** The campaign's period; null outside any, or where the campaign is not visible. */
  readonly startsOn: string | null
  readonly endsOn: string | null
  readonly organisationId: string
  readonly organisationName: string
  readonly organisationKind: string
  readonly authorId: string
  readonly authorName: string
  readonly authorOrganisationId: string
  readonly occurredOn: string
  readonly visibility: Visibility
  readonly status: 'recorded' | 'cancelled'
  readonly recordedAt: Date
  readonly correctedAt: Date | null
  readonly version: number
  /** Null where row-level security keeps what was said. */
  readonly content: Content | null
  readonly cancelReason: string | null
  readonly nextAction: NextActionRow | null
}

const nextActionColumns = sql`n.id, n.exchange_id, n.siret, n.region_id, n.departement_id, n.epci_id, n.clpe_id,
  n.organisation_id, n.visibility, n.kind, n.due_on, to_char(n.due_at, 'HH24:MI') as due_at, n.owner_id, n.done_at,
  w.given_name || ' ' || w.family_name as owner_name, w.organisation_id as owner_organisation_id, a.id as author_id,
    a.given_name || ' ' || a.family_name as author_name, a.organisation_id as author_organisation_id`

const exchanges = sql`
  select x.id, x.siret, x.region_id, x.departement_id, x.epci_id, x.clpe_id,
    coalesce(e.name, p.name) as establishment_name, x.campaign_id, c.name as campaign_name, c.starts_on, c.ends_on,
    x.organisation_id, o.name as organisation_name, o.kind as organisation_kind, x.author_id,
      a.given_name || ' ' || a.family_name as author_name, a.organisation_id as author_organisation_id,
    x.occurred_on, x.visibility, x.status, x.recorded_at, x.corrected_at, x.version,
    t.channel, t.result, t.person_met, t.notes, t.need, t.campaign_result_id, t.result_label, t.cancel_reason,
    n.id as next_id, n.kind as next_kind, n.due_on as next_due_on, to_char(n.due_at, 'HH24:MI') as next_due_at,
      n.done_at as next_done_at,
    n.owner_id as next_owner_id, w.given_name || ' ' || w.family_name as next_owner_name,
      w.organisation_id as next_owner_organisation_id
  from exchanges x
  join organisations o on o.id = x.organisation_id
  join accounts a on a.id = x.author_id
  left join establishments e on e.siret = x.siret
  left join provisional_establishments p on p.siret = x.siret and e.siret is null
  left join campaigns c on c.id = x.campaign_id
  left join exchange_contents t on t.exchange_id = x.id
  left join next_actions n on n.exchange_id = x.id and n.cancelled_at is null
  left join accounts w on w.id = n.owner_id`

interface Next {
  nextId: string
  nextKind: string
  nextDueOn: string
  nextDueAt: string | null
  nextDoneAt: Date | null
  nextOwnerId: string
  nextOwnerName: string
  nextOwnerOrganisationId: string
}
type Flat = Omit<RecordedExchange, 'content' | 'nextAction'> & { [K in keyof Content]: Content[K] | null } & (
    | Next
    | { [K in keyof Next]: null }
  )

const nested = ({
  channel,
  result,
  personMet,
  notes,
  need,
  campaignResultId,
  resultLabel,
  nextId,
  nextKind,
  nextDueOn,
  nextDueAt,
  nextDoneAt,
  nextOwnerId,
  nextOwnerName,
  nextOwnerOrganisationId,
  ...x
}: Flat): RecordedExchange => ({
  ...x,
  content:
    channel === null || result === null
      ? null
      : { channel, result, personMet, notes, need, campaignResultId, resultLabel },
  nextAction:
    nextId === null
      ? null
      : {
          ...x,
          id: nextId,
          exchangeId: x.id,
          kind: nextKind,
          dueOn: nextDueOn,
          dueAt: nextDueAt,
          doneAt: nextDoneAt,
          ownerId: nextOwnerId,
          ownerName: nextOwnerName,
          ownerOrganisationId: nextOwnerOrganisationId,
        },
})

export interface ExchangeFilter {
  readonly siret?: number | undefined
  readonly campaign?: string | undefined
  readonly organisation?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}
const matching = ({ siret, campaign, organisation, from, to }: ExchangeFilter) =>
  sql.join(
    [
      sql`true`,
      ...(siret === undefined ? [] : [sql`x.siret = ${siret}`]),
      ...(campaign === undefined ? [] : [sql`x.campaign_id = ${campaign}::uuid`]),
      ...(organisation === undefined ? [] : [sql`x.organisation_id = ${organisation}::uuid`]),
      ...(from === undefined ? [] : [sql`x.occurred_on >= ${from}::date`]),
      ...(to === undefined ? [] : [sql`x.occurred_on <= ${to}::date`]),
    ],
    sql` and `,
  )

/** Newest first, one row more than asked. `after`: the day and the id of the last one shown. */
export const listExchanges = async (
  db: Db,
  filter: ExchangeFilter,
  after: readonly string[] | undefined,
  limit: number,
): Promise<RecordedExchange[]> =>
  (
    await db.all(sql<Flat>`${exchanges}
      where ${matching(filter)} ${
        after
          ? sql`and (x.occurred_on, x.id) < (${after[0]}::date,
      ${after[1]}::uuid)`
          : sql``
      }
    order by x.occurred_on desc, x.id desc limit ${limit + 1}`)
  ).map(nested)

export const countExchanges = async (db: Db, filter: ExchangeFilter): Promise<number> =>
  (await db.first(sql<{ total: number }>`select count(*) as total from exchanges x where ${matching(filter)}`))!.total

export const exchangeById = async (db: Db, id: string): Promise<RecordedExchange | undefined> => {
  const row = await db.first(sql<Flat>`${exchanges} where x.id = ${id}::uuid`)
  return row && nested(row)
}

export interface LockedExchange {
  readonly exchange: RecordedExchange /** Null outside a campaign, or where the target is not the viewer's to work. */
  readonly target: LockedTarget | null
}
/**
 * Waits for whoever is correcting it, then reads it as they left it; its target is locked first, as recording does. The
 * lock takes only rows that one may write (row-level security asks it of a locking read), so the reading stands apart:
 * another's exchange is still found, and refused with a reason.
 */
export const lockExchange = async (db: Db, id: string): Promise<LockedExchange | undefined> => {
  const place = await db.first(
    sql<{ campaignId: string | null; siret: number }>`select campaign_id, siret from exchanges where id = ${id}::uuid`,
  )
  if (!place) return undefined
  const [target, , exchange] = await Promise.all([
    place.campaignId ? lockTarget(db, place.campaignId, place.siret) : undefined,
    db.run(sql`select from exchanges where id = ${id}::uuid for update`),
    exchangeById(db, id),
  ])
  return exchange && { exchange, target: target ?? null }
}

export interface VersionRow {
  readonly version: number
  readonly at: Date
  readonly byId: string
  readonly byName: string
  readonly byOrganisationId: string
  readonly change: 'recorded' | 'corrected' | 'cancelled'
  /** As it was said then: what was not asked yet is missing. */
  readonly content: Omit<Content, 'campaignResultId' | 'resultLabel'> & Partial<Content>
  readonly occurredOn: string
  readonly visibility: Visibility
}
export const listVersions = (db: Db, exchangeId: string): Promise<VersionRow[]> =>
  db.all(sql<VersionRow>`select v.version, v.at, v.by_id, b.given_name || ' ' || b.family_name as by_name,
    b.organisation_id as by_organisation_id, v.change, v.content, v.occurred_on, v.visibility
    from exchange_versions v join accounts b on b.id = v.by_id where v.exchange_id = ${exchangeId}::uuid
      order by v.version desc`)

export interface NewNextAction {
  readonly id: string
  readonly kind: string
  readonly dueOn: string
  readonly dueAt: string | null
  readonly ownerId: string
}
export interface NewExchange extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly campaignId: string | null
  readonly organisationId: string
  readonly authorId: string
  readonly occurredOn: string
  readonly reached: boolean
  readonly visibility: Visibility
  readonly recordedAt: Date
  readonly content: Content
  readonly nextAction: NewNextAction | null
}
type Owned = TerritoryLine & { readonly organisationId: string; readonly visibility: Visibility }
const owned = ({ regionId, departementId, epciId, clpeId, organisationId, visibility }: Owned) => ({
  regionId,
  departementId,
  epciId,
  clpeId,
  organisationId,
  visibility,
})

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

// One row an exchange: a next action that changes is changed in place, and open again.
const putNextAction = (db: Db, x: Owned & { id: string; siret: number }, { id, ...next }: NewNextAction) =>
  db.run(
    k
      .insertInto('nextActions')
      .values({ ...owned(x), id, exchangeId: x.id, siret: x.siret, ...next })
      .onConflict(on =>
        on.column('exchangeId').doUpdateSet({ ...next, visibility: x.visibility, doneAt: null, cancelledAt: null }),
      ),
  )

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

export interface Correction {
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

const nextActions = sql`select ${nextActionColumns}, o.name as organisation_name, o.kind as organisation_kind,
  coalesce(e.name, p.name) as establishment_name
  from next_actions n join accounts w on w.id = n.owner_id join exchanges x on x.id = n.exchange_id
    join accounts a on a.id = x.author_id join organisations o on o.id = n.organisation_id left
    join establishments e on e.siret = n.siret left join provisional_establishments p on p.siret = n.siret
    and e.siret is null`
const mine = sql`n.owner_id = (select ctx.account()) and n.done_at is null and n.cancelled_at is null`
const handedOver = sql`and exists (select from exchanges h where h.id = n.exchange_id and h.author_id <> n.owner_id)`
/** Whether the next action `n` is late. The SQL twin of isLate. */
export const lateWhen = (now: ParisMoment) =>
  sql`(n.due_on < ${now.day}::date or (n.due_on = ${now.day}::date and n.due_at < ${now.time}::time))`

/**
 * The viewer's own, not done, oldest first, one row more than asked. `after`: the day and the id of the last one shown.
 */
export const listNextActions = (
  db: Db,
  until: string | undefined,
  handed: boolean,
  after: readonly string[] | undefined,
  limit: number,
): Promise<NextActionRow[]> =>
  db.all(sql<NextActionRow>`${nextActions}
    where ${mine} ${handed ? handedOver : sql``} ${until ? sql`and n.due_on <= ${until}::date` : sql``}
    ${after ? sql`and (n.due_on, n.id) > (${after[0]}::date, ${after[1]}::uuid)` : sql``}
    order by n.due_on, n.id limit ${limit + 1}`)

/** Late; still to do today; still to do in the seven days that start today. `total` is what `until` leaves. */
export const countNextActions = async (
  db: Db,
  now: ParisMoment,
  until: string | undefined,
  handed: boolean,
): Promise<{ late: number; today: number; week: number; total: number }> =>
  (await db.first(sql<{ late: number; today: number; week: number; total: number }>`
    select count(*) filter (where ${lateWhen(now)}) as late,
      count(*) filter (where n.due_on = ${now.day}::date and not coalesce(${lateWhen(now)}, false)) as today,
      count(*) filter (where n.due_on between ${now.day}::date and ${now.day}::date + 6
        and not coalesce(${lateWhen(now)}, false)) as week,
      count(*) filter (where ${until ?? null}::date is null or n.due_on <= ${until ?? null}::date) as total
    from next_actions n where ${mine} ${handed ? handedOver : sql``}`))!

export const nextActionById = (db: Db, id: string): Promise<NextActionRow | undefined> =>
  db.first(sql<NextActionRow>`${nextActions} where n.id = ${id}::uuid and n.cancelled_at is null`)
/** As lockExchange: the lock and the reading stand apart. */
export const lockNextAction = async (db: Db, id: string): Promise<NextActionRow | undefined> => {
  const [, read] = await Promise.all([
    db.run(sql`select from next_actions where id = ${id}::uuid for update`),
    nextActionById(db, id),
  ])
  return read
}
export const saveDone = async (db: Db, id: string, at: Date): Promise<void> => {
  if (
    (await db.run(
      k.updateTable('nextActions').set({ doneAt: at }).where('id', '=', id).where('doneAt', 'is', null),
    )) !== 1
  )
    throw new Error('the locked next action was not written')
}
/** What is planned with an employer, for what one may read. */
export const plannedAt = (db: Db, siret: number, limit: number): Promise<NextActionRow[]> =>
  db.all(
    sql<NextActionRow>`${nextActions} where n.siret = ${siret} and n.done_at is null and n.cancelled_at is null
      order by n.due_on, n.id limit ${limit}`,
  )

export const countRecorded = async (db: Db, siret: number, since: string): Promise<number> =>
  (await db.first(
    sql<{
      total: number
    }>`select count(*) as total from exchanges where siret = ${siret} and status = 'recorded'
      and occurred_on >= ${since}::date`,
  ))!.total
export const lastRecorded = async (db: Db, siret: number, limit: number): Promise<RecordedExchange[]> =>
  (
    await db.all(
      sql<Flat>`${exchanges} where x.siret = ${siret} and x.status = 'recorded' order by x.occurred_on desc, x.id desc
        limit ${limit}`,
    )
  ).map(nested)

export interface EstablishmentPlace extends TerritoryLine {
  readonly siret: number
  readonly name: string | null
}
/** Where an establishment stands: what an exchange copies and rights compare. */
export const establishmentPlace = (db: Db, siret: number): Promise<EstablishmentPlace | undefined> =>
  db.first(sql<EstablishmentPlace>`
    select siret, name, region_id, departement_id, epci_id, clpe_id from establishments where siret = ${siret}
    union all select siret, name, region_id, departement_id, epci_id, clpe_id from provisional_establishments
      where siret = ${siret} and not exists (select from establishments where siret = ${siret})`)
const placeOf = (
  siret: number,
) => sql`(select region_id, departement_id, epci_id, clpe_id from establishments where siret = ${siret}
  union all select region_id, departement_id, epci_id, clpe_id from provisional_establishments where siret = ${siret}
    and not exists (select from establishments where siret = ${siret}))`

const workingAt = (siret: number, today: string) =>
  sql`${placeOf(siret)} e cross join lateral colleagues_at(e.region_id, e.departement_id, e.epci_id, e.clpe_id,
    ${today}::date) as c (id)`
/**
 * An active colleague of the viewer's organisation; `works`: may record with that establishment, as mayRecord says of
 * oneself.
 */
export const activeColleague = (
  db: Db,
  accountId: string,
  siret: number,
  today: string,
): Promise<{ id: string; works: boolean } | undefined> =>
  db.first(sql<{
    id: string
    works: boolean
  }>`select a.id, exists (select from ${workingAt(siret, today)} where c.id = a.id) as works
    from accounts a where a.id = ${accountId}::uuid and a.organisation_id = (select ctx.organisation())
      and a.status = 'active'`)
export const colleaguesAt = (
  db: Db,
  siret: number,
  today: string,
): Promise<{ id: string; name: string; organisationId: string }[]> =>
  db.all(
    sql`select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id from ${workingAt(siret, today)}
      join accounts a on a.id = c.id order by a.family_name, a.given_name, a.id`,
  )

export interface CampaignFrame {
  readonly id: string
  readonly status: string
  readonly startsOn: string
  readonly endsOn: string
  readonly member: boolean
}
/** What recording in a campaign asks of it; nothing of its targets is counted here. */
export const campaignFrame = (db: Db, id: string): Promise<CampaignFrame | undefined> =>
  db.first(sql<CampaignFrame>`select id, status, starts_on, ends_on, exists (select from campaign_members m
    where m.campaign_id = campaigns.id and m.organisation_id = (select ctx.organisation())) as member
    from campaigns where id = ${id}::uuid`)

/**
 * All the contacts recorded with a target in a campaign, oldest first; the result only of those for the whole network
 * (EST-11).
 */
export const contactsInCampaign = (db: Db, campaignId: string, siret: number): Promise<Contact[]> =>
  db.all(sql<Contact>`select x.organisation_id, x.occurred_on, t.result is not distinct
    from 'besoin-detecte' as need, t.result
    from exchanges x left join exchange_contents t on t.exchange_id = x.id and t.visibility = 'reseau'
    where x.campaign_id = ${campaignId}::uuid and x.siret = ${siret} and x.status = 'recorded'
      order by x.occurred_on, x.recorded_at, x.id`)
