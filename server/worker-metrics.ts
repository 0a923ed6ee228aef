/** What the worker measures: its queue, the mails, the register, the sealing. Asked at each reading. */
import type pg from 'pg'
import { Gauge } from 'prom-client'
import { measureSealing, metrics } from './platform/telemetry.ts'

/** No name of a person, no payload: a kind of job, and numbers. */
const jobs = `select task_identifier as kind,
    count(*) filter (where locked_at is null and attempts < max_attempts)::int as waiting,
    count(*) filter (where locked_at is not null)::int as running,
    count(*) filter (where locked_at is null and attempts >= max_attempts)::int as failed,
    coalesce(extract(epoch from now() - min(run_at) filter (where locked_at is null and attempts < max_attempts
      and run_at <= now())), 0)::float8 as oldest
  from graphile_worker.jobs group by task_identifier`
interface JobRow {
  readonly kind: string
  readonly waiting: number
  readonly running: number
  readonly failed: number
  readonly oldest: number
}
const mails = `select (select count(*) from mails where sent_at is null and failed_at is null and kept_at is null)::int
    as waiting, ctx.count_mails_given_up() as given_up`
const register = `select extract(epoch from now() - greatest((select max(finished_at) from register_imports),
    (select max(updated_at) from register_updates)))::float8 as age`

const lone = (name: string, help: string, read: () => Promise<number>) =>
  new Gauge({
    name,
    help,
    registers: [metrics],
    async collect() {
      this.set(await read().catch(() => Number.NaN))
    },
  })

export const measureWorker = (pool: Pick<pg.Pool, 'query'>): void => {
  const one = async <T extends pg.QueryResultRow>(text: string) => (await pool.query<T>(text)).rows[0]!
  // Both gauges of jobs are read together, and ask once. A database away leaves no old figure behind.
  let asking: Promise<readonly JobRow[]> | undefined
  const queue = () => {
    asking ??= pool
      .query<JobRow>(jobs)
      .then(
        ({ rows }) => rows,
        () => [],
      )
      .finally(() => {
        asking = undefined
      })
    return asking
  }
  new Gauge({
    name: 'jobs_oldest_seconds',
    help: 'How long the oldest due job has waited, by kind',
    labelNames: ['kind'],
    registers: [metrics],
    async collect() {
      const rows = await queue()
      this.reset()
      for (const { kind, oldest } of rows) this.set({ kind }, oldest)
    },
  })
  new Gauge({
    name: 'jobs',
    help: 'Jobs of the queue, by kind and state',
    labelNames: ['kind', 'state'],
    registers: [metrics],
    async collect() {
      const rows = await queue()
      this.reset()
      for (const { kind, ...counts } of rows)
        for (const state of ['waiting', 'running', 'failed'] as const) this.set({ kind, state }, counts[state])
    },
  })
  const mail = () => one<{ waiting: number; given_up: number }>(mails)
  lone('mails_waiting', 'Mails that have not left yet', async () => (await mail()).waiting)
  lone('mails_given_up', 'Mails given up in the last thirty days', async () => (await mail()).given_up)
  lone('register_age_seconds', 'Since the register was last imported or updated; NaN: never', async () => {
    const { age } = await one<{ age: number | null }>(register)
    return age ?? Number.NaN
  })
  measureSealing(async () => (await one<{ lag: number }>('select ctx.trail_lag() as lag')).lag)
}
