import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

export interface Call {
  readonly path: string
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly body?: string | undefined
  readonly headers?: Record<string, string>
  readonly keyed?: boolean
}
export interface Latencies {
  readonly requests: number
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly worst: number
  /** Calls answered after half a second or more. */
  readonly late: number
  readonly failures: number
}

/**
 * Keeps `clients` calls under way for `seconds`, taking them in turn; times in milliseconds, as the caller sees them.
 */
export const load = async (
  port: number,
  calls: readonly Call[],
  { clients, seconds, headers = {} }: { clients: number; seconds: number; headers?: Record<string, string> },
): Promise<Latencies> => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const times: number[] = []
  let [next, failures] = [0, 0]
  const start = performance.now()
  const until = start + seconds * 1000
  const client = async () => {
    while (performance.now() < until) {
      const call = calls[next++ % calls.length]!
      const began = performance.now()
      const status = await answered(agent, port, call, headers)
      times.push(performance.now() - began)
      if (status >= 400) failures++
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const took = (performance.now() - start) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return {
    requests: times.length,
    perSecond: times.length / took,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    worst: times.at(-1) ?? 0,
    late: times.filter(time => time >= 500).length,
    failures,
  }
}

const answered = (agent: Agent, port: number, call: Call, headers: Record<string, string>): Promise<number> =>
  new Promise((done, failed) => {
    const sent = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        path: call.path,
        method: call.method ?? 'GET',
        headers: {
          ...headers,
          ...call.headers,
          ...(call.keyed ? { 'idempotency-key': randomUUID() } : {}),
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
      },
      answer => {
        answer.resume()
        answer.on('end', () => done(answer.statusCode ?? 500))
        answer.on('error', failed)
      },
    )
    sent.on('error', failed)
    sent.end(call.body)
  })

/** Processor time in milliseconds that a process has used, its children that ended included. */
export const cpuOf = (pid: number): number => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) * 10 // in hundredths of a second
  } catch {
    return 0
  }
}
/** The same for a PostgreSQL server: its first process and all that it started. */
export const cpuOfServer = (pid: number): number => {
  let total = cpuOf(pid)
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      if (
        Number(
          readFileSync(`/proc/${name}/stat`, 'utf8')
            .replace(/^.*\) /, '')
            .split(' ')[1],
        ) === pid
      )
        total += cpuOf(Number(name))
    } catch {
      /* it has just ended */
    }
  }
  return total
}
export const memoryOf = (pid: number): { now: number; most: number } => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kB = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0)
  return { now: kB('VmRSS') / 1024, most: kB('VmHWM') / 1024 }
}
