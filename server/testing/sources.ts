import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, resolve, sep } from 'node:path'

/** What the fences read: the code as text, each path from the root of the project. */
export const root = resolve(import.meta.dirname, '../..')
export const filesUnder = (...folders: string[]): string[] =>
  globSync(
    folders.map(folder => `${folder}/**/*.{ts,tsx}`),
    { cwd: root },
  ).sort()
export const text = (file: string): string => readFileSync(join(root, file), 'utf8')
/** SQL whose blanks are one space each: a clause reads the same, however it is laid out. */
export const onOneLine = (sql: string): string => sql.replace(/\s+/g, ' ')

/** Whether a file serves tests alone. */
export const isTest = (file: string): boolean =>
  /(\.test|(^|\/)testing[\w-]*)\.tsx?$/.test(file) || file.includes(`server${sep}testing${sep}`)
/** The files of the server that run in production, or on a developer's machine. */
export const serverCode = (): string[] => filesUnder('server').filter(file => !isTest(file))

/** What a file imports or re-exports, as written. */
export const imports = (file: string): string[] =>
  [...text(file).matchAll(/^\s*(?:import|export)\s(?:[^'"]*?from\s)?['"]([^'"]+)['"]/gm)].map(m => m[1]!)
/** What a file imports of the project, each path from the root. */
export const resolved = (file: string): string[] =>
  imports(file)
    .filter(i => i.startsWith('.'))
    .map(i => normalize(join(dirname(file), i)))

/** From the ground up: each may use those before it. */
export const wings = [
  'territory-and-register',
  'signing-in',
  'people-and-rights',
  'agreement',
  'work-with-employers',
  'oversight',
] as const
const wingNames: readonly string[] = wings
/** Where a file stands below server/ or web/: its wing, if it is in one, and its room. None for a file at the top. */
export const locationOf = (file: string): { area: string; wing?: string; room: string } | undefined => {
  const [area, first, second, third] = file.split(sep)
  if (!area || !first || !second) return undefined
  if (!wingNames.includes(first)) return { area, room: first }
  return third ? { area, wing: first, room: second } : undefined
}
/** The room of a file of the server. */
export const roomOf = (file: string): string | undefined => {
  const location = locationOf(file)
  return location?.area === 'server' ? location.room : undefined
}

/** The first way back to where one started, if any. */
export const circleIn = (graph: ReadonlyMap<string, Iterable<string>>): string | undefined => {
  const done = new Set<string>()
  const visit = (at: string, path: readonly string[]): string | undefined => {
    if (path.includes(at)) return [...path.slice(path.indexOf(at)), at].join(' → ')
    if (done.has(at)) return undefined
    for (const next of graph.get(at) ?? []) {
      const circle = visit(next, [...path, at])
      if (circle) return circle
    }
    done.add(at)
    return undefined
  }
  for (const start of graph.keys()) {
    const circle = visit(start, [])
    if (circle) return circle
  }
  return undefined
}
