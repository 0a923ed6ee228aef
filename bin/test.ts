/**
 * `npm test`: lint, types and the pages, then every test by node's own runner, over one PostgreSQL of the run's own.
 * `npm test -- server/work-with-employers/campaigns` runs only what lies there, without lint and types.
 * `npm run check` is what a commit asks: lint, types, pages of proofs, and the tests that open nothing.
 * `npm test -- --whole` goes through every decision where the short run takes a part of them.
 * `npm test -- --clock +40d`, or `--clock "2026-12-31 23:50:00"` (in Paris): the same, with every clock moved; needs
 * libfaketime.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { freshDatabase, startTestServer } from '../server/testing/database.ts'
import { buildPages } from './build-pages.ts'
import { movedClock } from './moved-clock.ts'
import { checkRowTypes } from './row-types/check.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const {
  values: { check: quick, clock, whole },
  positionals: only,
} = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    clock: { type: 'string' },
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
  ['contract', 'server', 'web', 'database', 'bin', 'e2e'].map(folder => `${folder}/**/*.test.ts`),
  { cwd: root },
).filter(file => only.length === 0 || only.some(o => file.startsWith(o.replace(/^\.\//, ''))))
if (files.length === 0) {
  console.error('Aucun test ne correspond.')
  process.exit(1)
}

const textOf = new Map(files.map(file => [file, readFileSync(join(root, file), 'utf8')]))
/** A file that starts nothing and opens nothing: it can share its process. */
const isPure = (file: string) =>
  !file.startsWith('e2e/') &&
  !/testing[\w-]*\.ts'|testing\/(?!sources)[\w-]+\.ts'|'node:(?:child_process|http|net)'|process\.(?:env|on\()|globalThis\./.test(
    textOf.get(file)!,
  )
// A digest of a password takes its time on purpose: a commit does not wait for it.
const pure = files.filter(file => isPure(file) && !(quick && file.endsWith('/hashing.test.ts'))).sort()
/** The longest go first, by the last run on this machine; on a new one, what starts a whole service, then by length. */
const lasted: Record<string, number> = existsSync(join(cache, 'durations.json'))
  ? JSON.parse(readFileSync(join(cache, 'durations.json'), 'utf8'))
  : {}
const expected = (file: string) => {
  const text = textOf.get(file)!
  return (
    lasted[file] ??
    (/journeys\(|\bstart\(\)|killed/.test(text) ? 60_000 : file.startsWith('e2e/') ? 30_000 : 0) + text.length
  )
}
const alone = quick ? [] : files.filter(file => !pure.includes(file)).sort((a, b) => expected(b) - expected(a))

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
  const soon = [
    check('lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'),
    check('requirements and proofs', 'bin/requirements.ts', '--check'),
  ]
  if (quick) checks.push(...soon)
  else if ((await Promise.all(soon)).includes(false)) process.exit(1)
  checks.push(check('types', 'node_modules/typescript/bin/tsc', '--build'))
}
const [postgres] = quick
  ? []
  : await Promise.all([startTestServer(), files.some(file => file.startsWith('e2e/')) ? buildPages() : false])
if (postgres) {
  const { superUrl, ownerUrl, webUrl, signInUrl, workerUrl } = postgres
  process.env.TEST_POSTGRES = JSON.stringify({ superUrl, ownerUrl, webUrl, signInUrl, workerUrl })
}

const folder = mkdtempSync(join(tmpdir(), 'campagnes-run-'))
process.env.TEST_RUN_FOLDER = folder
const together = join(folder, 'pure.test.mjs')
writeFileSync(together, pure.map(file => `import ${JSON.stringify(pathToFileURL(join(root, file)).href)}\n`).join(''))
const failedCheck = Promise.all(checks).then(outcomes => {
  if (outcomes.includes(false)) stopping.abort()
})
let succeeded = false
// Beside each process of tests, PostgreSQL and a browser work while it waits: one more than the processors.
const tests = run({
  cwd: root,
  files: [...alone.map(file => join(root, file)), ...(pure.length > 0 ? [together] : [])],
  concurrency: availableParallelism() + 1,
  timeout: 600_000,
  execArgv: ['./left-open.ts', './row-types/record.ts'].flatMap(file => [
    '--import',
    new URL(file, import.meta.url).href,
  ]),
  signal: stopping.signal,
})
const took = Object.fromEntries(Object.entries(lasted).filter(([file]) => existsSync(join(root, file))))
tests.on('test:summary', ({ file, success, duration_ms: ms }) => {
  if (file === undefined) succeeded = success
  else if (file !== together) took[file.slice(root.length)] = Math.round(ms)
})
tests.compose(spec).pipe(process.stdout)
await once(tests, 'close')
await failedCheck
if (postgres && !stopping.signal.aborted && !(await rowTypesHold())) succeeded = false
await postgres?.stop()
rmSync(folder, { recursive: true, force: true })
writeFileSync(join(cache, 'durations.json'), JSON.stringify(took, null, 1))
console.log(`${succeeded ? 'Passed' : 'Failed'} in ${seconds()}.`)
process.exit(succeeded && !stopping.signal.aborted ? 0 : 1)
