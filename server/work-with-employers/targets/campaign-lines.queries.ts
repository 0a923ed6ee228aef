import { type RawBuilder, sql } from 'kysely'
import type { campaignTurns } from '../../../contract/work-with-employers/targets.ts'
import type { Db } from '../../platform/database.ts'
import { ofSameCompany } from '../../platform/siret.ts'
import { organisationRef } from '../campaigns/references.queries.ts'
import type { Advisor, HistoryFilter, Named, Structure } from '../exchanges/exchange-filter.queries.ts'

/** What a campaign did with an employer one day: it joined, passed from hand to hand, left, came back (EST-8). */
export interface CampaignLineRow {
  readonly id: string
  readonly day: string
  readonly at: Date
  readonly siret: number
  readonly establishmentName: string | null
  readonly campaign: Named
  readonly turn: (typeof campaignTurns)[number]
  /** Whose act it is, or who has the target from then on; null: the register's. */
  readonly organisation: Structure | null
  readonly by: Advisor | null
  readonly how: string | null
  readonly fromOrganisation: Structure | null
  readonly fromPerson: Advisor | null
  readonly toOrganisation: Structure | null
  readonly toPerson: Advisor | null
  readonly total: number
}
export interface LinesFilter extends HistoryFilter {
  readonly campaign?: string | undefined
}

const none = sql`null::uuid as by_id, null::text as how, null::uuid as from_organisation, null::uuid as from_account,
  null::uuid as to_organisation, null::uuid as to_account`
/** Whose act made target `t` join, or its campaign close, at that instant; failing any, the pilot. */
const actorAt = (kinds: RawBuilder<unknown>, at: RawBuilder<unknown>) => sql`coalesce((select v.by_organisation
  from campaign_events v where v.campaign_id = t.campaign_id and v.at = ${at} and v.kind in (${kinds}) limit 1), t.pilot_id)`
const joinedAt = sql`greatest(t.opened_at, t.added_at)`
/**
 * Begins a statement on the lines `l` of an employer. A draft tells nothing, nor a sharing out undone since. A target that was
 * set aside before the opening joins when it is first put back.
 */
const lines = ({ siret, company, campaign }: LinesFilter) => sql`
  with target as materialized (
    select t.campaign_id, t.siret, t.status, t.added_at, c.name, c.opened_at, c.closed_at, c.pilot_id
    from campaign_targets t join campaigns c on c.id = t.campaign_id
    where ${company ? ofSameCompany('t.siret', siret) : sql`t.siret = ${siret}`} and c.opened_at is not null
      ${campaign === undefined ? sql`` : sql`and c.id = ${campaign}::uuid`}),
  turned as materialized (
    select u.id, u.campaign_id, u.siret, u.at, u.turn, u.by_organisation, t.name
    from target t join target_turns u on u.campaign_id = t.campaign_id and u.siret = t.siret),
  line as (
    select t.campaign_id, t.name, t.siret, ${joinedAt} as at, 'entered' as turn, 0 as n,
      ${actorAt(sql`'opened', 'targets-added'`, joinedAt)} as organisation_id, ${none}
    from target t where coalesce((select u.turn = 'set-aside' from turned u where u.campaign_id = t.campaign_id
      and u.siret = t.siret and u.turn in ('set-aside', 'put-back') order by u.id limit 1), t.status <> 'ecarte')
    union all
    select t.campaign_id, t.name, t.siret, t.closed_at, 'campaign-closed', 0,
      ${actorAt(sql`'closed'`, sql`t.closed_at`)}, ${none}
    from target t where t.closed_at is not null and t.status <> 'ecarte'
    union all
    select u.campaign_id, u.name, u.siret, u.at, u.turn, u.id, u.by_organisation, ${none} from turned u
    union all
    select t.campaign_id, t.name, t.siret, a.at, 'assigned', a.id,
      coalesce(a.to_organisation, a.from_assigned, a.from_organisation), coalesce(a.by_id, s.by_id), s.how,
      coalesce(a.from_assigned, a.from_organisation), a.from_account, a.to_organisation, a.to_account
    from target t join target_assignments a on a.campaign_id = t.campaign_id and a.siret = t.siret and a.at is not null
      and not a.undone left join target_sharings s on s.id = a.sharing_id)`
