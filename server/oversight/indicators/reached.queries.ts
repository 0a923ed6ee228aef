import { type RawBuilder, sql } from 'kysely'
import { natureColumn } from '../../territory-and-register/establishments/establishments.queries.ts'
import { and, type Filter, some } from './filter.ts'
import { wholeMonths } from './whole-months.ts'

export interface Moved {
  readonly kind: 'recorded' | 'corrected' | 'cancelled'
  readonly count: number
  readonly latest: Date
}
export type Counted = RawBuilder<{ part: string | null; value: number }>

const asked = ({ organisation, territory, campaign }: Filter) =>
  sql`${organisation ?? null}::uuid, ${territory || null}::int, ${campaign ?? null}::uuid`

export const countShared = (f: Filter): Counted =>
  sql`select part, value from count_shared_campaigns(${f.from}::date, ${f.to}::date, ${asked(f)})`

/** `byEmployer`: by nature and size of the employer beside (EST-14), which the sets of the months do not know. */
export const countReached = (f: Filter, byEmployer = false): Counted => {
  const { months } = wholeMonths(f, f.today)
  return sql`select part, value from count_reached(${f.from}::date, ${f.to}::date, ${months?.first ?? null}::date,
    ${months?.last ?? null}::date, ${asked(f)}, ${byEmployer})`
}

/** That an establishment `e` has this nature or size. */
export const ofEmployer = (part: string) =>
  sql`${part} in ('nature.' || ${natureColumn}, 'size.' || coalesce(e.company_size, 'unknown'))`

/** What moved the figures since the last day of the period. */
export const movedSince = (f: Filter): RawBuilder<Moved> =>
  sql<Moved>`select kind, count, latest from moved_since(${f.from}::date, ${f.to}::date, ${asked(f)}) order by kind`

// The lines are of the campaigns that one sees: sums alone go further. Campaign after campaign, in the index of what
// was reached.
export const partnersReach = (f: Filter, names = sql``) => sql`(select c.id, c.purpose, k.days from campaigns c
    join campaign_coordinations k on k.campaign_id = c.id where ${and(
      sql`c.status <> 'draft'`,
      some(f.campaign, id => sql`c.id = ${id}::uuid`),
    )} offset 0) c
  cross join lateral (select x.siret, x.organisation_id, x.occurred_on from exchanges x where x.campaign_id = c.id
    and ${and(
      sql`x.organisation_id <> all (array(select o.id from organisations o where o.kind = 'operateur')) and x.reached
      and x.status = 'recorded' and x.occurred_on between ${f.from}::date and ${f.to}::date
      and x.occurred_on <@ c.days`,
      some(f.organisation, id => sql`x.organisation_id = ${id}::uuid`),
      some(f.territory || undefined, id => sql`${id} in (x.region_id, x.departement_id, x.epci_id, x.clpe_id)`),
    )} offset 0) x ${names} where true`
