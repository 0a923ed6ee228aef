import type pg from 'pg'
import { type NafRow, saveNaf } from './import-territories.queries.ts'
import { readCsv } from './small-csv.ts'

/** INSEE's two tables, told apart by their columns: NAF rév. 2 in five levels, or NAF 2025 by its finest level. */
export const readNaf = (text: string): NafRow[] => {
  const records = readCsv(text)
  const columns = Object.keys(records[0] ?? {})
  if (columns.includes('niv5') && columns.includes('niv5_libelle')) {
    return records
      .filter(r => r['niv5'])
      .map(r => ({ nomenclature: 'NAF25', code: r['niv5']!, label: r['niv5_libelle']!, section: r['niv1'] ?? null }))
  }
  const code = columns.find(c => c === 'Code')
  const label = columns.find(c => /^Intitulés de la NAF rév\. 2/.test(c))
  if (!code || !label)
    throw new Error('colonnes attendues : Code et Intitulés de la NAF rév. 2, ou niv5 et niv5_libelle')
  let section: string | null = null
  const rows: NafRow[] = []
  for (const r of records) {
    const letter = /^SECTION ([A-U])$/.exec(r[code]!)?.[1]
    if (letter) section = letter
    const value = letter ?? r[code]!
    if (/^([A-U]|\d\d(\.\d\d?[A-Z]?)?)$/.test(value) && r[label])
      rows.push({ nomenclature: 'NAFRev2', code: value, label: r[label]!, section })
  }
  return rows
}

export const importNaf = async (owner: pg.ClientBase, text: string) => {
  const rows = readNaf(text)
  await saveNaf(owner, rows)
  const finest = rows.filter(r => /^\d\d\.\d\d[A-Z]$/.test(r.code)).length
  return { nomenclature: rows[0]!.nomenclature, labels: rows.length, finest }
}
