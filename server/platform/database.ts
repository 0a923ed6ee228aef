import { channel } from 'node:diagnostics_channel'
import {
  CamelCasePlugin,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely'
import pg from 'pg'
import type { DB } from '../../database/schema.ts'
import { Refused } from './errors.ts'
import { watchStalls } from './stall.ts'
import type { Viewer } from './viewer.ts'

pg.types.setTypeParser(1082, day => day) // a DATE is a day, not an instant
pg.types.setTypeParser(20, Number) // SIRET and counts fit in 53 bits
const bigints = 1016 as 20 // an array of them, which the types of pg leave out; it gives text otherwise
const texts = pg.types.getTypeParser(bigints) as (array: string) => string[]
pg.types.setTypeParser(bigints, array => texts(array).map(Number))

/** Only builds SQL; `pg` sends it. */
export const k = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: db => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  plugins: [new CamelCasePlugin()],
})

/** A Kysely builder, or a `sql` template. */
export interface Compiles<T> {
  compile(provider: typeof k): CompiledQuery<T>
}

export interface Db {
  all<T>(query: Compiles<T>): Promise<T[]>
  first<T>(query: Compiles<T>): Promise<T | undefined>
  /** Rows written. */
  run(query: Compiles<unknown>): Promise<number>
}

const camel = new Map<string, string>()
export const camelName = (column: string) => {
  const known = camel.get(column)
  if (known !== undefined) return known
  const name = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  camel.set(column, name)
  return name
}

// Statements are prepared under a name, so that PostgreSQL parses each once a connection; generated texts past the
// bound stay unnamed.
const names = new Map<string, string>()
const nameOf = (text: string) => {
  const known = names.get(text)
  if (known !== undefined || names.size >= 400) return known
  const name = `q${names.size}`
  names.set(text, name)
  return name
}

/** What is asked of a connection: of one lent by the pool, or of a whole client. */
interface Asks {
  query<R extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<R>>
  query<R extends any[]>(query: pg.QueryArrayConfig): Promise<pg.QueryArrayResult<R>>
}
/** Lent by the pool, until released; `lost` when it must not serve again. */
interface Lent extends Asks {
  release(lost: boolean): void
}

/** For the check of row types (docs/decisions/0012): who asks what, then its answer. Nobody listens but tests. */
const asked = channel('campagnes.statement-asked')
const answered = channel('campagnes.statement-answered')
export interface AnsweredStatement extends Pick<pg.QueryArrayResult, 'fields' | 'rows'> {
  /** The same object as was asked. */
  readonly query: object
  readonly text: string
}

const send = async <T>(client: Asks, query: Compiles<T>): Promise<{ rows: T[]; count: number }> => {
  asked.publish(query)
  const { sql: text, parameters } = query.compile(k)
  const result = await client.query<unknown[]>({
    text,
    values: parameters as unknown[],
    rowMode: 'array',
    name: nameOf(text),
  })
  if (answered.hasSubscribers)
    answered.publish({ query, text, fields: result.fields, rows: result.rows } satisfies AnsweredStatement)
  const columns = result.fields.map(f => camelName(f.name))
  const rows = result.rows.map(values => {
    const row: Record<string, unknown> = {}
    for (let i = 0; i < columns.length; i++) row[columns[i]!] = values[i]
    return row as T
  })
  return { rows, count: result.rowCount ?? 0 }
}

const over = (client: Asks): Db => ({
  all: async query => (await send(client, query)).rows,
  first: async query => (await send(client, query)).rows[0],
  run: async query => (await send(client, query)).count,
})

/** A whole client is asked one thing at a time: pg will refuse a query while another is under way. */
const oneAtATime = (client: pg.ClientBase): Asks => {
  let last: Promise<unknown> = Promise.resolve()
  return {
    query: (query: pg.QueryConfig) => {
      const asked = last.then(() => client.query(query))
      last = asked.catch(() => {})
      return asked
    },
  } as Asks
}

/** For jobs, which are given a connection. */
export const dbOver = (client: pg.ClientBase): Db => over(oneAtATime(client))

/** One transaction on one connection. Everything sent before it is awaited travels in one pipelined batch. */
export interface Transaction extends Db {
  /** Opens the rights context from the hash of a session token; null when there is no such session. */
  enter(tokenHash: Buffer): Promise<Viewer | null>
  commit(): Promise<void>
  rollback(): Promise<void>
}

export interface Database extends Db {
  begin(): Promise<Transaction>
  /** All of it or nothing: committed when `work` answers, rolled back when it throws. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Keeps an active session awake: a person is there. */
  touch(tokenHash: Buffer): Promise<void>
  /** Notes a deliberate act of the person in this session. */
  act(tokenHash: Buffer): Promise<void>
  readonly waiting: () => number
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly connections?: number
  /** Requests that may wait for a connection; the next one is told to come back (REL-4). */
  readonly queue?: number
  /** How long one waits for a connection before being told the same. */
  readonly waitMs?: number
  /** What one statement may take before PostgreSQL ends it. */
  readonly statementTimeoutMs?: number
  /**
   * How long nothing may be answered before PostgreSQL is tried, and how long it then has: past both, what waits is
   * told to come back.
   */
  readonly stallMs?: readonly [quiet: number, trial: number]
}

