/**
 * `npm run prove`: takes the clauses of what guards rights out one by one, in the database and in the code, and says
 * which of them no test misses.
 * `npm run prove -- campaigns sharing` for some rooms; `--sql` or `--code` for one half, `--only TEXT` for the clauses
 * whose name holds it, `--left` for those neither accepted nor killed the last time here; `--quick` leaves those that
 * no test straight at the database tells; `--sample N --seed S` for a part drawn at random, within a minute or so many
 * `--minutes`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { freshDatabase, startTestServer } from '../server/testing/database.ts'
import { seededRandom } from '../server/testing/people.ts'
import { notToldAlive } from './prove/alive.ts'
import { codeOutcomes, drawn, guardedFiles } from './prove/code-mutants.ts'
import { failedIn, nameOf, rememberedKillers } from './prove/killers.ts'
import { type Guard, testsOf } from './prove/rooms.ts'
import { type SqlMutant, sqlMutants } from './prove/sql-mutants.ts'

export interface Outcome {
  readonly room: string
  readonly name: string
  readonly state: 'killed' | 'survived' | 'timeout' | 'invalid'
  readonly by?: string
}
const root = fileURLToPath(new URL('..', import.meta.url))
const { values: options, positionals: rooms } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    sql: { type: 'boolean' },
    code: { type: 'boolean' },
    list: { type: 'boolean' },
    only: { type: 'string' },
    left: { type: 'boolean' },
    quick: { type: 'boolean' },
    minutes: { type: 'string' },
  },
})
// A file that takes longer is not told from one that hangs: it kills nothing.
const [lanes, boundMs, graceMs] = [2, 600_000, 20_000]
const until = options.minutes || options.sample ? Number(options.minutes ?? 0.7) * 60_000 : Number.POSITIVE_INFINITY
const begun = performance.now()
// Whoever works on this machine goes first; what is begun here inherits it.
if (getPriority() < 15) setPriority(15)

/** Accepted survivors, each with its reason. « equivalent »: no difference can be reached, left out of the score. */
interface Accepted {
  readonly reason: string
  readonly equivalent?: boolean
  readonly mutants: readonly string[]
}
const accepted = new Map(
  (JSON.parse(readFileSync(new URL('./mutants-accepted.json', import.meta.url), 'utf8')) as Accepted[]).flatMap(entry =>
    entry.mutants.map(name => [name, entry] as const),
  ),
)

const killers = rememberedKillers(fileURLToPath(new URL('../node_modules/.cache/prove/killers.json', import.meta.url)))

// Each mutant starts the same files again: their types are stripped once.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/tests/compiled', import.meta.url))
const server = await startTestServer()
const { superUrl, ownerUrl, webUrl, signInUrl, workerUrl } = server
process.env.TEST_POSTGRES = JSON.stringify({ superUrl, ownerUrl, webUrl, signInUrl, workerUrl })
const at = (url: string, database: string) => {
  const there = new URL(url)
  there.pathname = `/${database}`
  return there.href
}
const running = new Set<number>()
let stopped = false
const stop = async () => {
  stopped = true
  for (const pid of running)
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      /* it ended meanwhile */
    }
  await server.stop()
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop().then(() => process.exit(130)))

interface Run {
  readonly outcome: 'red' | 'green' | 'timeout'
  /** The test that failed, as a pattern of titles. */
  readonly failed?: string
}
/** Runs one file of tests up to its first failure, less the mutants that it makes itself. */
const fails = async ({ file, titles }: Guard, template: string): Promise<Run> => {
  const child = spawn(
    process.execPath,
    [
      '--test-reporter=tap',
      '--test-skip-pattern=/(fails?|… and) when a clause/',
      ...(titles ? [`--test-name-pattern=/${titles}/`] : []),
      file,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, TEST_TEMPLATE: template } },
  )
  running.add(child.pid!)
  let outcome: Run['outcome'] = 'green'
  const end = (as: 'red' | 'timeout') => {
    outcome = as
    child.kill('SIGKILL')
  }
  const timer = setTimeout(
    () => end('timeout'),
    Math.max(1, Math.min(boundMs, begun + until + graceMs - performance.now())),
  )
  let [said, failed] = ['', null as string | null]
  child.stdout.on('data', text => {
    said = (said + text).slice(-2000)
    failed ??= failedIn(said)
    if (failed !== null) end('red')
  })
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(timer)
  running.delete(child.pid!)
  return { outcome: outcome === 'green' && code !== 0 ? 'red' : outcome, ...(failed === null ? {} : { failed }) }
}

