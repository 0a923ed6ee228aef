import { faultOf, type Layout, layouts, type RegisterKind } from './file-layout.ts'
import { isObject } from './sirene-api.ts'

/** A line of the official file, by the names of the staging table. */
export type RegisterLine = Record<string, string>

const columnsOf = (kind: RegisterKind) => [...layouts[kind].required, ...layouts[kind].used]
export const layoutOf = (kind: RegisterKind): Layout => ({
  kind,
  columns: columnsOf(kind).map(c => c.toLowerCase()),
  missing: [],
})

/** The API gives the history: the files, its current period. */
const currentPeriod = (periods: unknown): unknown =>
  Array.isArray(periods) ? (periods.find(p => isObject(p) && (p['dateFin'] ?? null) === null) ?? periods[0]) : undefined

/**
 * One record of the API as the line that the stock file would hold: the same columns, the same text, so the same merge
 * and the same hash.
 */
const lineOf = (kind: RegisterKind, parts: readonly unknown[]): RegisterLine => {
  const line: RegisterLine = {}
  for (const column of columnsOf(kind)) {
    for (const part of parts) {
      const value = isObject(part) ? part[column] : undefined
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
        line[column.toLowerCase()] = String(value)
        break
      }
    }
  }
  return line
}
export const lineOfRecord = (kind: RegisterKind, record: unknown): RegisterLine => {
  if (!isObject(record)) return {}
  return kind === 'units'
    ? lineOf(kind, [record, currentPeriod(record['periodesUniteLegale'])])
    : lineOf(kind, [record, record['adresseEtablissement'], currentPeriod(record['periodesEtablissement'])])
}

/**
 * The legal unit as an establishment's record carries it: enough to name it until its own record comes. Undefined when
 * it says too little.
 */
export const unitWithin = (record: unknown): RegisterLine | undefined => {
  if (!isObject(record) || !isObject(record['uniteLegale'])) return undefined
  const line = lineOf('units', [{ siren: record['siren'] }, record['uniteLegale']])
  return faultIn('units', line) === undefined ? line : undefined
}

/** Why this is no line of the register: the reasons of the files. */
export const faultIn = (kind: RegisterKind, line: RegisterLine): string | undefined => {
  const values = Object.values(line)
  if (values.some(v => v.includes('\0'))) return 'nul-byte'
  if (!values.every(v => v.isWellFormed())) return 'invalid-utf8'
  return kind === 'units'
    ? faultOf(
        kind,
        line['siren'] ?? '',
        line['etatadministratifunitelegale'] ?? '',
        line['statutdiffusionunitelegale'] ?? '',
      )
    : faultOf(
        kind,
        line['siret'] ?? '',
        line['etatadministratifetablissement'] ?? '',
        line['statutdiffusionetablissement'] ?? '',
      )
}