/** Opens the application's pool. `url` is the application role's: it owns nothing and bypasses nothing. */
export const openDatabase = (
  url: string,
  {
    connections = 10,
    queue = 200,
    waitMs = 5_000,
    statementTimeoutMs = 10_000,
    stallMs = [1_000, 1_900],
  }: DatabaseOptions = {},
): Database => {
  const stalls = watchStalls(url, ...stallMs)
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    pipeline: true,
    connectionTimeoutMillis: waitMs,
    statement_timeout: statementTimeoutMs,
    lock_timeout: 4_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'campagnes',
  } as pg.PoolConfig)
  pool.on('error', () => {}) // an idle connection cut by the server: the pool opens another

  // A connection cut while it is ours says so outside any query; the next query on it then fails, and that is what
  // answers.
  pool.on('connect', client => {
    client.on('error', () => {})
  })

  const away = () => new Refused('service/unavailable', { retryAfterSeconds: 2 })
  const waited = (error: unknown) =>
    error instanceof Error && /timeout exceeded/.test(error.message)
      ? new Refused('service/overloaded', { retryAfterSeconds: 2 })
      : away()
  const lend = (client: pg.PoolClient): Lent => {
    const forget = stalls.onStall(() =>
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy(),
    )
    return {
      query: (asked: pg.QueryConfig) => {
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
  const once = async <T>(work: (db: Db) => Promise<T>) => {
    const client = await connect()
    let broken: unknown
    try {
      return await work(over(client))
    } catch (error) {
      broken = isConnectionLoss(error) ? error : undefined
      throw error
    } finally {
      client.release(broken !== undefined)
    }
  }

  const begin = async (): Promise<Transaction> => {
    const client = await connect()
    let state: 'waiting' | 'begun' | 'ended' = 'waiting'
    // BEGIN leaves with the first statement: an instant taken before that one is never later than the transaction's
    // own.
    const started = () => {
      if (state === 'ended') throw new Error('the transaction is over, and its connection another’s')
      if (state === 'begun') return client
      state = 'begun'
      client.query({ text: 'begin' }).catch(() => {}) // what follows in the batch reports it
      return client
    }
    const end = async (command: 'commit' | 'rollback') => {
      if (state === 'ended') return
      const nothing = state === 'waiting'
      state = 'ended'
      let lost = false
      try {
        if (nothing) return
        const { command: tag } = await client.query({ text: command })
        // A transaction that failed answers ROLLBACK to COMMIT: nothing was written.
        if (command === 'commit' && tag !== 'COMMIT') throw new Error('the transaction had failed and was rolled back')
      } catch (error) {
        lost = isConnectionLoss(error)
        throw error
      } finally {
        client.release(lost)
      }
    }
    return {
      all: async query => over(started()).all(query),
      first: async query => over(started()).first(query),
      run: async query => over(started()).run(query),
      enter: async tokenHash => {
        const result = await started().query<{ entered: Viewer | null }>({
          name: 'enter',
          text: 'select ctx.enter($1) as entered',
          values: [tokenHash],
        })
        return result.rows[0]!.entered
      },
      commit: () => end('commit'),
      rollback: () => end('rollback').catch(() => {}),
    }
  }

  return {
    all: query => {
      asked.publish(query) // the caller is no longer known once a connection was waited for
      return once(db => db.all(query))
    },
    first: query => {
      asked.publish(query)
      return once(db => db.first(query))
    },
    run: query => once(db => db.run(query)),
    act: async tokenHash => {
      await once(db => db.run(sql`select ctx.act(${tokenHash})`))
    },
    touch: async tokenHash => {
      await once(db => db.run(sql`select ctx.touch(${tokenHash})`))
    },
    waiting: () => pool.waitingCount,
    close: async () => {
      stalls.close()
      await pool.end()
    },
    begin,
    transaction: async work => {
      const tx = await begin()
      try {
        const done = await work(tx)
        await tx.commit()
        return done
      } catch (error) {
        await tx.rollback()
        throw error
      }
    },
  }
}

const sqlState = (error: unknown): string | undefined => (error as { code?: string } | null)?.code

/** The server went away, or refuses to serve: the request may be tried again elsewhere. */
export const isConnectionLoss = (error: unknown): boolean => {
  const code = sqlState(error)
  return code !== undefined
    ? /^(08|57P0)/.test(code) || ['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(code)
    : error instanceof Error && /Connection terminated|not queryable|Client was closed/.test(error.message)
}
/** Two transactions met: the loser may simply run again. */
export const isRace = (error: unknown): boolean => ['40001', '40P01'].includes(sqlState(error) ?? '')
export const isLockTimeout = (error: unknown): boolean => ['55P03', '57014'].includes(sqlState(error) ?? '')

/** For the command line, as the owner: one connection, one transaction, all or nothing. */
export const ownerTransaction = async <T>(ownerUrl: string, work: (db: Db) => Promise<T>): Promise<T> => {
  const client = new pg.Client({
    connectionString: ownerUrl,
    lock_timeout: 10_000,
    application_name: 'campagnes-admin',
  })
  await client.connect()
  try {
    await client.query('begin')
    const result = await work(dbOver(client))
    await client.query('commit')
    return result
  } finally {
    await client.end() // an open transaction ends with its connection
  }
}