const microseconds = sql`(extract(epoch from l.at) * 1000000)::bigint`
/**
 * Built as identifiers are: by milliseconds. Then by the microseconds of one, in which two acts in a row may fall, and
 * by what tells apart the lines of an instant.
 */
const id = sql`(lpad(to_hex(${microseconds} / 1000), 12, '0') || lpad(to_hex(${microseconds} % 1000), 3, '0')
  || left(md5(concat_ws(' ', l.turn, l.campaign_id, l.siret, l.n)), 17))::uuid`
const day = sql`ctx.paris_day(l.at)`
const matching = ({ organisation, author, from, to }: LinesFilter) =>
  sql.join(
    [
      sql`true`,
      ...(organisation === undefined ? [] : [sql`l.organisation_id = ${organisation}::uuid`]),
      ...(author === undefined ? [] : [sql`coalesce(l.to_account, l.from_account) = ${author}::uuid`]),
      ...(from === undefined ? [] : [sql`${day} >= ${from}::date`]),
      ...(to === undefined ? [] : [sql`${day} <= ${to}::date`]),
    ],
    sql` and `,
  )
const person = (account: string) => sql`(select jsonb_build_object('id', a.id, 'name',
  a.given_name || ' ' || a.family_name, 'organisationId', a.organisation_id) from accounts a where a.id = ${sql.ref(account)})`

/**
 * Newest first, one row more than asked; each says how many there are in all, since rights are weighed once for both.
 * `after`: the day and the id of the last line shown.
 */
export const campaignLines = (
  db: Db,
  filter: LinesFilter,
  after: readonly string[] | undefined,
  limit: number,
): Promise<CampaignLineRow[]> => {
  const since = after ? sql`where (k.day, k.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``
  return db.all(sql<CampaignLineRow>`${lines(filter)}
    select m.id, m.day, m.at, m.siret, coalesce(e.name, p.name) as establishment_name,
      jsonb_build_object('id', m.campaign_id, 'name', m.name) as campaign, m.turn,
      ${organisationRef('m.organisation_id')} as organisation, ${person('m.by_id')} as by, m.how,
      ${organisationRef('m.from_organisation')} as from_organisation, ${person('m.from_account')} as from_person,
      ${organisationRef('m.to_organisation')} as to_organisation, ${person('m.to_account')} as to_person, m.total
    from (select * from (select l.*, ${id} as id, ${day} as day, count(*) over () as total from line l where ${matching(filter)}) k ${since}
      order by k.day desc, k.id desc limit ${limit + 1}) m
    left join establishments e on e.siret = m.siret
    left join provisional_establishments p on p.siret = m.siret and e.siret is null
    order by m.day desc, m.id desc`)
}
/** The same, where no line says it: past the last one. */
export const countCampaignLines = async (db: Db, filter: LinesFilter): Promise<number> =>
  (await db.first(
    sql<{ total: number }>`${lines(filter)} select count(*) as total from line l where ${matching(filter)}`,
  ))!.total

/** What these lines can be narrowed to. */
export const structuresOfCampaignLines = (db: Db, filter: LinesFilter): Promise<Structure[]> =>
  db.all(sql<Structure>`${lines(filter)} select o.id, o.name, o.kind from organisations o
    where o.id in (select l.organisation_id from line l)`)
export const advisorsOfCampaignLines = (db: Db, filter: LinesFilter): Promise<Advisor[]> =>
  db.all(sql<Advisor>`${lines(filter)} select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id
    from accounts a where a.id in (select coalesce(l.to_account, l.from_account) from line l)`)
export const campaignsOfLines = (db: Db, filter: LinesFilter): Promise<Named[]> =>
  db.all(sql<Named>`${lines(filter)} select distinct l.campaign_id as id, l.name from line l`)
