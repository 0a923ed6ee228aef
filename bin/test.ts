/**
 * `npm test`: lint, types and the pages, and every test by node's own runner, over one PostgreSQL of the run's own.
 * `npm test -- server/work-with-employers/campaigns` runs only what lies there, without lint and types.
 * `npm test -- --changed` runs what the branch touches since main, the nearest first, in two minutes or so.
 * `npm run check` is what a commit asks: lint, types, pages of proofs, and the tests that open nothing.
 * `npm test -- --strict` fails at the first failure: a file that fails is not given a second run. Nor are named files.
 * A run ends itself after 45 minutes with what it has (`--minutes`), and says last what failed (docs/decisions/0024).
 * `npm test -- --whole` goes through every decision where the short run takes a part of them.
 * `npm test -- --clock +40d`, or `--clock "2026-12-31 23:50:00"` (in Paris): the same, with every clock moved; needs
 * libfaketime.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parisDay } from '../server/platform/time.ts'
import { freshDatabase, startTestServer } from '../server/testing/database.ts'
import { buildPages } from './build-pages.ts'
import { changedSinceMain, nearest, testsTouched } from './changed.ts'
import { type Failures, flakyRows, hearTests, listen, toldOf } from './failures.ts'
import { runFolder } from './memory-folder.ts'
import { movedClock } from './moved-clock.ts'
import { checkRowTypes } from './row-types/check.ts'
import { type Slow, slowFiles } from './slow-files.ts'
import { expectedMs, mostMs, planOf, readDurations, startsService, toRunAgain, writeGroup } from './test-groups.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const {
  values: { changed, check: quick, clock, minutes, strict, whole },
  positionals: only,
} = parseArgs({
  allowPositionals: true,
  options: {
    changed: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    clock: { type: 'string' },
    minutes: { type: 'string' },
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
const mostMinutes = Number(minutes ?? (whole ? 24 * 60 : 45))
/** Better than to be cut by whoever waits, without a word. */
setTimeout(() => stopping.abort(new Error(`${mostMinutes} minutes have passed`)), mostMinutes * 60_000).unref()

/** By name: lint, types, requirements, row types. */
const failedChecks: string[] = []

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
  if (code !== 0 && !stopping.signal.aborted) failedChecks.push(title)
  return code === 0
}

