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
const namedByBuilder = (code: string): string[] =>
  [...code.matchAll(built)].flatMap(([, list]) => [...list!.matchAll(/'(\w+)/g)].map(([, name]) => snake(name!)))

const begins = new Set(['from', 'join', 'into', 'update', 'using', 'truncate', 'table', 'copy'])
const ends = new Set(
  'where group order limit union except intersect returning having set window values select `'.split(' '),
)
const qualifiers = new Set(['only', 'lateral', 'table', 'public', 'ctx', 'secret', '.'])

/** The tables that SQL names, in a list after its keyword: `from a x, b join c on …, d`. */
const namedBySql = (code: string): string[] => {
  const tokens = code.toLowerCase().match(/\$\{|\w+|[^\s\w]/g) ?? []
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
  return [...new Set([...namedByBuilder(code), ...namedBySql(code)])].filter(name => tables.has(name)).sort()
}

const writes =
  /\b(?:insert into|update|delete from)\s+(?:only )?(?:public\.|secret\.)?(\w+)\b(?=\s*(?:\(|set|where|as|using|\w+ set|\w+ using|$|select|values|default))/gi
/** The tables that the functions of a file of SQL write. */
export const tablesWrittenBySql = (source: string): readonly string[] => {
  const found = [...withoutComments(source).matchAll(writes)].map(([, name]) => name!)
  return [...new Set(found)].filter(name => tables.has(name)).sort()
}
