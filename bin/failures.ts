/** What a run of tests says: each file as it ends, each failure as it comes, and all failures once more at the end. */
import { loadavg } from 'node:os'
import { relative } from 'node:path'
import type { run } from 'node:test'
import { inspect } from 'node:util'

export interface Failure {
  readonly name: string
  /** File and line of the test. */
  readonly at: string
  /** The first lines of its error, and the first place of ours in its stack. */
  readonly said: string
  /** How much the machine had to do, as the system counts it. */
  readonly load: number
}
/** By file of tests. */
export type Failures = ReadonlyMap<string, readonly Failure[]>

/** What node tells of a test that ended, of a suite, or of the process of a group. */
export interface Told {
  readonly name: string
  readonly nesting: number
  readonly file?: string | undefined
  readonly entryFile?: string | undefined
  readonly line?: number | undefined
  readonly details: {
    readonly passed?: boolean
    readonly type?: string | undefined
    readonly duration_ms: number
    readonly error?: { readonly failureType?: string; readonly cause?: unknown; readonly message: string } | undefined
  }
}

const linesKept = 6
const causeOf = ({ details: { error } }: Told): unknown => error?.cause ?? error
export const sayingOf = (told: Told): string => {
  const cause = causeOf(told)
  const { message = String(cause), stack = '' } = (cause ?? {}) as { message?: string; stack?: string }
  const lines = message.split('\n').filter(line => line.trim() !== '')
  const place = /\b(?:bench|bin|contract|database|e2e|server|web)\/[\w./-]+\.tsx?:\d+/.exec(stack)?.[0]
  return [...lines.slice(0, linesKept), ...(place ? [`at ${place}`] : [])].join('\n')
}
const secondsOf = (told: Told) => `${(told.details.duration_ms / 1000).toFixed(1)} s`

/**
 * Hears the tests of groups of files, in the order of time. `files` are the groups: a suite of that name, at the top, is
 * a file. The answer fills as the tests end.
 */
export const hearTests = (
  root: string,
  groups: ReadonlyMap<string, readonly string[]>,
  say: (line: string) => void = line => console.log(line),
) => {
  const failures = new Map<string, Failure[]>()
  const unheard = new Set([...groups.values()].flat())
  const took = new Map<string, number>()
  /** What each group said of the file it is at. */
  const passed = new Map<string, string[]>()
  const failed = new Map<string, Failure[]>()
  let died = false
  const listOf = <T>(lists: Map<string, T[]>, key: string) => lists.get(key) ?? lists.set(key, []).get(key)!
  const keep = (entry: string, told: Told) => {
    const failure = {
      name: told.name,
      at: `${relative(root, told.file ?? entry)}:${told.line ?? 1}`,
      said: sayingOf(told),
      load: Math.round(loadavg()[0]! * 10) / 10,
    }
    listOf(failed, entry).push(failure)
    say(`✖ ${told.name} (${secondsOf(told)})\n  ${failure.at}\n${inspect(causeOf(told)).replaceAll(/^/gm, '    ')}`)
  }
  const hear = (told: Told) => {
    const { name, nesting, entryFile, details } = told
    const group = groups.get(entryFile ?? name)
    const failure = details.error?.failureType
    if (entryFile === undefined && group) {
      // The process of a group, whose files said the rest.
      if (failure === undefined || failure === 'subtestsFailed') return
      died = true
      const silent = group.filter(file => unheard.has(file))
      failures.set(silent[0] ?? group.at(-1)!, [
        { name: 'the process of these tests ended by itself', at: group.join(', '), said: sayingOf(told), load: 0 },
      ])
      return
    }
    const entry = entryFile ?? name
    const isFile = nesting === 0 && unheard.has(name)
    if (failure !== undefined && failure !== 'subtestsFailed') keep(entry, told)
    else if (failure === undefined && !isFile && details.type !== 'suite')
      listOf(passed, entry).push(`  ✔ ${name} (${secondsOf(told)})`)
    if (!isFile) return
    unheard.delete(name)
    took.set(name, Math.round(details.duration_ms))
    const mark = failure === undefined ? '✔' : '✖'
    say([`${mark} ${name} (${secondsOf(told)})`, ...listOf(passed, entry)].join('\n'))
    if (failure !== undefined) failures.set(name, [...listOf(failed, entry)])
    passed.delete(entry)
    failed.delete(entry)
  }
  return {
    hear,
    failures: failures as Failures,
    took: took as ReadonlyMap<string, number>,
    unheard: unheard as ReadonlySet<string>,
    died: () => died,
  }
}
export const listen = (tests: ReturnType<typeof run>, hear: (told: Told) => void) => {
  tests.on('test:complete', told => hear(told as unknown as Told))
  for (const said of ['test:stdout', 'test:stderr'] as const)
    tests.on(said, ({ message }) => void process.stdout.write(message))
}

const indented = (text: string) => text.replaceAll(/^/gm, '    ')
/** A file whose first test failed may fail in all: a few say enough. */
const mostOfFile = 5
export const toldOf = (mark: string, failures: Failures): string[] =>
  [...failures].flatMap(([file, all]) => [
    ...all.slice(0, mostOfFile).map(({ name, at, said }) => `${mark} ${name}\n  ${at}\n${indented(said)}`),
    ...(all.length > mostOfFile ? [`  … and ${all.length - mostOfFile} more of ${file}`] : []),
    ...(all.length === 0 ? [`${mark} ${file}`] : []),
  ])
/** Lines for the table of docs/flaky.md. */
export const flakyRows = (failures: Failures, day: string): string[] =>
  [...failures.values()].flatMap(all =>
    all
      .slice(0, 1)
      .map(({ name, at, said, load }) =>
        [day, at.replace(/:\d+$/, ''), name, said.split('\n')[0] ?? '', String(load)]
          .map(cell => cell.replaceAll('|', '\\|'))
          .join(' | '),
      )
      .map(row => `| ${row} |`),
  )
