import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import type { Database } from './database.ts'

/** Past so many seconds unsealed, the trail is late: a transaction stays open, or the worker cannot follow. */
export const lateAfter = 5

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What answers instead of the route while the process sheds load; one that does nothing lets the route answer. */
    pressureHandler?: () => void
  }
}
// Counted by no rate and shed by no load: a busy process that said it is not alive would be restarted, and leave its work to others as busy.
const always = { schema: { hide: true }, config: { rateLimit: false as const, pressureHandler: () => {} } }

export interface HealthParts {
  readonly database: Database
  /** Names of migrations this program ships and the database lacks. */
  readonly pendingMigrations: () => Promise<readonly string[]>
}

/** Liveness says the process answers; readiness, that it can serve: database there, schema current, a worker seen in the last minute. */
export const health = ({ database, pendingMigrations }: HealthParts) => (server: FastifyInstance) => {
  server.get('/health/live', always, async () => ({ live: true }))
  server.get('/health/ready', always, async (_request, reply) => {
    // Late sealing calls for someone, but serving goes on: it does not make the service unready.
    const lag = database.first<{ seconds: number }>(sql`select ctx.trail_lag() as seconds`).then(row => Math.round(row!.seconds), () => null)
    const checks = await Promise.allSettled([
      database.first(sql`select 1 as yes`),
      pendingMigrations().then(pending => { if (pending.length > 0) throw new Error('behind') }),
      database.first<{ fresh: boolean | null }>(sql`select max(at) > now() - interval '60 seconds' as fresh from worker_heartbeats`).then(row => { if (!row?.fresh) throw new Error('no worker') }),
    ])
    const lateSeconds = await lag
    const [databaseUp, migrated, worker] = checks.map(check => check.status === 'fulfilled')
    return reply.code(databaseUp && migrated && worker ? 200 : 503).send({ ready: Boolean(databaseUp && migrated && worker), database: databaseUp, migrations: migrated, worker, sealing: { lateSeconds, onTime: lateSeconds !== null && lateSeconds <= lateAfter } })
  })
}
