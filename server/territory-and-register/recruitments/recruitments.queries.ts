import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { GroupSeason } from './forecast-rules.ts'
import type { ComparedYear, HiresOfMonth, KnownMonths } from './recruitment-rules.ts'

/* Row-level security lets nobody of the application read these tables: functions that ask for the right answer counts. */

export interface Declarer extends TerritoryLine {
  readonly siret: number
  readonly name: string | null
  readonly sign: string | null
  readonly communeName: string | null
  readonly naf: string | null
  readonly nafNomenclature: string
  readonly nafLabel: string | null
  readonly active: boolean
}
export const readDeclarer = (db: Db, siret: number): Promise<Declarer | undefined> =>
  db.first(sql<Declarer>`
    select e.siret, e.name, e.sign, e.commune_name, e.naf, coalesce(e.naf_nomenclature, 'NAFRev2') as naf_nomenclature,
      (select n.label from naf n where n.nomenclature = coalesce(e.naf_nomenclature, 'NAFRev2') and n.code = e.naf)
        as naf_label, e.active, e.region_id, e.departement_id, e.epci_id, e.clpe_id
    from establishments e where e.siret = ${siret} and e.diffusion <> 'N'`)

/** Of its company: those open, and this one. */
export const countCompanyEstablishments = async (db: Db, siret: number): Promise<number> =>
  (await db.first(sql<{ companyEstablishments: number }>`
    select count(*)::int as company_establishments from establishments o
    where o.siren = ${Math.floor(siret / 100_000)}::int and (o.active or o.siret = ${siret}) and o.diffusion <> 'N'`))!
    .companyEstablishments

export const listHires = (db: Db, siret: number, since: string): Promise<HiresOfMonth[]> =>
  db.all(sql<HiresOfMonth>`
    select to_char(h.month, 'YYYY-MM') as month, h.kind, h.hires from hirings_at(${siret}, ${since}::date) h`)

export const readKnownMonths = async (db: Db): Promise<KnownMonths> =>
  (await db.first(sql<KnownMonths>`
    select k.as_of, k.received_on, array(select to_char(m, 'YYYY-MM') from unnest(k.months) m) as months
      from hirings_known() k`)) ?? { asOf: null, receivedOn: null, months: [] }

/** The latest year first; of a year, the smallest territory first. */
export const listCompared = (db: Db, siret: number): Promise<ComparedYear[]> =>
  db.all(sql<ComparedYear>`
    select c.year, c.territory_id, c.kind, c.code, c.name, c.establishments, c.durable, c.other
      from hirings_compared_at(${siret}) c`)

/** Told in quarters of a mean month. */
export const listSeasons = async (db: Db, siret: number): Promise<GroupSeason[]> =>
  (
    await db.all(sql<{ year: number; quarters: number[] }>`
      select s.year, s.quarters from hiring_seasons_at(${siret}) s`)
  ).map(({ year, quarters }) => ({ year, index: quarters.map(quarter => quarter / 4) }))
