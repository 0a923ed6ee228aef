import { sql } from 'kysely'
import type { Static } from 'typebox'
import { nomenclatureOn } from '../../../contract/territory-and-register/activities.ts'
import type { CompanySize, LegalNature } from '../../../contract/territory-and-register/employer-kinds.ts'
import type { EstablishmentLine } from '../../../contract/territory-and-register/establishments.ts'
import type { Db } from '../../platform/database.ts'
import { sirenText, siretText } from '../../platform/siret.ts'
import { activityLabel } from '../territories/naf-labels.ts'
import { bands } from './headcount-bands.ts'
import { legalNatureOf } from './legal-nature-rules.ts'

export type Line = Static<typeof EstablishmentLine>
export interface LineRow {
  siret: number
  siren: number
  name: string | null
  sign: string | null
  naf: string | null
  nafNomenclature: string | null
  nafLabel: string | null
  naf25: string | null
  naf25Label: string | null
  communeName: string | null
  communeCode: string | null
  headcountBand: string | null
  headcountYear: number | null
  employer: boolean | null
  active: boolean
  headOffice: boolean
  partialDiffusion: boolean
  naturalPerson: boolean | null
  legalCategory: string | null
  companySize: Exclude<CompanySize, 'unknown'> | null
}
export const lineColumns = sql`e.siret, e.siren, e.name, e.sign, e.naf, e.naf_nomenclature, (select n.label from naf n
  where n.nomenclature = e.naf_nomenclature and n.code = e.naf) as naf_label,
  e.naf25, (select n.label from naf n where n.nomenclature = 'NAF25' and n.code = e.naf25) as naf25_label,
  e.commune_name, e.commune_code, e.headcount_band, e.headcount_year, e.employer, e.active, e.head_office,
    e.partial_diffusion, e.natural_person, e.legal_category, e.company_size`

/** The register's activity, in the nomenclature of the day first. */
const activitiesOf = (e: LineRow, today: string) => {
  const main =
    e.naf === null
      ? []
      : [
          {
            code: e.naf,
            nomenclature: e.nafNomenclature ?? 'NAFRev2',
            label: e.nafLabel ?? activityLabel(e.naf, e.nafNomenclature),
          },
        ]
  const next =
    e.naf25 === null || e.nafNomenclature === 'NAF25'
      ? []
      : [{ code: e.naf25, nomenclature: 'NAF25', label: e.naf25Label ?? activityLabel(e.naf25, 'NAF25') }]
  return nomenclatureOn(today) === 'NAF25' ? [...next, ...main] : [...main, ...next]
}

/** EST-4: of a natural person of partial diffusion it is not told. */
const natureOf = ({ partialDiffusion, naturalPerson, legalCategory }: LineRow): LegalNature =>
  partialDiffusion && naturalPerson !== false ? 'unknown' : legalNatureOf(legalCategory)
/** The same of an establishment `e`, in SQL. */
export const natureColumn = sql`case when e.partial_diffusion and coalesce(e.natural_person, true) then 'unknown'
  else legal_nature(e.legal_category) end`

export const lineOf = (e: LineRow, today: string): Line => ({
  siret: siretText(e.siret),
  siren: sirenText(e.siren),
  name: e.name,
  sign: e.sign,
  activity: activitiesOf(e, today)[0] ?? null,
  town: e.communeName,
  communeCode: e.communeCode,
  headcount:
    e.headcountBand === null
      ? null
      : { band: e.headcountBand, label: bands[e.headcountBand] ?? e.headcountBand, year: e.headcountYear },
  legalNature: natureOf(e),
  companySize: e.companySize ?? 'unknown',
  employer: e.employer,
  active: e.active,
  headOffice: e.headOffice,
  partialDiffusion: e.partialDiffusion,
})

/**
 * The lines of these establishments, by SIRET, as of a day in Paris; those the register does not diffuse are not in it.
 */
export const establishmentLines = async (
  db: Db,
  sirets: readonly number[],
  today: string,
): Promise<Map<number, Line>> => {
  const rows = await db.all(
    sql<LineRow>`select ${lineColumns} from establishments e where e.siret = any (${sirets}::bigint[])
      and e.diffusion <> 'N'`,
  )
  return new Map(rows.map(e => [e.siret, lineOf(e, today)]))
}

export interface Card {
  readonly line: Line
  readonly activities: NonNullable<Line['activity']>[]
  readonly siret: number
  readonly siren: number
  readonly legalName: string | null
  readonly acronym: string | null
  readonly legalCategory: string | null
  readonly address: string | null
  readonly postalCode: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly createdOn: string | null
  readonly closedOn: string | null
  readonly registerUpdatedAt: Date | null
  readonly updatedAt: Date
}
/** The cards of these establishments, as of a day in Paris; those the register does not diffuse are not in it. */
export const readEstablishments = async (db: Db, sirets: readonly number[], today: string): Promise<Card[]> =>
  (
    await db.all(sql<LineRow & Omit<Card, 'line' | 'activities'>>`
    select ${lineColumns}, e.legal_name, e.acronym, e.postal_code,
      nullif(concat_ws(', ', e.address_complement, e.street, e.special_distribution, case when e.street is not null
        or e.postal_code is not null then nullif(concat_ws(' ', e.postal_code, e.commune_name), '') end, e.country),
        '') as address,
      e.latitude, e.longitude, e.created_on, e.closed_on,
      e.register_updated_at at time zone 'Europe/Paris' as register_updated_at, e.updated_at
    from establishments e where e.siret = any (${sirets}::bigint[]) and e.diffusion <> 'N'`)
  ).map(row => ({ ...row, line: lineOf(row, today), activities: activitiesOf(row, today) }))
export const readEstablishment = async (db: Db, siret: number, today: string): Promise<Card | undefined> =>
  (await readEstablishments(db, [siret], today))[0]
