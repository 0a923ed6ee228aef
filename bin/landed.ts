/**
 * database/landed.sha256: the digest of each migration, as `sha256sum` says it. `npm run schema` adds what is missing and
 * changes no line: a landed migration is never edited. A line that main has stays: git says so, or one digest without it.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { root } from '../server/testing/sources.ts'

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

/** The migrations whose line of a former list is no longer there as it was. */
export const takenOut = (former: string, list: string): readonly string[] => {
  const lines = new Set(linesOf(list))
  return linesOf(former)
    .filter(line => !lines.has(line))
    .map(line => `${nameOf(line)} landed with another digest: put back its line and its file, write a new one`)
}

const git = (...args: string[]): string | undefined => {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return undefined
  }
}
/** The list where the branch left main; undefined where there is no git, or no main. */
export const listAtMain = (): string | undefined => {
  const base = git('merge-base', 'main', 'HEAD') ?? git('merge-base', 'origin/main', 'HEAD')
  return base && git('show', `${base}:database/landed.sha256`)
}

/** What landed before this day is sealed here: migrations of that day on may still land between others. */
const sealedBefore = '20261201'
const sealedDigest = '984ff28f7b8133031f914af0dce152a2681bfca7858c526545f98f4ec198ed9b'
export const sealedPart = (list: string): { lines: number; said: string; expected: string } => {
  const sealed = linesOf(list).filter(line => nameOf(line) < sealedBefore)
  return { lines: sealed.length, said: digestOf(sealed.join('\n')), expected: sealedDigest }
}
