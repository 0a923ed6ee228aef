import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPages } from '../bin/build-pages.ts'
import { startStandIn } from '../server/demonstration/stand-in/stand-in.ts'
import { freePort } from '../server/platform/ports.ts'
import { hostileCalls } from './hostile.ts'
import { memoryOf } from './load.ts'
import { at as p, pace, type Told } from './pace.ts'
import type { Scenario } from './search-scenarios.ts'
import type { Setting } from './setting.ts'

const attackPerSecond = 10
const median = (values: readonly number[]) => p(values, 0.5)

interface Results {
  readonly alone: Told
  readonly beside: Told
  readonly attack: Told
  /** Of the web process, each second, in MB. */
  readonly memory: readonly number[]
  /** How it ended, each time that it did by itself. */
  readonly ends: readonly string[]
  readonly minutes: number
  readonly peoplePerSecond: number
}
const sayResults = (
  { alone, beside, attack, memory, ends, minutes, peoplePerSecond }: Results,
  say: (line: string) => void,
): void => {
  const words = (statuses: Map<number, number>) =>
    [...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, n]) => `${status || 'no answer'} × ${n}`)
      .join(', ')
  const f = (ms: number) => (ms >= 100 ? ms.toFixed(0) : ms.toFixed(1))
  const row = (name: string, { times, statuses }: Told) =>
    say(`| ${name} | ${[0.5, 0.95, 0.99, 1].map(share => f(p(times, share))).join(' | ')} | ${words(statuses)} |`)
  say(`\n| signed-in people, ${peoplePerSecond} requests/s | p50 ms | p95 ms | p99 ms | worst | answers |`)
  say('| --- | --- | --- | --- | --- | --- |')
  row('alone', alone)
  row(`beside ${attackPerSecond} anonymous requests/s`, beside)
  say(`\np95 beside / alone: ${(p(beside.times, 0.95) / p(alone.times, 0.95)).toFixed(2)} (wanted: 2 at most)`)
  say(`the anonymous client: ${words(attack.statuses)}; p95 ${f(p(attack.times, 0.95))} ms`)
  const tenth = Math.max(1, Math.floor(memory.length / 10))
  const [early, last] = [memory.slice(tenth, 2 * tenth), memory.slice(-tenth)].map(some => median(some).toFixed(0))
  const most = Math.max(...memory).toFixed(0)
  say(`memory of the web process (RSS), MB: ${early} in the second tenth, ${last} in the last, ${most} at most`)
  say(
    `over ${minutes} min; the web process ended by itself ${ends.length} times${ends.length ? `: ${ends.join(', ')}` : ''}`,
  )
}

/**
 * Signed-in people at work beside nobody, then beside an anonymous client that sends ten a second of the worst that
 * can be sent without a session, each from
 * another address, so that no budget stops it. The web process is the one that ships, with its limits.
 */
export const anonymous = async (
  { database, folder }: Setting,
  scenarios: readonly Scenario[],
  minutes: number,
  peoplePerSecond: number,
  say: (line: string) => void,
): Promise<void> => {
  await buildPages()
  const [port, metricsPort, standInPort] = [await freePort(), await freePort(), await freePort()]
  const url = `http://localhost:${port}`
  const client = { clientId: 'bench', clientSecret: 'bench-secret-of-this-run' }
  const standIn = await startStandIn({
    ...client,
    port: standInPort,
    redirectUri: `${url}/auth/callback`,
    postLogoutUri: `${url}/auth/signed-out`,
    remembers: false,
  })
  // Started again when it ends, as its supervisor would.
  const ends: string[] = []
  let [web, over] = [undefined as ChildProcess | undefined, false]
  const begin = async (): Promise<void> => {
    web = fork(fileURLToPath(new URL('../server/main.ts', import.meta.url)), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        PATH: process.env['PATH'],
        HOST: '127.0.0.1',
        PORT: String(port),
        METRICS_PORT: String(metricsPort),
        DATA_DIR: join(folder, 'anonymous'),
        LOG_LEVEL: 'error',
        TRUST_PROXY: '127.0.0.1',
        PUBLIC_URL: url,
        DATABASE_URL: database.webUrl,
        DATABASE_SIGN_IN_URL: database.signInUrl,
        PROCONNECT_ISSUER: `http://localhost:${standInPort}/api/v2`,
        PROCONNECT_CLIENT_ID: client.clientId,
        PROCONNECT_CLIENT_SECRET: client.clientSecret,
        PROCONNECT_SIGNING_ALG: 'RS256',
        SECURITY_CONTACT: 'mailto:securite@campagnes.example',
        ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
      },
    })
    web.once('exit', (code, signal) => {
      if (over) return
      ends.push(signal ?? `code ${code}`)
      void begin()
    })
    await Promise.race([once(web, 'message'), once(web, 'exit')])
  }
  await begin()
  if (ends.length > 0) throw new Error('the web process does not start')

  const people = Array.from({ length: 400 }, (_, n) => scenarios[n % scenarios.length]!).map(({ who, calls }, n) => ({
    ...calls[Math.floor(n / scenarios.length) % calls.length]!,
    headers: { cookie: who.cookie },
  }))
  const attacks = hostileCalls()
  const memory: number[] = []
  const watch = setInterval(() => {
    try {
      memory.push(memoryOf(web!.pid!).now)
    } catch {
      /* it has just ended */
    }
  }, 1_000)
  const work = (seconds: number) =>
    pace(
      port,
      n => people[n % people.length]!,
      peoplePerSecond,
      seconds,
      () => ({}),
    )
  const seconds = minutes * 60
  await work(10) // plans, caches and sessions known
  memory.length = 0
  const alone = await work(Math.min(60, seconds))
  memory.length = 0
  const [beside, attack] = await Promise.all([
    work(seconds),
    pace(port, attacks, attackPerSecond, seconds, n => ({
      'x-forwarded-for': `2001:db8:${((n >> 8) & 0xffff).toString(16)}:${(n & 0xff).toString(16)}::1`,
    })),
  ])
  clearInterval(watch)
  sayResults({ alone, beside, attack, memory, ends, minutes, peoplePerSecond }, say)
  over = true
  web!.disconnect()
  await once(web!, 'exit')
  standIn.closeAllConnections()
  standIn.close()
}
