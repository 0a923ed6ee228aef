import type { JobHelpers } from 'graphile-worker'

export interface Job {
  readonly name: string
  /** `15 3 * * *`: at 3:15 every night, UTC. */
  readonly cron?: string
  run(payload: unknown, helpers: Pick<JobHelpers, 'withPgClient' | 'logger' | 'abortSignal'>): Promise<void>
}
export const job = (name: string, parts: Omit<Job, 'name'>): Job => ({ name, ...parts })