const base = await freshDatabase()
const connected = async (url: string) => {
  const client = new pg.Client(url)
  client.on('error', () => {}) // the server stops under it
  await client.connect()
  return client
}
const [asSuper, asOwner] = [await connected(superUrl), await connected(base.ownerUrl)]
const made = options.code ? [] : await sqlMutants(asOwner)
await asOwner.end()
for (const { name, proof } of made) if (proof) accepted.set(name, { reason: proof, equivalent: true, mutants: [name] })
let all = made.filter(
  m =>
    (rooms.length === 0 || rooms.includes(m.room)) &&
    m.name.includes(options.only ?? '') &&
    !(options.left && (killers.knows(m.name) || accepted.has(m.name))),
)
if (options.list) for (const { room, name } of all) console.log(`${room}\t${name}`)

if (options.sample) {
  const random = seededRandom(Number(options.seed))
  all = all
    .filter(m => !accepted.has(m.name))
    .map(m => ({ m, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, Number(options.sample))
    .map(({ m }) => m)
}

const tryMutant = async (mutant: SqlMutant, n: number): Promise<Outcome> => {
  const { room, name } = mutant
  if (mutant.proof) return { room, name, state: 'survived' }
  const template = `mutant_${n}`
  await asSuper.query(`create database ${template} template ${base.name} owner cc_owner`)
  try {
    const owner = await connected(at(ownerUrl, template))
    const made = await owner.query(mutant.statement).then(
      () => true,
      () => false,
    )
    await owner.end()
    if (!made) return { room, name, state: 'invalid' }
    let timeout = false
    for (const guard of killers.ordered(mutant, testsOf(room, mutant.on, name))) {
      const { outcome, failed } = await fails(guard, template)
      if (outcome === 'red') {
        const otherwise = await alone(guard)
        if (otherwise === 'red' && guard.single) continue
        if (otherwise === 'red') throw new Error(`${nameOf(guard)} is red without any mutant`)
        if (otherwise === 'timeout') return { room, name, state: 'timeout' }
        killers.keep(name, guard.titles || !failed ? guard : { file: guard.file, titles: failed })
        return { room, name, state: 'killed', by: guard.file }
      }
      timeout ||= outcome === 'timeout'
    }
    return { room, name, state: timeout ? 'timeout' : 'survived' }
  } finally {
    const { rows } = await asSuper.query(
      `select datname from pg_database where datname = $1 or datname like $1 || '\\_%'`,
      [template],
    )
    for (const { datname } of rows) await asSuper.query(`drop database if exists ${datname} with (force)`)
  }
}

/** Without any mutant a file is green; else nothing would be proved by it. Each is asked once, when it first kills. */
const sound = new Map<string, Promise<Run['outcome']>>()
await asSuper.query(`create database mutant_none template ${base.name} owner cc_owner`)
const alone = (guard: Guard): Promise<Run['outcome']> => {
  if (!sound.has(nameOf(guard)))
    sound.set(
      nameOf(guard),
      fails(guard, 'mutant_none').then(({ outcome }) => outcome),
    )
  return sound.get(nameOf(guard))!
}

const outcomes: Outcome[] = []
const tell = ({ state, room, name, by }: Outcome) =>
  console.log(
    `${{ killed: '✔', survived: accepted.has(name) ? '·' : '✖', timeout: '⧗', invalid: '–' }[state]} ${room}: ${name.slice(0, 240)}${by ? ` (${by})` : ''}`,
  )
if (options.sample && !options.sql) {
  const { of, lines } = drawn(seededRandom(Number(options.seed)))
  for (const outcome of (await codeOutcomes(root, of, lines, until / 2)) ?? []) {
    outcomes.push(outcome)
    tell(outcome)
  }
}
if (!options.list) {
  const kill = ({ room, name }: SqlMutant, by: string) => {
    outcomes.push({ room, name, state: 'killed', by })
    tell(outcomes.at(-1)!)
  }
  const left = options.sample ? all : await notToldAlive(all, killers, pid => running.add(pid), kill, options.quick)
  const queue = options.quick ? [] : [...left.entries()]
  if (options.quick) for (const { room, name, proof } of left) console.log(`${proof ? '·' : '?'} ${room}: ${name}`)
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (performance.now() - begun > until) return
      const outcome = await tryMutant(next[1], next[0])
      if (stopped || (outcome.state === 'timeout' && performance.now() - begun > until)) return // time was up, which says nothing of it
      outcomes.push(outcome)
      tell(outcome)
    }
  }
  await Promise.all(Array.from({ length: lanes }, work))
  if (!options.sample && !options.sql)
    for (const one of guardedFiles(rooms))
      for (const outcome of (await codeOutcomes(root, one)) ?? []) {
        outcomes.push(outcome)
        tell(outcome)
      }
}
await asSuper.end()
await base.drop()
await server.stop()

