/** What stands once in database/functions and database/policies: functions, views, policies, triggers and rights. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'

export type Kind = 'function' | 'view' | 'row security' | 'policy' | 'trigger' | 'right'
/** One statement, without the comments before it. The name of a policy or of a trigger holds its table: « read on exchanges ». */
export interface Repeatable {
  readonly kind: Kind
  readonly name: string
  readonly sql: string
}
export const keyOf = ({ kind, name }: Repeatable) => `${kind} ${name}`

const withoutComments = (sql: string) => sql.replace(/^(\s*(--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/))*\s*/, '')

const quoted = [/--[^\n]*/y, /\/\*[\s\S]*?\*\//y, /'(?:[^']|'')*'/y, /"[^"]*"/y, /(\$\w*\$)[\s\S]*?\1/y]
/** Where the comment or the quoted text that begins at `start` ends; undefined when none begins there. */
const endOfQuoted = (text: string, start: number): number | undefined => {
  for (const pattern of quoted) {
    pattern.lastIndex = start
    if (pattern.test(text)) return pattern.lastIndex
  }
  return undefined
}

/** Parts a file at the semicolons that end a statement; each keeps the comments before it. */
export const statementsOf = (text: string): string[] => {
  const statements: string[] = []
  let start = 0
  for (let at = 0; at < text.length; at = endOfQuoted(text, at) ?? at + 1) {
    if (text[at] !== ';') continue
    statements.push(text.slice(start, at + 1).trim())
    start = at + 1
  }
  if (withoutComments(text.slice(start)) !== '') throw new Error('la dernière instruction n’a pas de point-virgule')
  return statements
}

const kinds: readonly [Kind, RegExp][] = [
  ['function', /^create or replace function (\S+?\([\s\S]*?\))\s+returns\b/],
  ['view', /^create view (\S+)/],
  ['row security', /^alter table (\S+) enable row level security, force row level security;$/],
  ['policy', /^create policy (\S+) on (\S+)/],
  ['trigger', /^create (?:constraint )?trigger (\S+) [\s\S]*?\bon (\S+)/],
  ['right', /^((?:grant|revoke|select pg_temp\.as_definer\()[\s\S]*)/],
]
const repeatable = (sql: string): Repeatable => {
  const text = withoutComments(sql)
  // Known by the same name, however it is laid out.
  const oneLine = text.replace(/\s+/g, ' ')
  for (const [kind, pattern] of kinds) {
    const found = pattern.exec(oneLine)
    if (found) return { kind, name: found.slice(1).join(' on '), sql: text }
  }
  throw new Error(`ni fonction, ni vue, ni politique, ni déclencheur, ni droit : ${text.slice(0, 80)}`)
}

const filesOf = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter(file => file.endsWith('.sql'))
        .sort()
    : []

/** The statements of functions/, then those of policies/, each folder in the order of its files. */
export const readRepeatables = (database: string): Repeatable[] => {
  const all: Repeatable[] = []
  for (const folder of ['functions', 'policies']) {
    for (const file of filesOf(`${database}/${folder}`)) {
      try {
        all.push(...statementsOf(readFileSync(`${database}/${folder}/${file}`, 'utf8')).map(repeatable))
      } catch (error) {
        throw new Error(`database/${folder}/${file} : ${(error as Error).message}`, { cause: error })
      }
    }
  }
  const keys = new Set<string>()
  for (const key of all.map(keyOf)) {
    if (keys.has(key)) throw new Error(`deux fois dans database/functions et database/policies : ${key}`)
    keys.add(key)
  }
  return all
}
