import { type Nomenclature, nomenclatures, sectionsOf } from '../../../contract/territory-and-register/activities.ts'

const labels = Object.fromEntries(
  nomenclatures.map(n => [n, new Map(sectionsOf[n].flatMap(s => s.divisions.map(d => [d.code, d.label] as const)))]),
) as Record<Nomenclature, Map<string, string>>
const bySection = Object.fromEntries(
  nomenclatures.map(n => [n, new Map(sectionsOf[n].map(s => [s.code, s.divisions.map(d => d.code)] as const))]),
) as Record<Nomenclature, Map<string, string[]>>

export const divisionLabel = (division: string, nomenclature: Nomenclature = 'NAFRev2'): string | undefined =>
  labels[nomenclature].get(division)
export const divisionsOf = (section: string, nomenclature: Nomenclature = 'NAFRev2'): readonly string[] =>
  bySection[nomenclature].get(section) ?? []
/**
 * Our own words for a code, by its division; INSEE's own for each code come with `npm run import -- naf`. An older
 * nomenclature has other divisions.
 */
export const activityLabel = (code: string, nomenclature: string | null): string | null =>
  nomenclature === null || nomenclature === 'NAFRev2' || nomenclature === 'NAF25'
    ? (divisionLabel(code.slice(0, 2), nomenclature ?? 'NAFRev2') ?? null)
    : null
