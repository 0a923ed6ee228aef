import type { JobHelpers } from 'graphile-worker'
import pg from 'pg'

export interface Job {
  readonly name: string
  /** `15 3 * * *`: at 3:15 every night, UTC. */
  readonly cron?: string
  run(payload: unknown, helpers: Pick<JobHelpers, 'withPgClient' | 'logger' | 'abortSignal'>): Promise<void>
}
export const job = (name: string, parts: Omit<Job, 'name'>): Job => ({ name, ...parts })

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

/** All of it or nothing, on the connection that a job was given. */
export const inTransaction = async <T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> => {
  await client.query('begin')
  try {
    const done = await work()
    await client.query('commit')
    return done
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
