/**
 * npm run bench [-- --scale small|medium|national] [--only <parts of scenarios' names, with commas>] [--clients
 * 1,16,64] [--seconds 6] [--rate 0.5] [--folder DIR] [--register] npm run bench -- --only anonymous [--minutes 1] [--people 20]
 *
 * Each scenario is played against the product and, in the same run, against the floor: the same statements by a bare
 * loop. Prints a table in Markdown; the figures to compare are the ratios, for the machine is what it is. --register:
 * the import and the search, without campaigns.
 * --rate: then the same scenario at that share of its highest rate, each call sent when due whatever came back, and
 * timed from then (pace.ts): what a person waits, stalls included.
 * --only anonymous: signed-in people beside an anonymous client that sends the worst it can (anonymous.ts); ten minutes
 * tell whether memory is flat; --people: what they ask a second.
 */
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { anonymous } from './anonymous.ts'
import { besideFloor, f, heading, type Target } from './beside-floor.ts'
import { campaignScenarios } from './campaign-scenarios.ts'
import { knownScenarios } from './known-scenarios.ts'
import { cpuOf, cpuOfServer } from './load.ts'
import { at, pace } from './pace.ts'
import { type Scenario, searchScenarios } from './search-scenarios.ts'
import { openSetting, type Scale, scales } from './setting.ts'

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: 'small' },
    only: { type: 'string', default: '' },
    clients: { type: 'string', default: '1,16,64' },
    seconds: { type: 'string', default: '6' },
    minutes: { type: 'string', default: '1' },
    people: { type: 'string', default: '20' },
    rate: { type: 'string' },
    folder: { type: 'string' },
    register: { type: 'boolean', default: false },
  },
})
const scale = options.scale as Scale
if (!(scale in scales)) {
  console.error(`--scale ${Object.keys(scales).join(' | ')}`)
  process.exit(1)
}
const folder = options.folder ?? fileURLToPath(new URL(`../data/bench/${scale}`, import.meta.url))
const say = (line: string) => console.log(line)

const setting = await openSetting(folder, scale, say, !options.register)
const { database, owner, postmaster, imported } = setting
const processor = cpus()
say(
  `\n${scale}: ${scales[scale].toLocaleString('en')} active establishments · ${processor.length} × ${processor[0]?.model ?? '?'} · ${Math.round(totalmem() / 2 ** 30)} GiB · Node ${process.version} · ${(await owner.query('show server_version')).rows[0].server_version}`,
)
if (imported) {
  const bare = imported.bare.copy + imported.bare.build + imported.bare.indexes
  say(
    `import: ${Math.round(imported.rows / imported.seconds).toLocaleString('en')} rows/s in ${imported.seconds.toFixed(1)} s, ${Math.round(imported.memoryMB)} MB at most; bare COPY-and-build: ${Math.round(imported.rows / bare).toLocaleString('en')} rows/s (copy ${imported.bare.copy.toFixed(1)} s, build ${imported.bare.build.toFixed(1)} s, indexes ${imported.bare.indexes.toFixed(1)} s); ratio ${(bare / imported.seconds).toFixed(2)}${imported.cpu ? `; CPU ${imported.cpu.import.toFixed(1)} s, bare ${imported.cpu.bare.toFixed(1)} s, ratio ${(imported.cpu.bare / imported.cpu.import).toFixed(2)}` : ''}`,
  )
}

const everything = [
  ...(await searchScenarios(owner)),
  ...(options.register ? [] : [...(await campaignScenarios(owner)), ...(await knownScenarios(owner))]),
]
if (options.only === 'anonymous') {
  await anonymous(setting, everything, Number(options.minutes), Number(options.people), say)
  await owner.end()
  await database.stop()
  process.exit(0)
}
/** The table of what was paced comes last: both are read one line a scenario. */
const paced: string[] = []
const paceAt = async (name: string, target: Target, { calls, who }: Scenario, perSecond: number): Promise<void> => {
  const [node, postgres] = [cpuOf(target.pid), cpuOfServer(postmaster)]
  const told = await pace(
    target.port,
    n => calls[n % calls.length]!,
    perSecond,
    Number(options.seconds),
    () => ({ cookie: who.cookie }),
  )
  const each = (before: number, now: number) => f((now - before) / told.times.length)
  const refused = told.times.length - (told.statuses.get(200) ?? 0)
  paced.push(
    `| ${name} | ${perSecond.toFixed(perSecond < 10 ? 1 : 0)} | ${[0.5, 0.95, 0.99, 1].map(share => f(at(told.times, share))).join(' | ')} | ${each(node, cpuOf(target.pid))} + ${each(postgres, cpuOfServer(postmaster))} | ${refused} |`,
  )
}
say(heading)
const scenarios = everything.filter(s => options.only.split(',').some(part => s.name.includes(part)))
const clients = options.clients.split(',').map(Number)
for (const scenario of scenarios)
  await besideFloor(
    scenario,
    { database, postmaster, folder, clients, seconds: Number(options.seconds), say },
    async (product, highest) => {
      if (options.rate) await paceAt(scenario.name, product, scenario, highest * Number(options.rate))
    },
  )
if (paced.length) {
  say(
    `\nAt ${options.rate} of the highest rate above, each call sent when due and timed from then:\n\n| scenario | /s | p50 ms | p95 ms | p99 ms | worst | CPU ms (node + pg) | not 200 |\n| --- | --- | --- | --- | --- | --- | --- | --- |`,
  )
  for (const line of paced) say(line)
}
await owner.end()
await database.stop()
process.exit(0)
