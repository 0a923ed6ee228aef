import { text } from './sources.ts'

/** The tables and views of a schema, by their bare names. */
export const relationsOf = (schema: string): ReadonlySet<string> =>
  new Set([...schema.matchAll(/^(?:table|view|materialised view) (?:\w+\.)?(\w+) /gm)].map(m => m[1]!))
export const tables = relationsOf(text('database/schema.sql'))

/** The code without what is for readers alone. A path in quotes, as « /a/* », opens no comment. */
const withoutComments = (code: string): string =>
  code.replace(/(?<![^\s(,{[;=])\/\*[\s\S]*?\*\//g, ' ').replace(/(^|\s)(?:\/\/|--\s).*$/gm, '$1')

const snake = (name: string) => name.replace(/[A-Z]|(?<=[a-z])\d|(?<=\d)[a-z]/g, c => `_${c.toLowerCase()}`)
const built =
  /\b(?:selectFrom|(?:inner|left|right|full|cross)Join(?:Lateral)?|from|using|insertInto|updateTable|deleteFrom|mergeInto)\(\s*(\[[^\]]*\]|'[^']*')/g
/** The tables that calls of the builder name, with or without « as ». */
const namesIn = (code: string, calls: RegExp): string[] =>
  [...code.matchAll(calls)].flatMap(([, list]) => [...list!.matchAll(/'(\w+)/g)].map(([, name]) => snake(name!)))

const begins = new Set(['from', 'join', 'into', 'update', 'using', 'truncate', 'table', 'copy'])
const ends = new Set(
  'where group order limit union except intersect returning having set window values select `'.split(' '),
)
const qualifiers = new Set(['only', 'lateral', 'table', 'public', 'ctx', 'secret', '.'])

/** The words and signs of SQL; a quoted name is its name. */
const tokensOf = (code: string): string[] => code.toLowerCase().match(/\$\{|\w+|[^\s\w"]/g) ?? []

/** The tables that SQL names, in a list after its keyword: `from a x, (b join c on …), d`. */
const namedBySql = (code: string): string[] => {
  const tokens = tokensOf(code)
  /** Whether a bracket surrounds a join, not a query. */
  const joins = (at: number): boolean => {
    while (tokens[at] === '(') at++
    return !['select', 'values', 'with', 'table'].includes(tokens[at] ?? '')
  }
  const found: string[] = []
  for (const [at, token] of tokens.entries()) {
    if (!begins.has(token) || (token === 'from' && tokens[at - 1] === 'distinct')) continue
    let [depth, around, expected, schema] = [0, 0, true, false]
    for (let next = at + 1; next < tokens.length; next++) {
      const word = tokens[next]!
      if (expected && depth === 0 && qualifiers.has(word)) continue
      if (expected && depth === 0 && word === '(' && token !== 'into' && joins(next)) {
        around++
        continue
      }
      if (depth === 0 && (ends.has(word) || word === ';')) break
      if (depth === 0 && word === '${') schema = expected
      if (['(', '[', '{', '${'].includes(word)) depth++
      if ([')', ']', '}'].includes(word)) {
        if (depth === 0 && around > 0) around--
        else depth--
      }
      if (depth < 0) break
      const called = tokens[next + 1] === '(' && token !== 'into'
      if (expected && depth === 0 && tokens[next + 1] !== '.' && !called) found.push(word)
      // The schema may be a piece of the template: what follows its dot is the table.
      expected = depth === 0 && (word === ',' || (word === '}' && schema && tokens[next + 1] === '.'))
    }
  }
  return found
}

/** The tables that a piece names: SQL that begins with a name, or a name in quotes that no word of English is. */
const pieces =
  /\bsql(?:<[^`]*>)?`\s*,?\s*(\w+)(?=`|,|\s+(?:as\s+)?\w+\b)|\bsql\.(?:table|id|raw)\(\s*['"`](\w+)|['"`](\w+_\w+|[a-z]+[A-Z]\w*)['"`]/g
const namedByPieces = (code: string): string[] =>
  [...code.matchAll(pieces)].flatMap(([, begun, given, quoted]) => snake(begun ?? given ?? quoted!))

const writesByBuilder = /\b(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*(\[[^\]]*\]|'[^']*')/g
const verbs = [['insert', 'into'], ['merge', 'into'], ['delete', 'from'], ['update'], ['truncate'], ['copy']]
/** The tables that SQL writes, whatever stands after their names: an alias, a filter, nothing. */
const writtenBySql = (code: string): string[] => {
  const tokens = tokensOf(code)
  return tokens.flatMap((_, at) => {
    const verb = verbs.find(words => words.every((word, offset) => tokens[at + offset] === word))
    if (!verb) return []
    let next = at + verb.length
    while (qualifiers.has(tokens[next] ?? '')) next++
    const names = [tokens[next]!]
    while (verb[0] === 'truncate' && tokens[next + 1] === ',') {
      next += 2
      while (qualifiers.has(tokens[next] ?? '')) next++
      names.push(tokens[next]!)
    }
    // The table is chosen as it runs: each that an array of the file names.
    if (names[0] === '%') return [...code.matchAll(/\barray\s*\[([^\]]*)\]/gi)].flatMap(([, list]) => tokensOf(list!))
    return tokens[next + 1] === '.' ? [] : names
  })
}
/** The tables that a text writes, by the builder or in SQL. */
export const tablesWritten = (source: string): readonly string[] => {
  const code = withoutComments(source)
  return [...new Set([...namesIn(code, writesByBuilder), ...writtenBySql(code)])]
    .filter(name => tables.has(name))
    .sort()
}

/** The tables that a text names, read or written. */
export const tablesNamed = (source: string): readonly string[] => {
  const code = withoutComments(source)
  const named = [...namesIn(code, built), ...namedBySql(code), ...namedByPieces(code)].filter(name => tables.has(name))
  return [...new Set([...named, ...tablesWritten(source)])].sort()
}
