import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'

export interface PurgeRow {
  readonly day: string
  readonly table: string
  readonly ending: string
  readonly keptFor: string
  readonly organisation: { readonly id: string; readonly name: string; readonly kind: string } | null
  readonly erased: number
  readonly held: number
}
export interface Period {
  readonly from?: string | undefined
  readonly to?: string | undefined
}
/** Several runs of one day make one line, with what was held last. The bounds are days of Paris, whole. */
const lines = ({ from, to }: Period) => sql`select ctx.paris_day(p.at) as day, p.of_table, p.ending, p.kept_for,
    p.organisation_id, sum(p.erased)::int as erased, (array_agg(p.held order by p.at desc, p.id desc))[1] as held
  from purges p where true
    ${from ? sql`and p.at >= (${from}::date)::timestamp at time zone 'Europe/Paris'` : sql``}
    ${to ? sql`and p.at < (${to}::date + 1)::timestamp at time zone 'Europe/Paris'` : sql``}
  group by 1, 2, 3, 4, 5`

export const keyOf = (row: PurgeRow): readonly string[] => [
  row.day,
  row.table,
  row.ending,
  row.keptFor,
  row.organisation?.id ?? '',
]
/** The last day first. One more than asked. */
export const purgesOf = (db: Db, period: Period, after: readonly string[] | undefined, limit: number) =>
  db.all(
    sql<PurgeRow>`with lines as (${lines(period)})
      select l.day, l.of_table as "table", l.ending, l.kept_for, l.erased, l.held,
        case when o.id is not null then jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) end
          as organisation
      from lines l left join organisations o on o.id = l.organisation_id
      ${
        after
          ? sql`where l.day < ${after[0]}::date or l.day = ${after[0]}::date
              and (l.of_table, l.ending, l.kept_for, coalesce(l.organisation_id::text, ''))
                > (${after[1]}, ${after[2]}, ${after[3]}, ${after[4]})`
          : sql``
      }
      order by l.day desc, l.of_table, l.ending, l.kept_for, coalesce(l.organisation_id::text, '') limit ${limit + 1}`,
  )
export const countPurges = async (db: Db, period: Period): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*)::int as n from (${lines(period)}) l`))!.n
