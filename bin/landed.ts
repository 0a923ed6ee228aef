/**
 * database/landed.sha256: the digest of each migration, as `sha256sum` says it. `npm run schema` adds what is missing and
 * changes no line: a landed migration is never edited.
 */
import { createHash } from 'node:crypto'

type Files = Readonly<Record<string, string>>
const digestOf = (sql: string) => createHash('sha256').update(sql).digest('hex')
const linesOf = (list: string) => list.split('\n').filter(line => line !== '')
const nameOf = (line: string) => line.slice(66)

/** The list, with a line for each migration that had none. */
export const withMissing = (list: string, migrations: Files): string => {
  const lines = linesOf(list)
  const known = new Set(lines.map(nameOf))
  const added = Object.keys(migrations).filter(name => !known.has(name))
  const all = [...lines, ...added.map(name => `${digestOf(migrations[name]!)}  ${name}`)]
  return `${all.sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'en')).join('\n')}\n`
}

/** What is wrong between the list and the migrations, with what to do. */
export const editedSince = (list: string, migrations: Files): readonly string[] => {
  const listed = new Map(linesOf(list).map(line => [nameOf(line), line.slice(0, 64)]))
  const gone = [...listed.keys()].filter(name => migrations[name] === undefined)
  return [
    ...gone.map(name => `${name} is gone: a landed migration stays`),
    ...Object.entries(migrations).flatMap(([name, sql]) => {
      if (!listed.has(name)) return [`${name} has no digest: run npm run schema`]
      if (listed.get(name) === digestOf(sql)) return []
      return [`${name} was edited: write a new one (not landed yet? take out its line, then npm run schema)`]
    }),
  ]
}
