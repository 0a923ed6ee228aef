import { sql } from 'kysely'
import type { Static } from 'typebox'
import { type Nomenclature, nomenclatureOn } from '../../../contract/territory-and-register/activities.ts'
import type { CompanySize, LegalNature } from '../../../contract/territory-and-register/employer-kinds.ts'
import type { EstablishmentLine } from '../../../contract/territory-and-register/establishments.ts'
import type { Db } from '../../platform/database.ts'
import { sirenText, siretText } from '../../platform/siret.ts'
import { activityLabel } from '../territories/naf-labels.ts'
import { bands } from './headcount-bands.ts'
import { legalNatureOf } from './legal-nature-rules.ts'

export type Line = Static<typeof EstablishmentLine>
interface Corresponding {
  readonly code: string
  readonly label: string | null
  readonly source: 'insee' | 'register'
  readonly edition: string
}
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
  nafFormer: string | null
  nafFormerLabel: string | null
  corresponding: readonly Corresponding[]
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
/** Of the row `e`, what its code may be in the nomenclature in which it has none: the likeliest first. */
const corresponding = sql`(select coalesce(jsonb_agg(jsonb_build_object('code', k.code, 'label',
    (select n.label from naf n where n.nomenclature = k.nomenclature and n.code = k.code), 'source', k.source,
    'edition', k.edition) order by k.establishments desc nulls last, k.code), '[]')
  from (
    select 'NAF25' as nomenclature, c.naf25 as code, c.source, c.edition, c.establishments from naf_correspondences c
      where coalesce(e.naf_nomenclature, 'NAFRev2') = 'NAFRev2' and e.naf25 is null and c.naf = e.naf and not c.rare
    union all
    select 'NAFRev2', c.naf, c.source, c.edition, c.establishments from naf_correspondences c
      where e.naf_nomenclature = 'NAF25' and e.naf_former is null and c.naf25 = e.naf and not c.rare) k)`
export const lineColumns = sql`e.siret, e.siren, e.name, e.sign, e.naf, e.naf_nomenclature, (select n.label from naf n
  where n.nomenclature = e.naf_nomenclature and n.code = e.naf) as naf_label,
  e.naf25, (select n.label from naf n where n.nomenclature = 'NAF25' and n.code = e.naf25) as naf25_label,
  e.naf_former, (select n.label from naf n where n.nomenclature = 'NAFRev2' and n.code = e.naf_former)
    as naf_former_label, ${corresponding} as corresponding,
  e.commune_name, e.commune_code, e.headcount_band, e.headcount_year, e.employer, e.active, e.head_office,
    e.partial_diffusion, e.natural_person, e.legal_category, e.company_size`

type ActivityFact = NonNullable<Line['activity']>
const fact = (code: string | null, nomenclature: string, label: string | null): ActivityFact[] =>
  code === null ? [] : [{ code, nomenclature, label: label ?? activityLabel(code, nomenclature) }]
const correspondsOf = (nomenclature: Nomenclature, { corresponding: found }: LineRow) =>
  found.length === 0
    ? {}
    : {
        corresponds: {
          nomenclature,
          codes: found.map(({ code, label }) => ({ code, label: label ?? activityLabel(code, nomenclature) })),
          source: found.every(({ source }) => source === 'insee') ? ('insee' as const) : ('register' as const),
          edition: found.reduce((latest, { edition }) => (edition > latest ? edition : latest), ''),
        },
      }
/** The register's activity, in the nomenclature of the day first; without a code of it, what the other corresponds to. */
const activitiesOf = (e: LineRow, today: string): ActivityFact[] => {
  const inForce = nomenclatureOn(today)
  const main = fact(e.naf, e.nafNomenclature ?? 'NAFRev2', e.nafLabel)
  const others =
    e.nafNomenclature === 'NAF25'
      ? fact(e.nafFormer, 'NAFRev2', e.nafFormerLabel)
      : fact(e.naf25, 'NAF25', e.naf25Label)
  const all = [...main, ...others]
  const first = all.find(({ nomenclature }) => nomenclature === inForce)
  if (first) return [first, ...all.filter(one => one !== first)]
  return all.map((one, at) => (at === 0 ? { ...one, ...correspondsOf(inForce, e) } : one))
}

/** Of the establishment `e`: targets are told apart in NAF rév. 2, recoded since or not. Several when it may be several. */
export const formerActivities = sql`former_activities(e.naf, e.naf_nomenclature, e.naf_former)`

/** EST-4: of a natural person of partial diffusion it is not told. */
const natureOf = ({ partialDiffusion, naturalPerson, legalCategory }: LineRow): LegalNature =>
  partialDiffusion && naturalPerson !== false ? 'unknown' : legalNatureOf(legalCategory)
/** The same of an establishment `e`, in SQL. */
/** Closed in the register; of a row that it lacks or hides, nothing is said. */
export const isClosed = sql`coalesce(not e.active and e.diffusion <> 'N', false)`

/** Of an establishment `e`: a natural person who objects to diffusion. Without its unit, it is taken for one. */
export const isObjecting = sql`(e.partial_diffusion and coalesce(e.natural_person, true))`

export const natureColumn = sql`case when ${isObjecting} then 'unknown'
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
