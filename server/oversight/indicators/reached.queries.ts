import { type RawBuilder, sql } from 'kysely'
import { and, type Filter, some } from './filter.ts'
import { wholeMonths } from './whole-months.ts'

/**
 * With partners: two members at least, one of them not the operator. One reading of the members: asked of each campaign
 * by itself, ten thousand cost 120 ms.
 */
export const coordinated = sql`c.id in (select m.campaign_id from campaign_members m
  join organisations o on o.id = m.organisation_id group by 1 having count(*) >= 2 and bool_or(o.kind <> 'operateur'))`

// Campaign after campaign, in the index of what was reached.
export const partnersReach = (f: Filter, names = sql``) => sql`(select c.id, c.purpose from campaigns c where ${and(
  coordinated,
  some(f.campaign, id => sql`c.id = ${id}::uuid`),
)} offset 0) c
  cross join lateral (select x.siret, x.organisation_id, x.occurred_on from exchanges x where x.campaign_id = c.id
    and ${and(
      sql`x.organisation_id <> all (array(select o.id from organisations o where o.kind = 'operateur')) and x.reached
      and x.status = 'recorded' and x.occurred_on between ${f.from}::date and ${f.to}::date`,
      some(f.organisation, id => sql`x.organisation_id = ${id}::uuid`),
      some(f.territory || undefined, id => sql`${id} in (x.region_id, x.departement_id, x.epci_id, x.clpe_id)`),
    )} offset 0) x ${names} where true`

type Counted = RawBuilder<{ part: string | null; value: number }>
const byPart = (counted: RawBuilder<unknown>): Counted => sql`
  select v.part, v.value from (${counted}) n, lateral (values (null, n.all), ('prospection', n.prospection),
    ('fidelisation', n.fidelisation)) as v (part, value)`

/** Gathered by establishment first: hashing is three times faster than the sort of count(distinct). */
export const countReached = (f: Filter): Counted =>
  byPart(sql`select count(*) as all, count(*) filter (where prospection) as prospection,
    count(*) filter (where fidelisation) as fidelisation
    from (select bool_or(c.purpose = 'prospection') as prospection, bool_or(c.purpose = 'fidelisation') as fidelisation
      from ${partnersReach(f)} group by x.siret) found`)

/** Sets say which establishments were reached, neither where nor by whom. */
export const mayUseSets = ({ organisation, territory, campaign }: Filter): boolean =>
  organisation === undefined && !territory && campaign === undefined

/**
 * The same, from the sets of whole months for who reads the whole country: row-level security shows sets to nobody else.
 * Exchanges are read for what no set says: days around the months, months that changed since, and all of them for the
 * other readers. One statement, hence one snapshot: what a set lacks has left a line that is seen.
 */
export const countFromSets = (f: Filter): Counted => {
  const { months, days } = wholeMonths(f, f.today)
  if (!months) return countReached(f)
  const everywhere = sql`(select ctx.national(ctx.fiche()))`
  const of = (campaign: RawBuilder<unknown>, from: RawBuilder<unknown>, to: RawBuilder<unknown>) =>
    sql`(select x.siret from exchanges x where x.campaign_id = ${campaign} and x.reached and x.status = 'recorded'
      and x.organisation_id <> all (array(select o.id from organisations o where o.kind = 'operateur'))
      and x.occurred_on between ${from} and ${to} offset 0) x`
  const parts = [
    sql`select x.siret, c.purpose from c cross join lateral ${of(sql`c.id`, sql`${f.from}::date`, sql`${f.to}::date`)}
      where not ${everywhere}`,
    sql`select x.siret, c.purpose from changed h join c on c.id = h.campaign_id cross join lateral
      ${of(sql`h.campaign_id`, sql`h.month`, sql`least((h.month + interval '1 month')::date - 1, ${f.to}::date)`)}`,
    ...days.map(
      ({ from, to }) =>
        sql`select x.siret, c.purpose from c cross join lateral ${of(sql`c.id`, sql`${from}::date`, sql`${to}::date`)}
          where ${everywhere}`,
    ),
  ]
  return byPart(sql`with c as materialized (select c.id, c.purpose from campaigns c where ${coordinated}),
    changed as materialized (select distinct campaign_id, month from reached_changes
      where month between ${months.first}::date and ${months.last}::date),
    -- Part after part: gathered at once, a kilobyte a line was sorted on disk.
    kept as materialized (
      select p.departement_id, p.part, coalesce(k.prospection, '0'::bit(8192)) as prospection,
        coalesce(k.fidelisation, '0'::bit(8192)) as fidelisation
      from reached_numbers p cross join lateral (
        select bit_or(s.establishments) filter (where s.campaign_id in (select id from c where purpose = 'prospection'))
            as prospection,
          bit_or(s.establishments) filter (where s.campaign_id in (select id from c where purpose = 'fidelisation'))
            as fidelisation
        from reached_sets s where s.departement_id = p.departement_id and s.part = p.part
          and s.month between ${months.first}::date and ${months.last}::date
          and (s.campaign_id, s.month) not in (select campaign_id, month from changed)) k
      where p.place = 0),
    rest as (
      select r.prospection, r.fidelisation, coalesce(get_bit(k.prospection, n.place), 0) = 1 as kept_prospection,
        coalesce(get_bit(k.fidelisation, n.place), 0) = 1 as kept_fidelisation
      from (select siret, bool_or(purpose = 'prospection') as prospection,
          bool_or(purpose = 'fidelisation') as fidelisation
        from (${sql.join(parts, sql` union all `)}) p group by siret) r
      left join reached_numbers n on n.siret = r.siret
      left join kept k on k.departement_id = n.departement_id and k.part = n.part)
    select k.all + r.all as all, k.prospection + r.prospection as prospection,
      k.fidelisation + r.fidelisation as fidelisation
    from (select coalesce(sum(bit_count(prospection | fidelisation)), 0)::bigint as all,
        coalesce(sum(bit_count(prospection)), 0)::bigint as prospection,
        coalesce(sum(bit_count(fidelisation)), 0)::bigint as fidelisation from kept) k,
      (select count(*) filter (where not kept_prospection and not kept_fidelisation) as all,
        count(*) filter (where prospection and not kept_prospection) as prospection,
        count(*) filter (where fidelisation and not kept_fidelisation) as fidelisation from rest) r`)
}
