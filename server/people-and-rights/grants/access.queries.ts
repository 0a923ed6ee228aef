import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { AccessLine } from '../../../contract/people-and-rights/grants.ts'
import type { Tool } from '../../../contract/route.ts'
import type { Db } from '../../platform/database.ts'
import { named, perimeter } from '../accounts/references.queries.ts'

type Line = Static<typeof AccessLine>
export interface AccessRow extends Omit<Line, 'grantedAt' | 'lastActAt' | 'territory' | 'agency'> {
  readonly grantedAt: Date
  readonly lastActAt: Date | null
  readonly perimeter: Pick<Line, 'territory' | 'agency'>
  readonly sortKey: string
}
export interface AccessFilter {
  readonly on: string
  readonly today: string
  readonly q?: string | undefined
  readonly tool?: Tool | undefined
  readonly effect?: 'in-effect' | 'withheld' | undefined
}

/** Of today, now; of a past day, its last instant in Europe/Paris. */
const instantOf = ({ on, today }: AccessFilter) =>
  on === today
    ? sql`ctx.clock()`
    : sql`(((${on}::date + 1)::timestamp at time zone 'Europe/Paris') - interval '1 microsecond')`
export const accessSorts = {
  name: sql`search_words(a.family_name || ' ' || a.given_name)`,
  since: sql`to_char(g.starts_on, 'YYYY-MM-DD')`,
  tool: sql`g.tool || ' ' || search_words(a.family_name || ' ' || a.given_name)`,
}
export type AccessSort = keyof typeof accessSorts
const lines = (filter: AccessFilter) => sql`
  from ctx.access_at((select ctx.organisation()), ${instantOf(filter)}) h join grants g on g.id = h.grant_id
    join accounts a on a.id = h.account_id left join account_activity c on c.account_id = a.id
  where true ${filter.tool ? sql`and g.tool = ${filter.tool}` : sql``} ${
    filter.effect
      ? sql`and (h.missing = '{}') =
    ${filter.effect === 'in-effect'}`
      : sql``
  }
    ${
      filter.q
        ? sql`and position(search_words(${filter.q}) in search_words(a.given_name || ' ' || a.family_name || ' '
      || a.given_name || ' ' || a.function)) > 0`
        : sql``
    }`
/** One row more than asked. `after`: the sort key and the grant of the last one shown. */
export const listAccess = (
  db: Db,
  filter: AccessFilter,
  sort: AccessSort,
  after: readonly string[] | undefined,
  limit: number,
) =>
  db.all(sql<AccessRow>`
  select g.id as grant_id, ${named('a.id')} as person, a.function, h.status, a.attachment, g.tool, g.profile,
    jsonb_build_object(${perimeter('g')}) as perimeter, g.starts_on as since, g.ends_on as until, g.granted_at,
    ${named('g.granted_by')} as granted_by, g.reason,
      ${filter.on === filter.today ? sql`c.last_act_at` : sql`null::timestamptz`} as last_act_at,
      ${filter.on === filter.today ? sql`ctx.grant_last_used(g.id)` : sql`null::date`} as last_used_on, h.missing,
      ${accessSorts[sort]} as sort_key
  ${lines(filter)} ${after ? sql`and (${accessSorts[sort]}, g.id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
    order by sort_key, g.id limit ${limit + 1}`)
export const countAccess = async (db: Db, filter: AccessFilter): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*) as n ${lines(filter)}`))!.n
export const instantRead = async (db: Db, filter: AccessFilter): Promise<Date> =>
  (await db.first(sql<{ at: Date }>`select ${instantOf(filter)} as at`))!.at
