import type { TerritoryLine } from '../../platform/viewer.ts'

/** The smallest territory that holds all rows: EPCI, CLPE, department, region; null where none does. */
export const commonTerritory = (rows: readonly TerritoryLine[]): number | null => {
  const [first] = rows
  if (!first) return null
  for (const kind of ['epciId', 'clpeId', 'departementId', 'regionId'] as const)
    if (first[kind] !== null && rows.every(row => row[kind] === first[kind])) return first[kind]
  return null
}
