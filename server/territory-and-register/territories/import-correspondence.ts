import type pg from 'pg'
import { type InseePair, readFinestCodes, saveInseePairs } from './correspondences.queries.ts'
import { readCsv } from './small-csv.ts'

/** Its words are French, for the person who launched the import. */
export class NotACorrespondence extends Error {}

const columns = { naf: 'NAFold-code', naf25: 'NAFnew-code' } as const
const nameOf = { naf: 'NAF rév. 2', naf25: 'NAF 2025' } as const
/** « 0111Z » is 01.11Z: a spreadsheet may have lost the point. */
const codeOf = (cell: string): string | undefined => {
  const [, division, rest] = /^(\d{2})\.?(\d{2}[A-Z])$/.exec(cell) ?? []
  return division && rest ? `${division}.${rest}` : undefined
}

/**
 * INSEE's table by sub-classes, columns found by name. One code unread, or unknown to the labels held, refuses the
 * whole file.
 */
export const readPairs = (
  text: string,
  known: Readonly<Record<keyof typeof columns, ReadonlySet<string>>>,
): InseePair[] => {
  const records = readCsv(text)
  if (!records.length) throw new NotACorrespondence('ce fichier n’a aucune ligne')
  const header = Object.keys(records[0]!)
  const missing = Object.values(columns).filter(column => !header.includes(column))
  if (missing.length) throw new NotACorrespondence(`colonnes manquantes : ${missing.join(', ')}`)
  const pairs = new Map<string, InseePair>()
  for (const [i, record] of records.entries()) {
    // A spreadsheet ends with empty lines.
    if (!Object.values(record).some(Boolean)) continue
    const read = (kind: keyof typeof columns) => {
      const cell = record[columns[kind]] ?? ''
      const code = codeOf(cell)
      if (!code)
        throw new NotACorrespondence(`ligne ${i + 2} : ${cell ? `« ${cell} »` : 'un blanc'} n’est pas une sous-classe`)
      if (known[kind].size && !known[kind].has(code))
        throw new NotACorrespondence(`ligne ${i + 2} : ${code} est inconnu de la ${nameOf[kind]}`)
      return code
    }
    const pair = { naf: read('naf'), naf25: read('naf25') }
    pairs.set(`${pair.naf} ${pair.naf25}`, pair)
  }
  if (!pairs.size) throw new NotACorrespondence('ce fichier n’a aucune correspondance')
  return [...pairs.values()]
}

export const importCorrespondence = async (owner: pg.ClientBase, text: string, edition: string) => {
  const known = { naf: await readFinestCodes(owner, 'NAFRev2'), naf25: await readFinestCodes(owner, 'NAF25') }
  const pairs = readPairs(text, known)
  await owner.query('begin')
  try {
    await saveInseePairs(owner, edition, pairs)
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback').catch(() => {})
    throw error
  }
  const codes = new Map<string, number>()
  for (const { naf } of pairs) codes.set(naf, (codes.get(naf) ?? 0) + 1)
  return { pairs: pairs.length, codes: codes.size, split: [...codes.values()].filter(n => n > 1).length }
}
