/**
 * `npm test`: lint, types and the pages, and every test by node's own runner, over one PostgreSQL of the run's own.
 * `npm test -- server/work-with-employers/campaigns` runs only what lies there, without lint and types.
 * `npm run check` is what a commit asks: lint, types, pages of proofs, and the tests that open nothing.
 * `npm test -- --strict` fails at the first failure: a file that fails is not given a second run. Nor are named files.
 * `npm test -- --whole` goes through every decision where the short run takes a part of them.
 * `npm test -- --clock +40d`, or `--clock "2026-12-31 23:50:00"` (in Paris): the same, with every clock moved; needs
 * libfaketime.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { freshDatabase, startTestServer } from '../server/testing/database.ts'
import { buildPages } from './build-pages.ts'
import { runFolder } from './memory-folder.ts'
import { movedClock } from './moved-clock.ts'
import { checkRowTypes } from './row-types/check.ts'
import { mostMs, planOf, readDurations, toRunAgain, writeGroup } from './test-groups.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const {
  values: { check: quick, clock, strict, whole },
  positionals: only,
} = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    clock: { type: 'string' },
    strict: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
  },
})
if (whole) process.env.TEST_DEPTH = 'whole'
if (clock !== undefined) Object.assign(process.env, movedClock(clock))
const cache = join(root, 'node_modules/.cache/tests')
mkdirSync(cache, { recursive: true })
process.env.NODE_COMPILE_CACHE ??= join(cache, 'compiled')

const begun = performance.now()
const seconds = () => `${Math.round((performance.now() - begun) / 1000)} s`
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort())

/** A check beside the tests: what it says is shown when it ends. Answers whether it is content. */
const check = async (title: string, ...args: string[]): Promise<boolean> => {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  stopping.signal.addEventListener('abort', () => child.kill())
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', text => {
      said += text
    })
  const [code] = (await once(child, 'close')) as [number | null]
  if (!stopping.signal.aborted || code !== null)
    console.log(`${code === 0 ? '✔' : '✖'} ${title} (${seconds()})${code === 0 ? '' : `\n${said}`}`)
  return code === 0
}

const files = globSync(
  ['contract', 'server', 'web', 'database', 'bin', 'bench', 'e2e'].map(folder => `${folder}/**/*.test.ts`),
  { cwd: root },
).filter(file => only.length === 0 || only.some(o => file.startsWith(o.replace(/^\.\//, ''))))
if (files.length === 0) {
  console.error('Aucun test ne correspond.')
  process.exit(1)
}

// Whatever the tests write goes there; the browser is unpacked once for several runs.
process.env.TEST_BROWSER_FOLDER = tmpdir()
const folder = runFolder()
process.env.TEST_RUN_FOLDER = folder
process.env.TMPDIR = folder
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

const durations = join(cache, 'durations.json')
const lasted = readDurations(durations)
// A digest of a password takes its time on purpose: a commit does not wait for it.
const { pure, groups } = planOf(
  files
    .filter(name => !(quick && name.endsWith('/hashing.test.ts')))
    .map(name => ({ name, text: readFileSync(join(root, name), 'utf8'), lastMs: lasted[name] })),
)

/** The statements that the tests sent, beside their row types (docs/decisions/0012). */
const rowTypesHold = async (): Promise<boolean> => {
  if (only.length > 0 && !existsSync(join(folder, 'statements'))) return true
  const database = await freshDatabase()
  const outcome = await checkRowTypes(folder, database.ownerUrl, only.length === 0).finally(() => database.drop())
  if (outcome === undefined) return true
  const holds = outcome.wrong.length === 0
  console.log([`${holds ? '✔' : '✖'} ${outcome.said} (${seconds()})`, ...outcome.wrong].join('\n'))
  return holds
}

const checks: Promise<boolean>[] = []
if (only.length === 0) {
  checks.push(
    check('lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'),
    check('requirements and proofs', 'bin/requirements.ts', '--check'),
    // Checkers side by side read the same types again, each for itself: here, processors have the tests to do.
    check('types', 'node_modules/typescript/bin/tsc', '--build', '--checkers', '1'),
  )
}
const [postgres] = quick
  ? []
  : await Promise.all([startTestServer(), files.some(file => file.startsWith('e2e/')) ? buildPages() : false])
if (postgres) {
  const { superUrl, ownerUrl, webUrl, signInUrl, workerUrl } = postgres
  process.env.TEST_POSTGRES = JSON.stringify({ superUrl, ownerUrl, webUrl, signInUrl, workerUrl })
}

const failedCheck = Promise.all(checks).then(outcomes => {
  if (outcomes.includes(false)) stopping.abort()
})
const planned = [...(quick ? [] : groups), ...(pure.length > 0 ? [pure] : [])]
const took = Object.fromEntries(Object.entries(lasted).filter(([file]) => existsSync(join(root, file))))
/** Runs groups of files, and shows their tests. `died`: a process ended by itself, or left something open. */
const runGroups = async (named: string, sets: readonly (readonly string[])[], concurrency: number) => {
  const tests = run({
    cwd: root,
    files: sets.map((names, n) => writeGroup(root, join(folder, `${named}-${n}.test.mjs`), names, mostMs(whole))),
    concurrency,
    // The files of a group follow each other.
    timeout: 2 * mostMs(whole),
    execArgv: ['./left-open.ts', './row-types/record.ts'].flatMap(file => [
      '--import',
      new URL(file, import.meta.url).href,
    ]),
    signal: stopping.signal,
  })
  let went = false
  let died = false
  tests.on('test:summary', ({ file, success }) => {
    if (file === undefined) went = success
  })
  /** Each file is a suite of its group, by its name: one that nobody heard of is no success. */
  const unheard = new Set(sets.flat())
  const failed: string[] = []
  const note = ({ name, nesting, details }: { name: string; nesting: number; details: { duration_ms: number } }) => {
    if (nesting > 0 || !unheard.delete(name)) return false
    took[name] = Math.round(details.duration_ms)
    return true
  }
  tests.on('test:pass', note)
  tests.on('test:fail', told => {
    if (note(told)) failed.push(told.name)
    else if (told.nesting === 0) died = true
  })
  tests.compose(spec).pipe(process.stdout)
  await once(tests, 'close')
  return { succeeded: went && unheard.size === 0, failed, unheard: [...unheard], died }
}
// Beside each process of tests, PostgreSQL and a browser work while it waits, and some tests wait for a delay: with one
// more than the processors, these stood idle for a fifth of a run.
const first = await runGroups('first', planned, availableParallelism() + 2)
await failedCheck
let { succeeded } = first
if (first.unheard.length > 0 && !stopping.signal.aborted) console.log(`✖ not heard of: ${first.unheard.join(', ')}`)
/** Each runs once more, alone: what failed twice is red (docs/decisions/0024). */
const again = strict || only.length > 0 || stopping.signal.aborted ? [] : toRunAgain(first)
if (again.length > 0) {
  console.log(`\nOnce more, alone: ${again.join(', ')}`)
  const alone = again.map(name => [name])
  succeeded = (await runGroups('again', alone, 1)).succeeded
}
if (postgres && !stopping.signal.aborted && !(await rowTypesHold())) succeeded = false
await postgres?.stop()
writeFileSync(durations, JSON.stringify(took, null, 1))
if (succeeded && again.length > 0) console.log(`✖ failed at first, passed alone, to mend: ${again.join(', ')}`)
console.log(`${succeeded ? 'Passed' : 'Failed'} in ${seconds()}.`)
process.exit(succeeded && !stopping.signal.aborted ? 0 : 1)
