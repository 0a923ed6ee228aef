import { Agent, request } from 'node:http'
import type { Call } from './load.ts'

/** A call without an answer counts as this many milliseconds. */
const late = 10_000

export interface Told {
  /** Milliseconds, from when each call was due. */
  readonly times: number[]
  readonly statuses: Map<number, number>
}

/**
 * Sends `perSecond` whatever comes back. Times count from when a call was due: a service that is stuck is slow for each
 * call that was due meanwhile, where a client that waits for its answer would count one (coordinated omission).
 */
export const pace = async (
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
    sent.push(
      answerTo(agent, port, callOf(n), headersOf(n)).then(status => {
        told.times.push(Math.min(late, performance.now() - due))
        told.statuses.set(status, (told.statuses.get(status) ?? 0) + 1)
      }),
    )
  }
  await Promise.all(sent)
  agent.destroy()
  return told
}

/** The status; 0 when none came. */
const answerTo = (agent: Agent, port: number, call: Call, given: Record<string, string>): Promise<number> =>
  new Promise(done => {
    const headers = {
      ...given,
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
          .on('end', () => done(answer.statusCode!))
          .on('close', () => done(0))
      },
    )
      .on('timeout', function (this: { destroy(): void }) {
        this.destroy()
      })
      .on('error', () => done(0))
      .on('close', () => done(0))
      .end(call.body)
  })

/** The time under which this share of the calls was answered. */
export const at = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
