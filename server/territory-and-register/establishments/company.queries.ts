import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { type Line, type LineRow, lineColumns, lineOf } from './establishments.queries.ts'
import { bands } from './headcount-bands.ts'

/* What the register says around an establishment: its legal unit, the unit's other establishments, who took whose place. */

export interface Company {
  readonly active: boolean
  readonly headcount: Line['headcount']
  readonly sizeCategory: 'PME' | 'ETI' | 'GE' | null
  readonly socialEconomy: boolean | null
  readonly createdOn: string | null
  readonly registerUpdatedAt: Date | null
}
/** EST-4: nothing of a natural person of partial diffusion. */
export const readCompany = async (db: Db, siren: number): Promise<Company | undefined> => {
  const row = await db.first(sql<
    Omit<Company, 'headcount'> & { headcountBand: string | null; headcountYear: number | null }
  >`
    select active, headcount_band, headcount_year, size_category, social_economy, created_on,
      register_updated_at at time zone 'Europe/Paris' as register_updated_at
    from legal_units where siren = ${siren} and not (natural_person and diffusion <> 'O')`)
  return (
    row && {
      ...row,
      headcount:
        row.headcountBand === null
          ? null
          : { band: row.headcountBand, label: bands[row.headcountBand] ?? row.headcountBand, year: row.headcountYear },
    }
  )
}

const others = (siret: number) =>
  sql`e.siren = ${Math.floor(siret / 100_000)} and e.siret <> ${siret} and e.diffusion <> 'N'`
export const countSiblings = async (db: Db, siret: number): Promise<{ open: number; closed: number }> =>
  (await db.first(
    sql<{
      open: number
      closed: number
    }>`select count(*) filter (where e.active)::int as open, count(*) filter (where not e.active)::int as closed
      from establishments e where ${others(siret)}`,
  ))!

/** Where a page ends: the rank of its last line (0 the head office, 1 another, 2 a closed one), and its SIRET. */
export interface SiblingsPage {
  readonly closed: boolean
  readonly limit: number
  readonly after?: { readonly rank: number; readonly siret: number }
}
const rank = sql`(case when e.head_office then 0 when e.active then 1 else 2 end)`
export const listSiblings = async (
  db: Db,
  siret: number,
  { closed, limit, after }: SiblingsPage,
  today: string,
): Promise<{ line: Line; rank: number; siret: number }[]> => {
  const rows = await db.all(sql<LineRow & { rank: number }>`
    select ${lineColumns}, ${rank} as rank from establishments e where ${others(siret)}
      and (e.active or ${closed}) ${
        after
          ? sql`and (${rank}, e.siret) > (${after.rank}::int,
      ${after.siret}::bigint)`
          : sql``
      }
    order by rank, e.siret limit ${limit}`)
  return rows.map(row => ({ line: lineOf(row, today), rank: row.rank, siret: row.siret }))
}

export interface Succession {
  readonly siret: number
  readonly name: string | null
  readonly town: string | null
  readonly known: boolean
  readonly on: string
  readonly headOfficeTransfer: boolean
  readonly economicContinuity: boolean
  readonly before: boolean
}
const mostSuccessions = 20
/** Links in both directions, the latest first; `before` are those whose place this one took. */
export const readSuccessions = (db: Db, siret: number): Promise<Succession[]> =>
  db.all(sql<Succession>`
    select l.siret, e.name, e.commune_name as town, e.siret is not null as known, l.linked_on as on,
      l.head_office_transfer, l.economic_continuity, l.before
    from (
      (select predecessor as siret, linked_on, head_office_transfer, economic_continuity, true as before
        from establishment_successions where successor = ${siret} and predecessor <> ${siret}
        order by linked_on desc, predecessor limit ${mostSuccessions})
      union all (select successor, linked_on, head_office_transfer, economic_continuity, false
        from establishment_successions where predecessor = ${siret} and successor <> ${siret}
        order by linked_on desc, successor limit ${mostSuccessions})) l
      left join establishments e on e.siret = l.siret and e.diffusion <> 'N' order by l.linked_on desc, l.siret`)

/** The head office of its company, open, when it is another establishment. */
export const headOfficeBeside = async (db: Db, siret: number): Promise<number | null> =>
  (
    await db.first(sql<{ siret: number }>`select e.siret from establishments e
      where ${others(siret)} and e.head_office and e.active order by e.siret limit 1`)
  )?.siret ?? null
