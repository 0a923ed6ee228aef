import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { HirerRow } from './hirer-rules.ts'
import type { HiresOfMonth } from './recruitment-rules.ts'

/* Of a company: functions answer what its establishments hired, of those alone whose card the viewer reads. */

/** Where its establishments stand, each place once; none: the register lacks this company. */
export const listPlaces = (db: Db, siren: number): Promise<TerritoryLine[]> =>
  db.all(sql<TerritoryLine>`
    select distinct e.region_id, e.departement_id, e.epci_id, e.clpe_id from establishments e
      where e.siren = ${siren} and e.diffusion <> 'N'`)

export interface NamedCompany {
  readonly name: string | null
  /** Its establishments that are open. */
  readonly open: number
}
/** As the register lets it be named: of a natural person who objects to diffusion, nothing. */
export const readNamedCompany = async (db: Db, siren: number): Promise<NamedCompany> =>
  (await db.first(sql<NamedCompany>`
    select (select coalesce(e.legal_name, e.name) from establishments e where e.siren = ${siren} and e.diffusion <> 'N'
        order by e.head_office desc, e.active desc, e.siret limit 1) as name,
      (select count(*) from establishments e where e.siren = ${siren} and e.diffusion <> 'N' and e.active)::int as open`))!

export const listHiresOfCompany = (db: Db, siren: number, since: string): Promise<HiresOfMonth[]> =>
  db.all(sql<HiresOfMonth>`
    select to_char(h.month, 'YYYY-MM') as month, h.kind, h.hires from hirings_of_company(${siren}, ${since}::date) h`)

export interface CompanyParts {
  /** Open, or with hires in these months, and known here. */
  readonly covered: number
  readonly elsewhere: number
  readonly elsewhereOpen: number
  /** Closed, with hires in these months. */
  readonly closed: number
}
/** Of which parts the sum over these months is made. */
export const readCompanyParts = async (
  db: Db,
  siren: number,
  [first, last]: readonly [string, string],
): Promise<CompanyParts> =>
  (await db.first(sql<CompanyParts>`
    select (count(*) filter (where h.covered and (e.active or h.total > 0)))::int as covered,
      (count(*) filter (where not h.covered))::int as elsewhere,
      (count(*) filter (where not h.covered and e.active))::int as elsewhere_open,
      (count(*) filter (where not e.active and h.total > 0))::int as closed
    from hirers_of_company(${siren}, ${first}::date, ${last}::date) h join establishments e on e.siret = h.siret`))!

/** Open, or with hires in these months: those that hired the most first, those that declare elsewhere last. */
export const listHirers = (
  db: Db,
  siren: number,
  [first, last]: readonly [string, string],
  limit: number,
): Promise<HirerRow[]> =>
  db.all(sql<HirerRow>`
    select h.siret, e.name, e.sign, e.commune_name as town, e.active, e.head_office, h.covered, h.total, h.durable,
      h.other, (count(*) over all_of)::int as all_of, (count(*) filter (where e.active) over all_of)::int as all_open,
      (count(*) filter (where h.total > 0) over all_of)::int as all_hirers,
      (sum(h.total) over all_of)::int as all_total, (sum(h.durable) over all_of)::int as all_durable,
      (sum(h.other) over all_of)::int as all_other
    from hirers_of_company(${siren}, ${first}::date, ${last}::date) h join establishments e on e.siret = h.siret
    where e.active or h.total > 0
    window all_of as ()
    order by h.covered desc, h.total desc, e.active desc, e.head_office desc, h.siret limit ${limit}`)
