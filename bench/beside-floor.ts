import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Urls } from '../server/demonstration/embedded-postgres.ts'
import type { Statement } from './floor-statements.ts'
import { type Call, cpuOf, cpuOfServer, type Latencies, load } from './load.ts'
import type { Scenario } from './search-scenarios.ts'

const connections = 10

export interface Target {
  readonly port: number
  readonly pid: number
}
interface Measured extends Latencies {
  readonly nodeMs: number
  readonly postgresMs: number
}
interface Beside {
  readonly database: Urls
  /** The first process of PostgreSQL. */
  readonly postmaster: number
  readonly folder: string
  readonly clients: readonly number[]
  readonly seconds: number
  readonly say: (line: string) => void
}

const start = async (file: string, bench: object) => {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    env: { ...process.env, BENCH: JSON.stringify(bench) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { child, port, pid: child.pid! }
}

/** Three significant figures. */
export const f = (n: number) => (n >= 100 ? n.toFixed(0) : n.toFixed(n >= 10 ? 1 : 2))
export const heading =
  '\n| scenario | clients | p50 ms | p95 ms | p99 ms | /s | CPU ms (node + pg) | floor p50 | p95 | p99 | floor CPU | CPU ratio |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |'

/**
 * Plays a scenario against the product, then against the floor: one line for each number of clients. `then` is played
 * while the product still runs, and told its highest rate.
 */
export const besideFloor = async (
  scenario: Scenario,
  { database, postmaster, folder, clients, seconds, say }: Beside,
  then: (product: Target, highest: number) => Promise<void> = async () => {},
): Promise<void> => {
  const { name, who, calls } = scenario
  const product = await start('product.ts', { databaseUrl: database.webUrl, connections, cookie: who.cookie })
  product.child.send({ record: calls, context: who.context })
  const [{ statements }] = (await once(product.child, 'message')) as [{ statements: Statement[][] }]
  const file = join(folder, 'statements.json')
  writeFileSync(file, JSON.stringify(statements))
  const floor = await start('floor.ts', { databaseUrl: database.ownerUrl, connections, statements: file })
  const floorCalls = calls.map((_, i) => ({ path: `/${i}` }))
  const measure = async (target: Target, list: readonly Call[], count: number, headers: Record<string, string>) => {
    const [node, postgres] = [cpuOf(target.pid), cpuOfServer(postmaster)]
    const latencies = await load(target.port, list, { clients: count, seconds, headers })
    return {
      ...latencies,
      nodeMs: (cpuOf(target.pid) - node) / latencies.requests,
      postgresMs: (cpuOfServer(postmaster) - postgres) / latencies.requests,
    } satisfies Measured
  }
  for (const [target, list] of [
    [product, calls],
    [floor, floorCalls],
  ] as const)
    await load(target.port, list, { clients: 4, seconds: 1, headers: { cookie: who.cookie } })
  let highest = 0
  for (const count of clients) {
    const p = await measure(product, calls, count, { cookie: who.cookie })
    const b = await measure(floor, floorCalls, count, {})
    highest = Math.max(highest, p.perSecond)
    if (p.failures || b.failures) say(`  failures: product ${p.failures}, floor ${b.failures}`)
    say(
      `| ${name} | ${count} | ${f(p.p50)} | ${f(p.p95)} | ${f(p.p99)} | ${Math.round(p.perSecond)} | ${f(p.nodeMs)} + ${f(p.postgresMs)} | ${f(b.p50)} | ${f(b.p95)} | ${f(b.p99)} | ${f(b.nodeMs)} + ${f(b.postgresMs)} | ${f((p.nodeMs + p.postgresMs) / (b.nodeMs + b.postgresMs))} |`,
    )
  }
  await then(product, highest)
  for (const { child } of [product, floor]) {
    child.disconnect()
    await once(child, 'exit')
  }
}
