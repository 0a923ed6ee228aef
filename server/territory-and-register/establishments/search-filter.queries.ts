import { sql } from 'kysely'
import { type Activity, type Nomenclature, readActivity } from '../../../contract/territory-and-register/activities.ts'
import type { sizes } from '../../../contract/territory-and-register/establishments.ts'
import { divisionsOf } from '../territories/naf-labels.ts'
import { bandsOf } from './headcount-bands.ts'

/* Filters: what the search vector holds as tokens goes through its index; finer activities and sizes are checked on the row. */

export interface Filter {
  readonly territoryId?: number
  readonly activities?: readonly string[]
  readonly sizes?: readonly (typeof sizes)[number][]
  readonly employer?: boolean
  readonly active?: boolean
}

const divisionToken: Record<Nomenclature, string> = { NAFRev2: 'n', NAF25: 'm' }
/** A section as its divisions, anything else as itself; each with its nomenclature. */
const finest = (asked: string): Activity[] => {
  const { nomenclature, code } = readActivity(asked)
  return /^[A-Z]$/.test(code)
    ? divisionsOf(code, nomenclature).map(division => ({ nomenclature, code: division }))
    : [{ nomenclature, code }]
}

const anyOf = (tokens: readonly string[]) => `(${tokens.map(t => `'${t}'`).join(' | ')})`
/**
 * As the text of a scoped query, or null when nothing is asked of the tokens. Every part is built here from checked
 * codes.
 */
export const tokenQuery = ({ territoryId, activities, sizes: asked, employer, active }: Filter): string | null => {
  const parts: string[] = []
  if (territoryId) parts.push(`'§=z${Number(territoryId)}'`)
  if (activities?.length) {
    const divisions = new Set(
      activities
        .flatMap(finest)
        .filter(({ code }) => /^\d\d/.test(code))
        .map(({ nomenclature, code }) => `§=${divisionToken[nomenclature]}${code.slice(0, 2)}`),
    )
    parts.push(anyOf(divisions.size ? [...divisions] : ['§=none']))
  }
  if (active === true) parts.push(`'§=a'`)
  if (employer === true) parts.push(`'§=o'`)
  // The smallest class takes in those without a band, who have no token.
  if (asked?.length && !asked.includes('0-9'))
    parts.push(anyOf(asked.flatMap(s => bandsOf[s]).map(band => `§=h${band}`)))
  // Only beside something to find: an index cannot look for what is not there.
  if (parts.length && active === false) parts.push(`!'§=a'`)
  if (parts.length && employer === false) parts.push(`!'§=o'`)
  return parts.length ? parts.join(' & ') : null
}

export const always = sql`true`
const naf25 = sql`(case when e.naf_nomenclature = 'NAF25' then e.naf else e.naf25 end)`
export const rowConditions = ({ activities, sizes: asked, employer, active }: Filter) => {
  // Whole divisions and sections are in the tokens already.
  const all = activities?.flatMap(finest)
  const finer = all?.some(({ code }) => code.length > 2)
    ? (nomenclature: Nomenclature) => all.filter(a => a.nomenclature === nomenclature).map(({ code }) => `${code}%`)
    : undefined
  const wanted = asked?.length ? asked.flatMap(s => bandsOf[s]) : undefined
  return sql`e.diffusion <> 'N' and ${
    finer
      ? sql`(e.naf like any (${finer('NAFRev2')}::text[])
    and coalesce(e.naf_nomenclature, 'NAFRev2') = 'NAFRev2' or ${naf25} like any (${finer('NAF25')}::text[]))`
      : always
  }
    and ${
      wanted
        ? sql`(e.headcount_band = any (${wanted}::text[]) or ${asked!.includes('0-9')}
      and e.headcount_band is null)`
        : always
    }
    and ${employer === false ? sql`e.employer is false` : always} and ${active === false ? sql`not e.active` : always}`
}