const score = (of: readonly Outcome[]) => {
  const counted = of.filter(o => o.state !== 'invalid' && !(o.state === 'survived' && accepted.get(o.name)?.equivalent))
  const killed = counted.filter(o => o.state === 'killed').length
  return {
    killed,
    of: counted.length,
    percent: counted.length === 0 ? 100 : (100 * killed) / counted.length,
    equivalent: of.filter(o => o.state === 'survived' && accepted.get(o.name)?.equivalent).length,
  }
}
const left = outcomes.filter(o => o.state === 'survived' || o.state === 'timeout')
if (left.length > 0) console.log(`\nNot killed:`)
for (const { room, name, state } of left)
  console.log(
    `  ${room}: ${name}${state === 'timeout' ? ' (too slow to tell)' : ''} — ${accepted.get(name)?.reason ?? 'NO REASON'}`,
  )
const unexplained = left.filter(o => !accepted.has(o.name))
const stale = outcomes.filter(o => o.state === 'killed' && accepted.has(o.name))
for (const { name } of stale) console.log(`  accepted, but killed now: ${name}`)
console.log('')
for (const room of [...new Set(outcomes.map(o => o.room)), '']) {
  const { killed, of, percent, equivalent } = score(outcomes.filter(o => room === '' || o.room === room))
  if (of > 0)
    console.log(
      `${(room || 'in all').padEnd(16)} ${String(killed).padStart(4)} of ${String(of).padStart(4)}  ${percent.toFixed(1).padStart(5)} %${equivalent ? `  and ${equivalent} equivalent` : ''}`,
    )
}
const wanted = all.length
if (!options.list)
  console.log(
    `${outcomes.length} mutants tried, ${((performance.now() - begun) / 60_000).toFixed(1)} min${until < performance.now() - begun ? `; time was up, of ${wanted} clauses of the database` : ''}`,
  )
// A sample is too small for a score: there, one survivor without a reason is enough.
if (!options.list && outcomes.length === 0) console.log('Nothing was tried, so nothing is proved.')
process.exit(
  (!options.list && outcomes.length === 0) ||
    unexplained.length > 0 ||
    stale.length > 0 ||
    (!options.sample && score(outcomes).percent < 95)
    ? 1
    : 0,
)
