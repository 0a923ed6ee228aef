import { type RawBuilder, sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import { ofSameCompany, type Slice } from '../../platform/siret.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { isClosed } from '../../territory-and-register/establishments/establishments.queries.ts'
import { isNotToContact } from '../campaigns/references.queries.ts'
import type { Visibility } from './exchange-rules.ts'
import type { ParisMoment } from './next-actions.ts'

export interface NextActionRow extends TerritoryLine {
  readonly id: string
  readonly exchangeId: string
  /** The campaign of the exchange that it follows, though it does not count it; its name where it is visible. */
  readonly campaignId: string | null
  readonly campaignName: string | null
  readonly siret: number
  readonly establishmentName: string | null
  /** The register closed it. */
  readonly closed: boolean
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
  readonly version: number
}
/** As it stands by itself: it may be withdrawn, and answered by an exchange. */
export interface PlannedAction extends NextActionRow {
  readonly withdrawn: boolean
  readonly answeredBy: string | null
  /** The day of the exchange that it follows. */
  readonly occurredOn: string
}

/** The campaign that an exchange was said of, whether it counts it or not. */
export const saidOf = (exchange: string) =>
  sql`coalesce(${sql.ref(`${exchange}.campaign_id`)}, ${sql.ref(`${exchange}.left_out_campaign_id`)})`

const nextActionColumns = sql`n.id, n.exchange_id, ${saidOf('x')} as campaign_id, c.name as campaign_name, n.siret, n.region_id, n.departement_id, n.epci_id, n.clpe_id,
  n.organisation_id, n.visibility, n.kind, n.due_on, to_char(n.due_at, 'HH24:MI') as due_at, n.owner_id, n.done_at,
  w.given_name || ' ' || w.family_name as owner_name, w.organisation_id as owner_organisation_id, a.id as author_id,
    a.given_name || ' ' || a.family_name as author_name, a.organisation_id as author_organisation_id`

export interface NewNextAction {
  readonly id: string
  readonly kind: string
  readonly dueOn: string
  readonly dueAt: string | null
  readonly ownerId: string
}

export type Owned = TerritoryLine & { readonly organisationId: string; readonly visibility: Visibility }
export const owned = ({ regionId, departementId, epciId, clpeId, organisationId, visibility }: Owned) => ({
  regionId,
  departementId,
  epciId,
  clpeId,
  organisationId,
  visibility,
})

// One row an exchange: a next action that changes is changed in place, and open again.
export const putNextAction = (db: Db, x: Owned & { id: string; siret: number }, { id, ...next }: NewNextAction) =>
  db.run(
    k
      .insertInto('nextActions')
      .values({ ...owned(x), id, exchangeId: x.id, siret: x.siret, ...next })
      .onConflict(on =>
        on.column('exchangeId').doUpdateSet({
          ...next,
          visibility: x.visibility,
          doneAt: null,
          answeredBy: null,
          cancelledAt: null,
          version: sql`next_actions.version + 1`,
        }),
      ),
  )

/** The next actions of `rows`, with the names around them. */
const named = (rows: RawBuilder<unknown>) => sql`select ${nextActionColumns}, n.version,
  n.cancelled_at is not null as withdrawn, n.answered_by, x.occurred_on, o.name as organisation_name,
  o.kind as organisation_kind, coalesce(e.name, p.name) as establishment_name, ${isClosed} as closed
  from ${rows} n join accounts w on w.id = n.owner_id join exchanges x on x.id = n.exchange_id
    join accounts a on a.id = x.author_id join organisations o on o.id = n.organisation_id left
    join establishments e on e.siret = n.siret left join provisional_establishments p on p.siret = n.siret
    and e.siret is null left join campaigns c on c.id = ${saidOf('x')}`
const nextActions = named(sql`next_actions`)

/** The viewer's own next actions `n` that are still to do: the home page and the portfolio count these. */
export const mine = sql`n.owner_id = (select ctx.account()) and n.done_at is null and n.cancelled_at is null`
const handedOver = sql`and exists (select from exchanges h where h.id = n.exchange_id and h.author_id <> n.owner_id)`
/** Whether the next action `n` is late. The SQL twin of isLate. */
export const lateWhen = (now: ParisMoment) =>
  sql`(n.due_on < ${now.day}::date or (n.due_on = ${now.day}::date and n.due_at < ${now.time}::time))`

/**
 * When the next action `n` is due: late; still to do today; in the seven days that start today. As in the mail of the
 * morning, none at an employer that is not to be contacted that day (EST-10).
 */
export const dueWhen = (now: ParisMoment) => {
  const late = sql`coalesce(${lateWhen(now)}, false)`
  const urged = sql`not ${isNotToContact('n.siret', now.day)}`
  return {
    late: sql`(${late} and ${urged})`,
    today: sql`(n.due_on = ${now.day}::date and not ${late} and ${urged})`,
    week: sql`(n.due_on between ${now.day}::date and ${now.day}::date + 6 and not ${late} and ${urged})`,
  }
}

/**
 * The viewer's own, not done, oldest first, one row more than asked. `after`: the day and the id of the last one shown.
 * The page is kept before its names are joined: every open action of its reader would be joined otherwise.
 */
export const listNextActions = (
  db: Db,
  until: string | undefined,
  handed: boolean,
  after: readonly string[] | undefined,
  limit: number,
): Promise<PlannedAction[]> =>
  db.all(sql<PlannedAction>`with page as materialized (select n.* from next_actions n
    where ${mine} ${handed ? handedOver : sql``} ${until ? sql`and n.due_on <= ${until}::date` : sql``}
    ${after ? sql`and (n.due_on, n.id) > (${after[0]}::date, ${after[1]}::uuid)` : sql``}
    order by n.due_on, n.id limit ${limit + 1})
    ${named(sql`page`)} order by n.due_on, n.id`)

/** `total` is what `until` leaves. */
export const countNextActions = async (
  db: Db,
  now: ParisMoment,
  until: string | undefined,
  handed: boolean,
): Promise<{ late: number; today: number; week: number; total: number }> => {
  const { late, today, week } = dueWhen(now)
  return (await db.first(sql<{ late: number; today: number; week: number; total: number }>`
    select count(*) filter (where ${late}) as late, count(*) filter (where ${today}) as today,
      count(*) filter (where ${week}) as week,
      count(*) filter (where ${until ?? null}::date is null or n.due_on <= ${until ?? null}::date) as total
    from next_actions n where ${mine} ${handed ? handedOver : sql``}`))!
}

/** Those of a page, by their ids. */
export const nextActionsByIds = async (db: Db, ids: readonly string[]): Promise<Map<string, PlannedAction>> => {
  const rows = ids.length
    ? await db.all(sql<PlannedAction>`${nextActions} where n.id = any (${ids}::uuid[]) and n.cancelled_at is null`)
    : []
  return new Map(rows.map(row => [row.id, row]))
}

export const nextActionById = (db: Db, id: string): Promise<PlannedAction | undefined> =>
  db.first(sql<PlannedAction>`${nextActions} where n.id = ${id}::uuid and n.cancelled_at is null`)

/** As lockExchange: the lock and the reading stand apart. One that was withdrawn is found too. */
export const lockPlanned = async (db: Db, id: string): Promise<PlannedAction | undefined> => {
  const [, read] = await Promise.all([
    db.run(sql`select from next_actions where id = ${id}::uuid for update`),
    db.first(sql<PlannedAction>`${nextActions} where n.id = ${id}::uuid`),
  ])
  return read
}
export const lockNextAction = async (db: Db, id: string): Promise<PlannedAction | undefined> => {
  const planned = await lockPlanned(db, id)
  return planned?.withdrawn ? undefined : planned
}

/** One write of a next action that is locked. */
const written = async (write: Promise<number>): Promise<void> => {
  if ((await write) !== 1) throw new Error('the locked next action was not written')
}

export const saveDone = (db: Db, id: string, at: Date): Promise<void> =>
  written(db.run(k.updateTable('nextActions').set({ doneAt: at }).where('id', '=', id).where('doneAt', 'is', null)))

export const saveToDo = (db: Db, id: string): Promise<void> =>
  written(
    db.run(k.updateTable('nextActions').set({ doneAt: null }).where('id', '=', id).where('answeredBy', 'is', null)),
  )

/** Plans it again. */
export const savePlan = (db: Db, { id, version }: NextActionRow, plan: Plan): Promise<void> =>
  written(
    db.run(
      k
        .updateTable('nextActions')
        .set({ ...plan, version: version + 1 })
        .where('id', '=', id)
        .where('version', '=', version),
    ),
  )

export type Plan = Pick<NewNextAction, 'dueOn' | 'dueAt' | 'ownerId'>
export interface Handing extends Plan {
  readonly byId: string
}
/** How an action stood before the viewer handed it over, if that wrote this version of it. */
export const handingOf = (db: Db, id: string, version: number): Promise<Handing | undefined> =>
  db.first(sql<Handing>`select by_id, owner_id, due_on, to_char(due_at, 'HH24:MI') as due_at from handed_actions
    where next_action_id = ${id}::uuid and version = ${version}`)

/** The exchange must be written first. What was done before stays done since then. */
export const saveAnswered = (db: Db, id: string, exchangeId: string, at: Date): Promise<void> =>
  written(
    db.run(sql`update next_actions set answered_by = ${exchangeId}::uuid, done_at = coalesce(done_at, ${at})
      where id = ${id}::uuid and answered_by is null`),
  )

/** A cancelled exchange answers nothing: what it alone had finished is to do again. Answers that action. */
export const reopenAnswered = (
  db: Db,
  exchange: { readonly id: string; readonly recordedAt: Date },
): Promise<{ id: string; reopened: boolean } | undefined> =>
  db.first(sql<{ id: string; reopened: boolean }>`update next_actions
    set answered_by = null, done_at = nullif(done_at, ${exchange.recordedAt})
    where answered_by = ${exchange.id}::uuid returning id, done_at is null as reopened`)

/** What the viewer has planned with an employer. */
export const ownPlannedAt = (db: Db, siret: number, limit: number): Promise<PlannedAction[]> =>
  db.all(
    sql<PlannedAction>`${nextActions} where n.siret = ${siret} and ${mine} order by n.due_on, n.due_at, n.id
      limit ${limit}`,
  )

/** What is planned with an employer, for what one may read. */
export const plannedAt = (db: Db, siret: number, limit: number): Promise<PlannedAction[]> =>
  db.all(
    sql<PlannedAction>`${nextActions} where n.siret = ${siret} and n.done_at is null and n.cancelled_at is null
      order by n.due_on, n.id limit ${limit}`,
  )

/** What is planned with the other establishments of its company, the next first. */
export const plannedBeside = (db: Db, siret: number, { limit, from }: Slice): Promise<PlannedAction[]> =>
  db.all(
    sql<PlannedAction>`${nextActions} where ${ofSameCompany('n.siret', siret)} and n.siret <> ${siret}
      and n.done_at is null and n.cancelled_at is null order by n.due_on, n.id limit ${limit} offset ${from}`,
  )

/** What is planned with these employers, for what one may read: the next first. */
export const plannedAtEach = (db: Db, sirets: readonly number[]): Promise<PlannedAction[]> =>
  db.all(
    sql<PlannedAction>`${nextActions} where n.siret = any (${sirets}::bigint[]) and n.done_at is null
      and n.cancelled_at is null order by n.due_on, n.due_at, n.id`,
  )

/** Where the viewer goes on a day: visits and meetings still to do, by their hour. */
export const ownVisitsOn = async (db: Db, day: string): Promise<number[]> =>
  (
    await db.all(sql<{ siret: number }>`select n.siret from next_actions n
      where ${mine} and n.due_on = ${day}::date and n.kind in ('visite', 'rendez-vous')
      group by n.siret order by min(n.due_at), n.siret`)
  ).map(({ siret }) => siret)
