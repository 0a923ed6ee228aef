import { sections } from '../../contract/activities.ts'

const divisions = new Map(sections.flatMap(s => s.divisions.map(d => [d.code, d.label] as const)))
const bySection = new Map(sections.map(s => [s.code, s.divisions.map(d => d.code)] as const))

export const divisionLabel = (division: string): string | undefined => divisions.get(division)
export const divisionsOf = (section: string): readonly string[] => bySection.get(section) ?? []
/** Our own words for a code, by its division; INSEE's 732 come with `npm run import -- naf`. NAF 2025 keeps the divisions of NAF rév. 2 but for a few; an older nomenclature has others. */
export const activityLabel = (code: string, nomenclature: string | null): string | null =>
  nomenclature === null || nomenclature === 'NAFRev2' || nomenclature === 'NAF25' ? divisionLabel(code.slice(0, 2)) ?? null : null
