import type pg from 'pg'
import { ImportRefused } from '../../territory-and-register/register/import-options.ts'
import { readCsv } from '../../territory-and-register/territories/small-csv.ts'
import { type JobTitleRow, saveJobTitles } from './job-titles.queries.ts'
import { searched } from './needs.queries.ts'

/** The file lacks a column that the list needs: nothing is read. */
export class NotJobTitles extends ImportRefused {}
const columns = ['code_ogr', 'libelle_appellation_long', 'code_rome'] as const
const isTitle = ({ code, label, rome }: JobTitleRow): boolean =>
  /^\d{1,10}$/.test(code) && label.length >= 1 && label.length <= 250 && /^[A-N]\d{4}$/.test(rome)

/** The appellations of the ROME, as France Travail publishes them; of two lines of one code, the last. */
export const readJobTitles = (text: string): { titles: JobTitleRow[]; rejected: number } => {
  const records = readCsv(text)
  const missing = columns.filter(name => !(name in (records[0] ?? {})))
  if (missing.length) throw new NotJobTitles(`colonnes attendues : ${columns.join(', ')}`)
  const rows = records.map(r => ({
    code: r['code_ogr']!,
    label: r['libelle_appellation_long']!.replace(/\s+/g, ' '),
    rome: r['code_rome']!,
  }))
  const titles = new Map(rows.filter(isTitle).map(row => [row.code, row]))
  return { titles: [...titles.values()], rejected: rows.filter(row => !isTitle(row)).length }
}

/** The list becomes the file. Needs keep the words they were said with. */
export const importJobTitles = async (client: Pick<pg.ClientBase, 'query'>, text: string) => {
  const { titles, rejected } = readJobTitles(text)
  if (!titles.length) throw new NotJobTitles('aucune appellation lisible : la liste en place reste')
  const { gone } = await saveJobTitles(
    client,
    titles.map(title => ({ ...title, words: searched(title.label) })),
  )
  return { titles: titles.length, rejected, gone }
}
/** For the command of imports. */
export const bringJobTitles = async (
  owner: Pick<pg.ClientBase, 'query'>,
  text: string,
  say: (line: string) => void,
): Promise<number> => {
  const { titles, gone, rejected } = await importJobTitles(owner, text)
  say(`ROME : ${titles} appellations, ${gone} retirées, ${rejected} lignes rejetées`)
  return 0
}
