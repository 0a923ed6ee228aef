import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { otherForms, soughtWords, stemOf, type Word, wordsOf } from './search-terms.ts'

/** An employer as somebody's file names it. */
export interface Named {
  readonly line: number
  readonly name: string
  readonly postalCode: string | undefined
  readonly town: string | undefined
}
export interface Alike {
  readonly line: number
  readonly siret: number
  /** Every name the register gives it. */
  readonly names: readonly string[]
  readonly street: string | null
  readonly active: boolean
}

/** Read for one line, in no order: more are too many to tell apart. */
const mostRead = 60
const lexeme = (prefix: string, stem: string) => `'§${prefix}${stem}'`
const anyForm = (word: Word) => `(${[word.stem, ...otherForms(word)].map(stem => lexeme('', stem)).join('|')})`

/** Its commune or its postal code; null: the file does not say where. */
const placeOf = ({ postalCode, town }: Named): string | null => {
  const code = postalCode?.replace(/\s/g, '')
  const words = town === undefined ? [] : soughtWords(wordsOf(town.replace(/\bcedex\b.*$/i, '')))
  const places = [
    ...(code && /^\d{5}$/.test(code) ? [lexeme('+', stemOf(code))] : []),
    ...(words.length ? [`(${words.map(({ stem }) => lexeme('', stem)).join('&')})`] : []),
  ]
  return places.length ? `(${places.join('|')})` : null
}
/** The department that a postal code says, where it always does: not in Corsica nor overseas. */
const departmentOf = ({ postalCode }: Named): number | null => {
  const first = /^\s*(\d\d)\s*\d{3}\s*$/.exec(postalCode ?? '')?.[1]
  const number = Number(first)
  return first && number !== 20 && number >= 1 && number <= 95 ? 2000 + number : null
}

/** With all the words of the name, or with some of them; null: nothing to look for. */
const askedOf = (named: Named, all: boolean): string | null => {
  const place = placeOf(named)
  const words = soughtWords(wordsOf(named.name))
  return place && words.length ? `(${words.map(anyForm).join(all ? '&' : '|')}) & ${place}` : null
}

const found = async (db: Db, named: readonly Named[], all: boolean): Promise<Alike[]> => {
  const asked = named.flatMap(one => {
    const query = askedOf(one, all)
    return query === null ? [] : [{ line: one.line, asked: query, department: departmentOf(one) }]
  })
  if (asked.length === 0) return []
  return db.all(sql<Alike>`
    select r.line, e.siret, array_remove(array[e.usual_name, e.sign, e.legal_name, e.other_names, e.acronym], null) as names,
      e.street, e.active
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) r (line int, asked text, department int)
    cross join lateral (
      select e.* from territories d cross join lateral (
        select * from establishments e where e.search @@ scoped_query(r.asked, d.id) and e.diffusion <> 'N' limit ${mostRead}) e
      where d.kind = 'departement' and (r.department is null or d.id = r.department) limit ${mostRead}) e`)
}

/** The establishments of the same place that have all the words of a name; where there is none, some of them. */
export const establishmentsAlike = async (db: Db, named: readonly Named[]): Promise<ReadonlyMap<number, Alike[]>> => {
  const whole = Map.groupBy(await found(db, named, true), ({ line }) => line)
  const rest = named.filter(({ line }) => !whole.has(line))
  for (const [line, some] of Map.groupBy(await found(db, rest, false), one => one.line)) whole.set(line, some)
  return whole
}

/** Street, postal code and town, to tell two of one name apart; none of who is not diffused. */
export const addressesOf = async (db: Db, sirets: readonly number[]): Promise<ReadonlyMap<number, string>> => {
  const rows = await db.all(sql<{ siret: number; address: string }>`select e.siret,
      concat_ws(', ', e.street, nullif(concat_ws(' ', e.postal_code, e.commune_name), '')) as address
    from establishments e where e.siret = any (${sirets}::bigint[])`)
  return new Map(rows.map(({ siret, address }) => [siret, address]))
}
