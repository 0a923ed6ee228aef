/**
 * What a branch touches since main, as the tests to run: those whose modules, tables or pages it changed. A whole run
 * judges; this one answers sooner.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { cardOf, notCovered, roomFolders } from '../server/testing/cards.ts'
import { filesUnder, isTest, root, text } from '../server/testing/sources.ts'

export type Graph = ReadonlyMap<string, readonly string[]>

/** Rooms are put together there: whoever imports one of these takes all of them, and is not followed. */
const puts = /^(?:server|contract)\/[\w.-]+\.ts$/

/**
 * The files that import one of these, step by step, and these: by how many steps. `graph` says what each file imports.
 */
export const reachedFrom = (graph: Graph, changed: Iterable<string>): ReadonlyMap<string, number> => {
  const users = new Map<string, string[]>()
  for (const [file, used] of graph) for (const one of used) users.set(one, [...(users.get(one) ?? []), file])
  const reached = new Map([...changed].map(file => [file, 0]))
  // A map is walked with what is added meanwhile.
  for (const [file, steps] of reached)
    if (steps === 0 || !puts.test(file))
      for (const user of users.get(file) ?? []) if (!reached.has(user)) reached.set(user, steps + 1)
  return reached
}

const statementsOf = (sql: string) => sql.split(/\n(?=(?:create|alter|drop|grant|revoke|insert|comment|do)\b)/)
/** The statements of a file of SQL that are not the same in both versions. */
export const changedStatements = (before: string, after: string): readonly string[] => {
  const [had, has] = [new Set(statementsOf(before)), new Set(statementsOf(after))]
  return [...has.symmetricDifference(had)]
}
const bare = (name: string) => name.replaceAll('"', '').replace(/^public\./, '')
const named = (statement: string, pattern: RegExp) => [...statement.matchAll(pattern)].map(m => bare(m[1]!))
const functionName = /^create\s+(?:or\s+replace\s+)?(?:function|procedure)\s+([\w."]+)/gm
const tableName =
  /(?:\btable\s+(?:if\s+(?:not\s+)?exists\s+)?|^create\s+policy\s+\S+\s+on\s+|\btrigger\s[\s\S]*?\son\s+)([\w."]+)/gm

export interface Touched {
  readonly tables: ReadonlySet<string>
  readonly functions: ReadonlySet<string>
}
/** What changed statements are about, and the functions and policies that call a changed function, step by step. */
export const touchedBy = (changed: readonly string[], all: readonly string[]): Touched => {
  const functions = new Set<string>()
  const tables = new Set<string>()
  const take = (statement: string) => {
    const made = named(statement, functionName)
    for (const name of made) functions.add(name)
    if (made.length === 0) for (const name of named(statement, tableName)) tables.add(name)
  }
  for (const statement of changed) take(statement)
  for (const name of functions) {
    const called = new RegExp(String.raw`(?<![\w.])${name.replace('.', String.raw`\.`)}\s*\(`)
    for (const statement of all) if (called.test(statement)) take(statement)
  }
  return { tables, functions }
}

const route = /path: '([^']+)',\s*page: (?:\(\) => import\('(\.[^']+)'\)|(\w+))/g
const pageConst = /const (\w+) = \(\) => import\('(\.[^']+)'\)/g
/** The addresses of the pages reached, each with its steps. `routes` are the texts of the files of routes, by path. */
export const addressesOf = (
  reached: ReadonlyMap<string, number>,
  routes: ReadonlyMap<string, string>,
): { path: string; steps: number }[] =>
  [...routes].flatMap(([file, said]) => {
    const kept = new Map([...said.matchAll(pageConst)].map(m => [m[1]!, m[2]!]))
    return [...said.matchAll(route)].flatMap(([, path, page, name]) => {
      const steps = reached.get(join(dirname(file), page ?? kept.get(name!) ?? ''))
      return steps === undefined ? [] : [{ path: path!, steps }]
    })
  })
/** Whether a test opens such an address: « /campagnes/$id » is `/campagnes/${campaign}`, and no longer one. */
export const opens = (test: string, address: string): boolean => {
  const pattern = address.replaceAll(/\$\w+/g, '§').replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`['"\`]${pattern.replaceAll('§', '[^/\'"`\\s]+')}(?=['"\`?#])`).test(test)
}

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }).trim()
const listed = (said: string) => said.split('\n').filter(Boolean)
const textBefore = (base: string, file: string) => {
  try {
    return execFileSync('git', ['show', `${base}:${file}`], { cwd: root, encoding: 'utf8', stdio: 'pipe' })
  } catch {
    return ''
  }
}
/** What a file imports, its types aside: the compiler answers for those. */
const usedAtWork = (file: string) =>
  [...text(file).matchAll(/^\s*(?:import|export)\s(?!type\b)(?:[^'"]*?from\s)?'(\.[^']+)'/gm)]
    .filter(([statement]) => !/\{(?:\s*type [\w$]+(?: as [\w$]+)?,?)+\s*\}/.test(statement))
    .map(m => normalize(join(dirname(file), m[1]!)))

/** Generated: what they hold is told by the files they come from. */
const generated = /^database\/schema\.|\.md$|guards\.json$/

const tablesAndFunctions = (base: string, changed: readonly string[]): Touched => {
  const sql = changed.filter(file => file.endsWith('.sql') && !generated.test(file))
  const all = listed(git('ls-files', 'database/functions', 'database/policies')).filter(file =>
    existsSync(join(root, file)),
  )
  return touchedBy(
    sql.flatMap(file => changedStatements(textBefore(base, file), existsSync(join(root, file)) ? text(file) : '')),
    all.flatMap(file => statementsOf(text(file))),
  )
}

/** Where the branch left main, and the files changed since, committed or not. */
export const changedSinceMain = (): { base: string; changed: readonly string[] } => {
  const base = git('merge-base', 'main', 'HEAD')
  const changed = `${git('diff', '--name-only', base)}\n${git('ls-files', '--others', '--exclude-standard')}`
  return { base, changed: listed(changed) }
}

/** What serves tests alone is not followed: those it may break are many, and a whole run is for them. */
const isFixture = (file: string) => isTest(file) || (file.startsWith('e2e/') && !file.endsWith('.test.ts'))

/**
 * The files of tests, of those given, that the changed files touch, the nearest first. Those that start a whole service
 * only where they changed themselves.
 */
export const testsTouched = (
  tests: readonly string[],
  { base, changed }: { base: string; changed: readonly string[] },
  hasService: (test: string) => boolean,
): readonly string[] => {
  const files = filesUnder('contract', 'server', 'web', 'bin', 'bench', 'e2e', 'database')
  const { tables, functions } = tablesAndFunctions(base, changed)
  const called = [...functions].map(name => new RegExp(String.raw`(?<![\w.])${name.replace('.', String.raw`\.`)}\b`))
  const callers = called.length > 0 ? files.filter(file => called.some(name => name.test(text(file)))) : []
  const rooms = roomFolders().filter(room => notCovered(cardOf(room).owns, tables).length < tables.size)
  const start = [...changed, ...callers].filter(file => file.endsWith('.test.ts') || !isFixture(file))
  const reached = reachedFrom(new Map(files.map(file => [file, usedAtWork(file)])), start)
  // A room answers for its folder: its other tests see what an action does, without importing its rule.
  const near = new Set([...rooms, ...changed.map(dirname).filter(folder => /^server\/.+/.test(folder))])
  const routes = new Map(files.filter(file => file.endsWith('routes.tsx')).map(file => [file, text(file)]))
  const addresses = addressesOf(reached, routes)
  const isShell = [...reached.keys()].some(file => file.startsWith('web/shell/'))
  if (isShell) addresses.push({ path: '/', steps: 2 })
  const stepsTo = (test: string): number => {
    const steps = reached.get(test) ?? Number.POSITIVE_INFINITY
    if (hasService(text(test))) return steps === 0 ? 0 : Number.POSITIVE_INFINITY
    const opened = test.startsWith('e2e/') ? addresses.filter(({ path }) => opens(text(test), path)) : []
    return Math.min(steps, near.has(dirname(test)) ? 1 : steps, ...opened.map(({ steps: page }) => page + 1))
  }
  return tests
    .map(test => ({ test, steps: stepsTo(test) }))
    .filter(({ steps }) => steps < Number.POSITIVE_INFINITY)
    .sort((one, other) => one.steps - other.steps)
    .map(({ test }) => test)
}

/** The first of these that fit in so many milliseconds, added up: all of them, or the nearest. The first always fits. */
export const nearest = <T>(tests: readonly T[], expectedMs: (test: T) => number, mostMs: number): readonly T[] => {
  let ms = 0
  const until = tests.findIndex((test, at) => {
    ms += expectedMs(test)
    return at > 0 && ms > mostMs
  })
  return until === -1 ? tests : tests.slice(0, until)
}
