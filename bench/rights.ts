/**
 * `node bin/run.mjs bench/rights.ts`: what rights cost on the main reads and writes (decisions 0007 and 0013), six texts
 * published and accepted: rights that are kept, and the same worked out anew at each request. The same load, in turns.
 * Prints a table in Markdown; the figures to compare are the ratios of processor time.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { campaignScenarios } from './campaign-scenarios.ts'
import { cpuOf, cpuOfServer, load } from './load.ts'
import { searchScenarios } from './search-scenarios.ts'
import { openSetting } from './setting.ts'

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    clients: { type: 'string', default: '8' },
  },
})
const folder = options.folder ?? fileURLToPath(new URL('../data/bench/small', import.meta.url))
const say = (line: string) => console.log(line)
const { database, owner, postmaster } = await openSetting(folder, 'small', say)
const scenarios = [...(await searchScenarios(owner)), ...(await campaignScenarios(owner))].filter(({ name }) =>
  ['a card', 'list of targets', 'recording an exchange'].includes(name),
)

const textOf = async (name: string) =>
  (await owner.query<{ text: string }>('select pg_get_functiondef($1::regprocedure) as text', [name])).rows[0]!.text
const keeping = await textOf('ctx.keep_rights(secret.stored_rights)')
const keepingNothing = `${keeping.slice(0, keeping.indexOf('AS $function$'))}AS $function$ begin return; end $function$`
const modes = {
  kept: { name: 'kept', set: () => owner.query(keeping) },
  anew: {
    name: 'worked out at each request',
    set: async () => {
      await owner.query(keepingNothing)
      await owner.query('delete from secret.stored_rights')
    },
  },
}
type Mode = keyof typeof modes
const order = Object.keys(modes) as Mode[]

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const f = (n: number) => n.toFixed(n >= 10 ? 1 : 2)
try {
  say(
    `\n| ${options.clients} clients | rights | /s | p50 ms | p95 ms | CPU ms (node + pg) | ratio |\n| --- | --- | --- | --- | --- | --- | --- |`,
  )
  for (const { name, who, calls } of scenarios) {
    const child = fork(fileURLToPath(new URL('product.ts', import.meta.url)), {
      env: {
        ...process.env,
        BENCH: JSON.stringify({ databaseUrl: database.webUrl, connections: 10, cookie: who.cookie }),
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    })
    const [{ port }] = (await once(child, 'message')) as [{ port: number }]
    const play = async (seconds: number) => {
      const [node, postgres] = [cpuOf(child.pid!), cpuOfServer(postmaster)]
      const result = await load(port, calls, {
        clients: Number(options.clients),
        seconds,
        headers: { cookie: who.cookie },
      })
      if (result.failures) throw new Error(`${name}: ${result.failures} failures`)
      return {
        ...result,
        node: (cpuOf(child.pid!) - node) / result.requests,
        postgres: (cpuOfServer(postmaster) - postgres) / result.requests,
      }
    }
    const measured: Record<Mode, Awaited<ReturnType<typeof play>>[]> = { kept: [], anew: [] }
    for (let round = 0; round < Number(options.rounds); round++) {
      for (const mode of round % 2 ? order : order.toReversed()) {
        await modes[mode].set()
        await play(0.5)
        measured[mode].push(await play(Number(options.seconds)))
      }
    }
    const of = (mode: Mode, pick: (m: (typeof measured)[Mode][number]) => number) => median(measured[mode].map(pick))
    const total = (mode: Mode) => of(mode, m => m.node + m.postgres)
    for (const mode of order)
      say(
        `| ${name} | ${modes[mode].name} | ${f(of(mode, m => m.perSecond))} | ${f(of(mode, m => m.p50))} | ${f(of(mode, m => m.p95))} | ${f(of(mode, m => m.node))} + ${f(of(mode, m => m.postgres))} | ${f(total(mode) / total('anew'))} |`,
      )
    child.disconnect()
    await once(child, 'exit')
  }
} finally {
  await modes.kept.set()
}
await owner.end()
await database.stop()
process.exit(0)