const files = globSync(
  ['contract', 'server', 'web', 'database', 'bin', 'bench', 'e2e'].map(folder => `${folder}/**/*.test.ts`),
  { cwd: root },
).filter(file => only.length === 0 || only.some(o => file.startsWith(o.replace(/^\.\//, ''))))
/** Named files, or those that the branch touches: not the whole. */
const partly = only.length > 0 || changed
if (files.length === 0) {
  console.error('Aucun test ne correspond.')
  process.exit(1)
}

const durations = join(cache, 'durations.json')
const lasted = readDurations(durations)
const asFile = (name: string) => ({ name, text: readFileSync(join(root, name), 'utf8'), lastMs: lasted[name] })
/**
 * Beside each process of tests, PostgreSQL and a browser work while it waits, and some tests wait for a delay: with one
 * more than the processors, these stood idle for a fifth of a run.
 */
const atOnce = availableParallelism() + 2
/** What is touched, and what opens nothing: the quick way (docs/decisions/0024). */
const quickly = (all: readonly string[]): readonly string[] => {
  const touched = testsTouched(all, changedSinceMain(), said => startsService({ text: said }))
  const near = nearest(touched.map(asFile), expectedMs, 100_000 * atOnce)
  console.log(
    `${near.length} files of tests for what changed since main${
      near.length < touched.length ? `; ${touched.length - near.length} further away are left to a whole run` : ''
    }.`,
  )
  return [...new Set([...near.map(file => file.name), ...planOf(all.map(asFile)).pure])]
}

// Whatever the tests write goes there; the browser is unpacked once for several runs.
process.env.TEST_BROWSER_FOLDER = tmpdir()
const folder = runFolder()
process.env.TEST_RUN_FOLDER = folder
process.env.TMPDIR = folder
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

// A digest of a password takes its time on purpose: a commit does not wait for it.
const { pure, groups } = planOf(
  (changed ? quickly(files) : files).filter(name => !(quick && name.endsWith('/hashing.test.ts'))).map(asFile),
)

/** The statements that the tests sent, beside their row types (docs/decisions/0012). */
const rowTypesHold = async (): Promise<boolean> => {
  if (partly && !existsSync(join(folder, 'statements'))) return true
  const database = await freshDatabase()
  const outcome = await checkRowTypes(folder, database.ownerUrl, !partly).finally(() => database.drop())
  if (outcome === undefined) return true
  const holds = outcome.wrong.length === 0
  console.log([`${holds ? '✔' : '✖'} ${outcome.said} (${seconds()})`, ...outcome.wrong].join('\n'))
  if (!holds) failedChecks.push('row types')
  return holds
}

const checks: Promise<boolean>[] = []
if (only.length === 0) {
  checks.push(
    check('lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'),
    check('requirements and proofs', 'bin/requirements.ts'),
    // Checkers side by side read the same types again, each for itself: here, processors have the tests to do.
    check('types', 'node_modules/typescript/bin/tsc', '--build', '--checkers', '1'),
  )
}
const [postgres] = quick
  ? []
  : await Promise.all([startTestServer(), groups.flat().some(file => file.startsWith('e2e/')) ? buildPages() : false])
if (postgres) {
  const { superUrl, ownerUrl, webUrl, signInUrl, workerUrl } = postgres
  process.env.TEST_POSTGRES = JSON.stringify({ superUrl, ownerUrl, webUrl, signInUrl, workerUrl })
}

const failedCheck = Promise.all(checks).then(outcomes => {
  if (outcomes.includes(false)) stopping.abort()
})
const planned = [...(quick ? [] : groups), ...(pure.length > 0 ? [pure] : [])]
const took = Object.fromEntries(Object.entries(lasted).filter(([file]) => existsSync(join(root, file))))
/** Runs groups of files, and says each test as it ends. `held`: all were heard, and none failed. */
const runGroups = async (named: string, sets: readonly (readonly string[])[], concurrency: number) => {
  const groups = new Map(
    sets.map((names, n) => [
      writeGroup(root, join(folder, `${named}-${n}.test.mjs`), names.map(asFile), mostMs(whole)),
      names,
    ]),
  )
  const tests = run({
    cwd: root,
    files: [...groups.keys()],
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
  tests.on('test:summary', ({ file, success }) => {
    if (file === undefined) went = success
  })
  const heard = hearTests(root, groups)
  listen(tests, heard.hear)
  tests.resume()
  await once(tests, 'close')
  Object.assign(took, Object.fromEntries(heard.took))
  return { ...heard, held: went && heard.unheard.size === 0 }
}
const first = await runGroups('first', planned, atOnce)
await failedCheck
let { held, failures } = first
let flaky: Failures = new Map()
/** Each runs once more, alone: what failed twice is red (docs/decisions/0024). */
const again = strict || partly || stopping.signal.aborted ? [] : toRunAgain(first)
if (again.length > 0) {
  console.log(`\nFailed beside the others; once more, alone: ${again.join(', ')}\n`)
  const second = await runGroups(
    'again',
    again.map(name => [name]),
    1,
  )
  flaky = new Map([...failures].filter(([file]) => !second.failures.has(file) && !second.unheard.has(file)))
  ;({ held, failures } = second)
}
// What a failed test did not send is no second fault.
if (postgres && held && !stopping.signal.aborted) await rowTypesHold()
await postgres?.stop()
const slow: Slow =
  !held || partly || quick || whole ? { said: [], fails: false } : slowFiles(first.took, first.failures)
if (slow.fails) failedChecks.push('files that take more than their part')
writeFileSync(durations, JSON.stringify(took, null, 1))

const succeeded = held && failedChecks.length === 0 && !stopping.signal.aborted
if (flaky.size > 0)
  console.log(
    [
      '',
      ...toldOf('⚠ failed beside the others, passed alone:', flaky),
      'For docs/flaky.md:',
      ...flakyRows(flaky, parisDay(new Date())),
    ].join('\n'),
  )
if (slow.said.length > 0) console.log(['', ...slow.said].join('\n'))
if (!succeeded) {
  const unheard = stopping.signal.aborted || first.unheard.size > 0 ? [...first.unheard] : []
  console.log(
    [
      '',
      ...toldOf('✖', failures),
      ...failedChecks.map(title => `✖ ${title} (said above)`),
      ...(stopping.signal.aborted ? [`✖ stopped: ${stopping.signal.reason?.message ?? 'a check failed'}`] : []),
      ...(unheard.length > 0 ? [`✖ not heard of: ${unheard.slice(0, 20).join(', ')}`] : []),
    ].join('\n'),
  )
}
const twice = again.length > 0 ? `, ${again.length} of its files run twice` : ''
console.log(`${succeeded ? 'Passed' : 'Failed'} in ${seconds()}, load ${loadavg()[0]!.toFixed(1)}${twice}.`)
process.exit(succeeded ? 0 : 1)
