import type pg from 'pg'
import type { Tool } from '../../../contract/route.ts'
import type { Kind } from './definitions.ts'
import type { Filter } from './filter.ts'

export interface UsageSeed {
  readonly accountId: string
  readonly organisationId: string
  readonly tool: Tool
  readonly kind: Kind
  readonly day: string
  readonly count: number
  readonly perimeter: readonly number[]
}
export const aUse = (over: Partial<UsageSeed> & Pick<UsageSeed, 'accountId' | 'organisationId'>): UsageSeed => ({
  tool: 'campagnes',
  kind: 'sessions',
  day: '2026-10-01',
  count: 1,
  perimeter: [2033],
  ...over,
})
/** `owner` is connected as cc_owner. */
export const insertUse = async (owner: pg.ClientBase | pg.Pool, use: UsageSeed): Promise<UsageSeed> => {
  await owner.query(
    'insert into usage_days (account_id, organisation_id, tool, kind, day, count, perimeter) values ($1, $2, $3, $4, $5, $6, $7)',
    [use.accountId, use.organisationId, use.tool, use.kind, use.day, use.count, use.perimeter],
  )
  return use
}

/**
 * IND-4 counted contact by contact by the owner of the tables, from facts alone: members by their days, perimeters by
 * their grants.
 * It shares nothing with count_reached but the tables.
 */
export const recountReached = async (
  owner: pg.ClientBase | pg.Pool,
  accountId: string,
  { from, to, organisation, territory, campaign }: Filter,
): Promise<ReadonlyMap<string | null, number>> => {
  const { rows } = await owner.query(
    `with reader as (
      select a.organisation_id, o.kind = 'operateur' as operator,
        array(select g.territory_id from grants g where g.account_id = a.id and g.tool = 'campagnes') as wide,
        array(select g.territory_id from grants g where g.account_id = a.id and g.tool = 'fiche-etablissement') as cards
      from accounts a join organisations o on o.id = a.organisation_id where a.id = $1),
    member as (
      select m.campaign_id, m.organisation_id, o.kind <> 'operateur' as partner,
        (m.joined_at at time zone 'Europe/Paris')::date as since,
        coalesce((m.left_at at time zone 'Europe/Paris')::date, 'infinity') as until
      from campaign_memberships m join organisations o on o.id = m.organisation_id)
    select c.purpose as part, count(distinct x.siret)::int as value
    from reader r, exchanges x join campaigns c on c.id = x.campaign_id
      join organisations by on by.id = x.organisation_id
    where x.reached and x.status <> 'cancelled' and by.kind <> 'operateur' and c.opened_at is not null
      and x.occurred_on >= $2 and x.occurred_on <= $3
      and ($4::uuid is null or x.organisation_id = $4) and ($6::uuid is null or c.id = $6)
      and ($5::int is null or x.region_id = $5 or x.departement_id = $5 or x.epci_id = $5 or x.clpe_id = $5)
      and (select count(distinct m.organisation_id) > 1 and bool_or(m.partner) from member m
        where m.campaign_id = c.id and x.occurred_on >= m.since and x.occurred_on <= m.until)
      and exists (select from unnest(r.wide) w where w = 0 or c.territory_id in (0, w)
        or (w, c.territory_id) in (select territory_id, other_id from territory_overlaps))
      and (r.operator and exists (select from unnest(r.wide) w
          where w = 0 or w in (x.region_id, x.departement_id, x.epci_id, x.clpe_id))
        or exists (select from unnest(r.cards) w where w = 0 or w in (x.region_id, x.departement_id, x.epci_id, x.clpe_id))
          and ((c.id, r.organisation_id) in (select campaign_id, organisation_id from campaign_members)
            or exists (select from member m where m.campaign_id = c.id and m.organisation_id = r.organisation_id
              and x.occurred_on >= m.since and x.occurred_on <= m.until)))
    group by grouping sets ((c.purpose), ())`,
    [accountId, from, to, organisation ?? null, territory || null, campaign ?? null],
  )
  return new Map(rows.map(({ part, value }) => [part, value]))
}
