import type { Duplex } from 'node:stream'
import pg from 'pg'
import { Refused } from '../errors.ts'
import { watchStalls } from '../stall.ts'
import type { Lent } from './sending.ts'

export interface DatabaseOptions {
  readonly connections?: number
  /** Requests that may wait for a connection; the next one is told to come back (REL-4). */
  readonly queue?: number
  /** How long one waits for a connection before being told the same. */
  readonly waitMs?: number
  /** For tests: in service the role bears it (database/roles.sql), and a pooler would refuse the parameter. */
  readonly statementTimeoutMs?: number
  /**
   * How long nothing may be answered before PostgreSQL is tried, and how long it then has: past both, what waits is
   * told to come back.
   */
  readonly stallMs?: readonly [quiet: number, trial: number]
}

/**
 * How long a connection may rest before it is closed. A new one plans each statement and reads each function anew.
 * Less than the four minutes after which a network on the way may forget it.
 */
export const mostIdleMs = 120_000

/** Lends connections, or refuses at once when PostgreSQL is away or too many wait. */
export const openPool = (
  url: string,
  { connections = 10, queue = 200, waitMs = 5_000, statementTimeoutMs, stallMs = [1_000, 1_900] }: DatabaseOptions,
) => {
  const stalls = watchStalls(url, ...stallMs)
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    pipeline: true,
    connectionTimeoutMillis: waitMs,
    idleTimeoutMillis: mostIdleMs,
    statement_timeout: statementTimeoutMs,
    application_name: 'campagnes',
  } as pg.PoolConfig)
  pool.on('error', () => {}) // an idle connection cut by the server: the pool opens another

  // A connection cut while we hold it says so outside any query. The next query on it fails, and gives the answer.
  pool.on('connect', client => {
    client.on('error', () => {})
  })

  const away = () => new Refused('service/unavailable', { retryAfterSeconds: 2 })
  const waited = (error: unknown) =>
    error instanceof Error && /timeout exceeded/.test(error.message)
      ? new Refused('service/overloaded', { retryAfterSeconds: 2 })
      : away()
  const lend = (client: pg.PoolClient): Lent => {
    const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection
    const forget = stalls.onStall(() => stream.destroy())
    let held = false
    /** What one run of code asks leaves in one write: PostgreSQL is woken once. */
    const holdUntilAsked = () => {
      if (held) return
      held = true
      stream.cork()
      queueMicrotask(() => {
        held = false
        stream.uncork()
      })
    }
    return {
      query: (asked: pg.QueryConfig) => {
        holdUntilAsked()
        const answered = stalls.begins()
        const answer = client.query(asked)
        answer.then(answered, answered)
        return answer
      },
      release: lost => {
        forget()
        client.release(lost)
      },
    } as Lent
  }
  const connect = (): Promise<Lent> =>
    new Promise((got, refused) => {
      if (stalls.stalled()) return refused(away())
      if (pool.waitingCount >= queue) return refused(new Refused('service/overloaded', { retryAfterSeconds: 2 }))
      let given = false
      const answered = stalls.begins()
      const forget = stalls.onStall(() => {
        given = true
        refused(away())
      })
      const end = () => {
        answered()
        forget()
      }
      pool.connect().then(
        client => {
          end()
          if (given) client.release(true)
          else got(lend(client))
        },
        error => {
          end()
          refused(waited(error))
        },
      )
    })
  return {
    connect,
    waiting: () => pool.waitingCount,
    close: async () => {
      stalls.close()
      await pool.end()
    },
  }
}
