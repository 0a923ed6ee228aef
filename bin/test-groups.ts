/** Which files of tests share a process: node starts, and reads the program, once for several of them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** What one file of tests would spoil for another: the process itself, its measures, or the processes that it starts. */
const ownProcess =
  /\/testing\/processes\.ts'|metrics\.clear\(|'node:(?:child_process|worker_threads)'|process\.(?:env|on|once|exit|chdir|kill)\b|globalThis\.|\bmock\./
/** Enough groups that the processors end together, few enough that node seldom starts. */
const groupsOf = (files: number) => Math.min(24, Math.max(3, Math.round(files / 6)))

/** Milliseconds after which a file hangs: it fails by its name, and the next begins. A deep run takes hours. */
export const mostMs = (deep: boolean) => (deep ? 10_800_000 : 600_000)

export interface TestFile {
  readonly name: string
  readonly text: string
  /** How long it took at the last run on this machine. */
  readonly lastMs: number | undefined
}
export interface Plan {
  /** What opens nothing: one process for all. */
  readonly pure: readonly string[]
  /** The others, the longest first; those of one group follow each other in one process. */
  readonly groups: readonly (readonly string[])[]
}

/** Starts nothing and opens nothing. */
const isPure = ({ name, text }: TestFile) =>
  !name.startsWith('e2e/') &&
  !/testing[\w-]*\.ts'|testing\/(?!sources|cards|tables|room-)[\w-]+\.ts'|'node:(?:http|net)'/.test(text) &&
  !ownProcess.test(text)
export const startsService = ({ text }: Pick<TestFile, 'text'>) =>
  /journeys\(|movedStory\(|\bstart\(\)|killed/.test(text)
/** Journeys share a process and its browser; each still starts a service of its own. */
const isAlone = (file: TestFile) => ownProcess.test(file.text) || (startsService(file) && !file.name.startsWith('e2e/'))

/** On a new machine: what starts a whole service, then by length. */
export const expectedMs = (file: TestFile) =>
  file.lastMs ?? (startsService(file) ? 60_000 : file.name.startsWith('e2e/') ? 30_000 : 0) + file.text.length

export const planOf = (files: readonly TestFile[]): Plan => {
  const pure = files.filter(isPure)
  const others = files.filter(file => !pure.includes(file))
  const groupMs = others.reduce((sum, file) => sum + expectedMs(file), 0) / groupsOf(others.length)
  const groups: { ms: number; kind: string; names: string[] }[] = []
  const open = new Map<string, (typeof groups)[number]>()
  for (const file of others.sort((a, b) => expectedMs(b) - expectedMs(a))) {
    const ms = expectedMs(file)
    const kind = isAlone(file) ? file.name : file.name.startsWith('e2e/') ? 'browser' : 'database'
    const last = open.get(kind)
    if (last && last.ms + ms <= groupMs) {
      last.ms += ms
      last.names.push(file.name)
      continue
    }
    const begun = { ms, kind, names: [file.name] }
    open.set(kind, begun)
    groups.push(begun)
  }
  return {
    pure: pure.map(file => file.name).sort(),
    groups: groups.sort((a, b) => b.ms - a.ms).map(group => group.names),
  }
}

/**
 * One file for a group: each of its files is a suite of that name, so that hooks stay with their file. One is read
 * after another, or a module they share could give the tests of one to the suite of another.
 */
export const writeGroup = (root: string, path: string, files: readonly TestFile[], most = mostMs(false)): string => {
  const quoted = (module: string) => JSON.stringify(pathToFileURL(join(root, module)).href)
  const suites = files.map(
    file => `await clearOfMidnight(${expectedMs(file)})
await suite(${JSON.stringify(file.name)}, () => import(${quoted(file.name)}))`,
  )
  writeFileSync(
    path,
    `import { describe } from 'node:test'
import { clearOfMidnight } from ${quoted('bin/midnight.ts')}
const suite = (name, read) =>
  new Promise(next => void describe(name, { timeout: ${most} }, () => read().finally(next)))
${suites.join('\n')}
`,
  )
  return path
}

/** More failing files than this are no chance. */
const mostAgain = 3

/** The files that a run gives a second try: few, and failed by their own tests, not by the death of their process. */
export const toRunAgain = (run: {
  readonly failures: ReadonlyMap<string, unknown>
  readonly unheard: ReadonlySet<string>
  readonly died: () => boolean
}): readonly string[] =>
  run.died() || run.unheard.size > 0 || run.failures.size > mostAgain ? [] : [...run.failures.keys()]

/** How long each file took at the last run, by its name. */
export const readDurations = (path: string): Record<string, number> =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
