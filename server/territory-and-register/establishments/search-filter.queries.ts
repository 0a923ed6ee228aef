import { type RawBuilder, sql } from 'kysely'
import type { Nomenclature } from '../../../contract/territory-and-register/activities.ts'
import type { CompanySize, LegalNature } from '../../../contract/territory-and-register/employer-kinds.ts'
import type { sizes } from '../../../contract/territory-and-register/establishments.ts'
import { otherThan, type SoughtActivities } from '../territories/correspondence-rules.ts'
import { bandsOf } from './headcount-bands.ts'
import { contacted, type Filtered, targeted, without } from './search-sets.queries.ts'

/* Filters: what the search vector holds as tokens goes through its index; activities and sizes are checked on the row. */

export interface Filter extends Filtered {
  readonly activities?: SoughtActivities | undefined
  readonly sizes?: readonly (typeof sizes)[number][]
  readonly legalNatures?: readonly LegalNature[]
  readonly companySizes?: readonly CompanySize[]
  readonly employer?: boolean
  readonly active?: boolean
}

export const always = sql`true`
const apart = (set: RawBuilder<unknown>) => sql`not exists (select from ${set} k where k.siret = e.siret)`
const known = sql`ctx.covers((select ctx.fiche()), e.region_id, e.departement_id, e.epci_id, e.clpe_id)`

/** Those that the asker may know for sure to be in no such set. Out of the perimeter, « never contacted » may be false. */
const outside = ({ contact, campaign, services }: Filter) =>
  sql.join(
    [
      always,
      ...(contact?.never ? [known, apart(contacted('-infinity'))] : []),
      ...(contact?.before !== undefined ? [apart(contacted(contact.before))] : []),
      ...(services?.notUsedSince === undefined ? [] : [without(services, services.notUsedSince)]),
      ...(campaign === 'none' ? [apart(targeted(campaign))] : []),
    ],
    sql` and `,
  )
const divisionToken: Record<Nomenclature, string> = { NAFRev2: 'n', NAF25: 'm' }
const anyOf = (tokens: readonly string[]) => `(${tokens.map(t => `'${t}'`).join(' | ')})`
/**
 * The divisions asked; or those of the other nomenclature that correspond, of lines without any division of the one
 * asked. A line that has both is found by its own code alone, and read for nothing else.
 */
const activityTokens = ({ sides }: SoughtActivities): string => {
  const parts = sides.flatMap(({ nomenclature, own, otherDivisions, backDivisions }) => {
    const tokens = (of: Nomenclature, divisions: readonly string[]) =>
      anyOf([...new Set(divisions.map(code => `§=${divisionToken[of]}${code.slice(0, 2)}`))])
    const divisions = own.filter(code => /^\d\d/.test(code))
    if (!divisions.length) return []
    const direct = tokens(nomenclature, divisions)
    return otherDivisions.length
      ? [direct, `(${tokens(otherThan[nomenclature], otherDivisions)} & !${tokens(nomenclature, backDivisions)})`]
      : [direct]
  })
  return parts.length ? `(${parts.join(' | ')})` : anyOf(['§=none'])
}
/** What an employer is and how large: every row has one token of each, by the first letter of its value. */
const kindTokens = ({ legalNatures, companySizes }: Filter): string[] => [
  ...(legalNatures?.length ? [anyOf(legalNatures.map(nature => `§=j${nature[0]}`))] : []),
  ...(companySizes?.length ? [anyOf(companySizes.map(size => `§=t${size[0]}`))] : []),
]
/** Whether the kinds asked for are few rows: nearly all are private companies, and TPE. */
export const isRare = ({ legalNatures, companySizes }: Filter): boolean =>
  (!!legalNatures?.length && !legalNatures.includes('company')) ||
  (!!companySizes?.length && !companySizes.includes('tpe'))
/** The same on rows that are read in another order than that of the index. */
export const kindCondition = (filter: Filter) => {
  const tokens = kindTokens(filter)
  return tokens.length ? sql`e.search @@ scoped_query(${tokens.join(' & ')}, e.departement_id)` : always
}
/**
 * As the text of a scoped query, or null when nothing is asked of the tokens. Every part is built here from checked
 * codes.
 */
export const tokenQuery = (filter: Filter): string | null => {
  const { territoryId, activities, sizes: asked, employer, active } = filter
  const parts: string[] = []
  if (territoryId) parts.push(`'§=z${Number(territoryId)}'`)
  if (activities) parts.push(activityTokens(activities))
  if (active === true) parts.push(`'§=a'`)
  if (employer === true) parts.push(`'§=o'`)
  // The smallest class takes in those without a band, who have no token.
  if (asked?.length && !asked.includes('0-9'))
    parts.push(anyOf(asked.flatMap(s => bandsOf[s]).map(band => `§=h${band}`)))
  parts.push(...kindTokens(filter))
  // Only beside something to find: an index cannot look for what is not there.
  if (parts.length && active === false) parts.push(`!'§=a'`)
  if (parts.length && employer === false) parts.push(`!'§=o'`)
  return parts.length ? parts.join(' & ') : null
}

/** The codes of the row `e`, by nomenclature. */
const codeIn: Record<Nomenclature, RawBuilder<unknown>> = {
  NAFRev2: sql`(case when coalesce(e.naf_nomenclature, 'NAFRev2') = 'NAFRev2' then e.naf
    when e.naf_nomenclature = 'NAF25' then e.naf_former end)`,
  NAF25: sql`(case when e.naf_nomenclature = 'NAF25' then e.naf else e.naf25 end)`,
}
/** The code by which the row corresponds, when it has none of the nomenclature. */
const codeElsewhere: Record<Nomenclature, RawBuilder<unknown>> = {
  NAFRev2: sql`(case when e.naf_nomenclature = 'NAF25' and e.naf_former is null then e.naf end)`,
  NAF25: sql`(case when coalesce(e.naf_nomenclature, 'NAFRev2') = 'NAFRev2' and e.naf25 is null then e.naf end)`,
}
/** The division of the row `e` in a nomenclature; « ~ » and its whole code of the other when it has none. */
export const divisionColumn = (nomenclature: Nomenclature) =>
  sql`coalesce(left(${codeIn[nomenclature]}, 2), '~' || ${codeElsewhere[nomenclature]})`
/** Sections and divisions are in the tokens already, unless another nomenclature widens these. */
const activityCondition = ({ sides }: SoughtActivities) =>
  sides.every(({ own, otherDivisions }) => !otherDivisions.length && own.every(code => code.length === 2))
    ? always
    : sql`(${sql.join(
        sides.map(
          ({
            nomenclature,
            own,
            through,
          }) => sql`${codeIn[nomenclature]} like any (${own.map(code => `${code}%`)}::text[])
      or ${codeElsewhere[nomenclature]} = any (${through}::text[])`,
        ),
        sql` or `,
      )})`
export const rowConditions = (filter: Filter) => {
  const { activities, sizes: asked, employer, active } = filter
  const wanted = asked?.length ? asked.flatMap(s => bandsOf[s]) : undefined
  return sql`e.diffusion <> 'N' and ${activities ? activityCondition(activities) : always}
    and ${
      wanted
        ? sql`(e.headcount_band = any (${wanted}::text[]) or ${asked!.includes('0-9')}
      and e.headcount_band is null)`
        : always
    }
    and ${employer === false ? sql`e.employer is false` : always} and ${active === false ? sql`not e.active` : always}
    and ${outside(filter)}`
}
