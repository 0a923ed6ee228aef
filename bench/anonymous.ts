import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPages } from '../bin/build-pages.ts'
import { startStandIn } from '../server/demonstration/stand-in/stand-in.ts'
import { freePort } from '../server/platform/ports.ts'
import { hostileCalls } from './hostile.ts'
import { type Call, memoryOf } from './load.ts'
import type { Scenario } from './search-scenarios.ts'
import type { Setting } from './setting.ts'

const attackPerSecond = 10
const late = 10_000

interface Told {
  readonly times: number[]
  readonly statuses: Map<number, number>
}
/**
 * Sends `perSecond` whatever comes back: who waits for an answer would spare a service that is stuck. Times count
 * from when a call was due.
 */
const pace = async (
  port: number,
  callOf: (n: number) => Call,
  perSecond: number,
  seconds: number,
  headersOf: (n: number) => Record<string, string>,
): Promise<Told> => {
  const agent = new Agent({ keepAlive: true })
  const told: Told = { times: [], statuses: new Map() }
  const sent: Promise<void>[] = []
  const began = performance.now()
  for (let n = 0; n < perSecond * seconds; n++) {
    const due = began + (n * 1000) / perSecond
    while (performance.now() < due) await new Promise(r => setTimeout(r, Math.max(0, due - performance.now())))
    const call = callOf(n)
    sent.push(
      new Promise(done => {
        let over = false
        const end = (status: number) => {
          if (over) return
          over = true
          told.times.push(Math.min(late, performance.now() - due))
          told.statuses.set(status, (told.statuses.get(status) ?? 0) + 1)
          done()
        }
        const headers = {
          ...headersOf(n),
          ...call.headers,
          ...(call.keyed ? { 'idempotency-key': crypto.randomUUID() } : {}),
          ...(call.body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(call.body)) }),
        }
        request(
          { agent, host: '127.0.0.1', port, path: call.path, method: call.method ?? 'GET', headers, timeout: late },
          answer => {
            answer
              .resume()
              .on('end', () => end(answer.statusCode!))
              .on('close', () => end(0))
          },
        )
          .on('timeout', function (this: { destroy(): void }) {
            this.destroy()
          })
          .on('error', () => end(0))
          .on('close', () => end(0))
          .end(call.body)
      }),
    )
  }
  await Promise.all(sent)
  agent.destroy()
  return told
}
const p = (times: readonly number[], share: number) =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
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
