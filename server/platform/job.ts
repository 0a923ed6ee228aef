import type { JobHelpers } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import type { Config } from './config.ts'
import { type Db, dbOver } from './database.ts'
import { uuidv7 } from './ids.ts'

/** Work in one transaction of a job or a command, in nobody's name. */
export interface Work {
  readonly db: Db
  /** By the database's clock. */
  readonly now: Date
  readonly newId: () => string
  /** Told to `tellRoles`: no session answers for what is written. */
  readonly service: true
}
export type Log = Pick<JobHelpers['logger'], 'info' | 'warn'>
/** A job of several transactions: what one has written stays when the next fails. */
export interface Steps {
  readonly payload: unknown
  readonly log: Log
  readonly signal: AbortSignal | undefined
  within<T>(work: (work: Work) => Promise<T>): Promise<T>
}
export interface Job {
  readonly name: string
  /** `15 3 * * *`: at 3:15 every night, UTC. */
  readonly cron?: string
  run(payload: unknown, helpers: Pick<JobHelpers, 'withPgClient' | 'logger' | 'abortSignal'>): Promise<void>
}

/** What a room has the worker do: each `*.job.ts` exports it as `jobs`, and takes what it needs of the configuration. */
export type JobsOf = (config: Config) => readonly Job[]

/** All of it or nothing, on a connection of the worker or of the owner. */
export const within =
  (client: pg.ClientBase) =>
  async <T>(work: (work: Work) => Promise<T>): Promise<T> => {
    await client.query('begin')
    try {
      const db = dbOver(client)
      const { now } = (await db.first(sql<{ now: Date }>`select ctx.clock() as now`))!
      const done = await work({ db, now, newId: uuidv7, service: true })
      await client.query('commit')
      return done
    } catch (error) {
      await client.query('rollback').catch(() => {}) // the connection may be what failed
      throw error
    }
  }

type When = Pick<Job, 'cron'>
/** In one transaction. */
export const job = (
  name: string,
  { run, ...when }: When & { run(work: Work & Pick<Steps, 'payload' | 'log'>): Promise<void> },
): Job => ({
  name,
  ...when,
  run: (payload, { withPgClient, logger: log }) =>
    withPgClient(client => within(client)(work => run({ ...work, payload, log }))),
})
/** In several, each settled before the next. */
export const jobInSteps = (name: string, { run, ...when }: When & { run(steps: Steps): Promise<void> }): Job => ({
  name,
  ...when,
  run: (payload, { withPgClient, logger: log, abortSignal: signal }) =>
    withPgClient(client => run({ payload, log, signal, within: within(client) })),
})

/**
 * For work whose locks and temporary tables must end with it: a connection of its own, as the worker. A lost connection
 * fails the statement that was running.
 */
export const onOwnConnection = async <T>(
  workerDatabaseUrl: string,
  name: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const client = new pg.Client({ connectionString: workerDatabaseUrl, application_name: name })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
/** A job that holds none of the worker's connections while it works on its own. */
export const jobAlone = (
  name: string,
  { run, ...when }: When & { run(steps: Omit<Steps, 'within'>): Promise<void> },
): Job => ({
  name,
  ...when,
  run: (payload, { logger: log, abortSignal: signal }) => run({ payload, log, signal }),
})
