import { text } from './sources.ts'

/** The tables of the schema, by their bare names. */
export const tables: ReadonlySet<string> = new Set(
  [...text('database/schema.sql').matchAll(/^table (?:\w+\.)?(\w+) /gm)].map(m => m[1]!),
)

/** Whether what a line or a block says is for readers alone. */
const withoutComments = (code: string): string =>
  code.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/(^|\s)(?:\/\/|--\s).*$/gm, '$1')

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

/** The tables that SQL names, in a list after its keyword: `from a x, b join c on …, d`. */
const namedBySql = (code: string): string[] => {
  const tokens = tokensOf(code)
  const found: string[] = []
  for (const [at, token] of tokens.entries()) {
    if (!begins.has(token) || (token === 'from' && tokens[at - 1] === 'distinct')) continue
    let depth = 0
    let expected = true
    for (let next = at + 1; next < tokens.length; next++) {
      const word = tokens[next]!
      if (expected && depth === 0 && qualifiers.has(word)) continue
      if (depth === 0 && (ends.has(word) || word === ';')) break
      if (['(', '[', '{', '${'].includes(word)) depth++
      if ([')', ']', '}'].includes(word)) depth--
      if (depth < 0) break
      const called = tokens[next + 1] === '(' && token !== 'into'
      if (expected && depth === 0 && tokens[next + 1] !== '.' && !called) found.push(word)
      expected = depth === 0 && word === ','
    }
  }
  return found
}

/** The tables that a text names, read or written. */
export const tablesNamed = (source: string): readonly string[] => {
  const code = withoutComments(source)
  return [...new Set([...namesIn(code, built), ...namedBySql(code)])].filter(name => tables.has(name)).sort()
}

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
