import type { Db } from '../../platform/database.ts'
import { keptTables, momentsOf, wordsOf } from './columns.ts'
import type { Find, KeptTable } from './kept.ts'
import { type Keys, rowsWhere, type Wanted } from './person.queries.ts'

type Row = Readonly<Record<string, unknown>>
export interface Gathered {
  readonly table: string
  readonly kept: KeptTable
  /** Rows on the person, with the columns that tell of them. */
  readonly about: readonly Row[]
  /** Rows on others where the account acted: what it did there, and when. */
  readonly acted: readonly Row[]
}

const partsOf = (find: Find) => {
  const [how = '', rest = ''] = find.split(/:(.*)/s)
  const [column = '', from = ''] = rest.split('=')
  const at = from.lastIndexOf('.')
  return { how, column, table: from.slice(0, at), of: from.slice(at + 1) }
}
/** What may leave the database: what is withheld is not even read. */
const readable = (kept: KeptTable) => [kept.about, kept.acts, kept.texts, kept.none].flatMap(wordsOf)
const textOf = (value: unknown) => String(value).toLowerCase()
const only = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(names.filter(name => row[name] !== null && row[name] !== undefined).map(name => [name, row[name]]))

/**
 * All that the list of columns says of a person, in the caller's transaction. A row is on them when a finder of its
 * table answers. An address alone finds no row that an account already names: it may be another's since.
 */
export const gatherPerson = async (db: Db, keys: Keys): Promise<Gathered[]> => {
  const rows = new Map<string, Promise<readonly Row[]>>()
  const aboutRows = (table: string): Promise<readonly Row[]> => {
    const known = rows.get(table)
    if (known) return known
    const reading = readAbout(table)
    rows.set(table, reading)
    return reading
  }
  const readAbout = async (table: string): Promise<readonly Row[]> => {
    const finds = (keptTables[table]?.finds ?? []).map(partsOf)
    const wanted: Wanted[] = []
    for (const { how, column, table: from, of } of finds) {
      const values =
        how === 'through'
          ? (await aboutRows(from)).map(row => textOf(row[of]))
          : keys[how === 'account-subject' ? 'account' : (how as keyof Keys)]
      const words = how === 'email' || how === 'account-subject'
      if (values.length > 0) wanted.push({ column, values: [...new Set(values)], words })
    }
    if (wanted.length === 0) return []
    const found = await rowsWhere(db, table, readable(keptTables[table]!), wanted)
    const named = finds.filter(({ how }) => how === 'account').map(({ column }) => column)
    const mailed = finds.filter(({ how }) => how === 'email').map(({ column }) => column)
    const sureOf = wanted.filter(({ column }) => !mailed.includes(column))
    const byKey = (row: Row) => sureOf.some(({ column, values }) => values.includes(textOf(row[column])))
    return found.filter(row => byKey(row) || named.every(column => row[column] === null))
  }

  const gathered: Gathered[] = []
  for (const [table, kept] of Object.entries(keptTables)) {
    const about = await aboutRows(table)
    const acts = wordsOf(kept.acts)
    const acted =
      acts.length > 0 && keys.account.length > 0
        ? await rowsWhere(
            db,
            table,
            readable(kept),
            acts.map(column => ({ column, values: keys.account, words: false })),
          )
        : []
    const known = new Set(about.map(row => JSON.stringify(row)))
    const shown = [...wordsOf(kept.about), ...wordsOf(kept.texts), ...momentsOf(kept)]
    const own = (row: Row) => acts.filter(column => keys.account.includes(textOf(row[column])))
    const there = ['id', 'siret', ...momentsOf(kept)].filter(column => wordsOf(kept.none).includes(column))
    if (about.length + acted.length > 0)
      gathered.push({
        table,
        kept,
        about: about.map(row => only(row, [...shown, ...own(row)])),
        acted: acted.filter(row => !known.has(JSON.stringify(row))).map(row => only(row, [...own(row), ...there])),
      })
  }
  return gathered
}
