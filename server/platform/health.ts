import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Database } from './database.ts'
import { version } from './version.ts'

/** Past so many seconds unsealed, the trail is late: a transaction stays open, or the worker cannot follow. */
export const lateAfter = 5

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * What answers instead of the route while the process sheds load; one that does nothing lets the route answer.
     */
    pressureHandler?: () => void
  }
}
// Counted by no budget and shed by no load: a busy process that said it is not alive would be restarted, and leave
// its work to others as busy.
const always = { schema: { hide: true }, config: { rateLimit: false as const, pressureHandler: () => {} } }

/**
 * Liveness says the process answers, and which version it is; it touches nothing, and is public. Readiness is asked on
 * the operators' address (platform/operations.ts).
 */
export const health = (server: FastifyInstance) => {
  server.get('/health/live', always, async () => ({ live: true, ...version }))
}

export interface ReadinessParts {
  readonly database: Database
  /** What this program ships and the database lacks: migrations, or its functions and policies. */
  readonly pendingMigrations: () => Promise<readonly string[]>
  readonly now?: () => number
  /** What is known is told again for so long. */
  readonly keptMs?: number
  /** Past it the database is told as not answering. */
  readonly withinMs?: number
}
export interface Ready {
  readonly ready: boolean
  readonly database: boolean
  readonly migrations: boolean
  readonly worker: boolean
  readonly sealing: { readonly lateSeconds: number | null; readonly onTime: boolean }
}
export interface Readiness {
  ask(): Promise<Ready>
  /** The process is stopping: it is ready for nothing more. */
  stop(): void
}

const migrationsKeptMs = 60_000

/**
 * Whether the process can serve: the database is there, the schema current, a worker seen in the last minute.
 * PostgreSQL is asked once at a time, at most every two seconds. The answer comes within two.
 */
export const readiness = ({
  database,
  pendingMigrations,
  now = () => performance.now(),
  keptMs = 2_000,
  withinMs = 1_500,
}: ReadinessParts): Readiness => {
  let stopping = false
  let last: { readonly at: number; readonly ready: Ready } | undefined
  let asking: Promise<Ready> | undefined
  let current: { readonly at: number; readonly yes: boolean } | undefined

  const migrated = async () => {
    if (!current?.yes || now() - current.at >= migrationsKeptMs)
      current = { at: now(), yes: (await pendingMigrations()).length === 0 }
    return current.yes
  }
  const look = async (): Promise<Ready> => {
    const [seen, migrations] = await Promise.all([
      database.first<{ fresh: boolean | null; lag: number }>(
        sql`select (select max(at) > now() - interval '60 seconds' from worker_heartbeats) as fresh,
          ctx.trail_lag() as lag`,
      ),
      migrated(),
    ])
    const worker = seen?.fresh ?? false
    const lateSeconds = Math.round(seen!.lag)
    // Late sealing calls for someone, but serving goes on: it does not make the service unready.
    return {
      ready: migrations && worker,
      database: true,
      migrations,
      worker,
      sealing: { lateSeconds, onTime: lateSeconds <= lateAfter },
    }
  }
  return {
    stop: () => {
      stopping = true
    },
    ask: async () => {
      if (stopping) return { ...(last?.ready ?? away), ready: false }
      if (last && now() - last.at < keptMs) return last.ready
      // One that PostgreSQL leaves without an answer stays the one: others wait for it, and ask nothing more.
      asking ??= look()
        .catch(() => away)
        .then(ready => {
          last = { at: now(), ready }
          return ready
        })
        .finally(() => {
          asking = undefined
        })
      let late: NodeJS.Timeout | undefined
      const bound = new Promise<Ready>(told => {
        late = setTimeout(() => told(away), withinMs)
      })
      return Promise.race([asking, bound]).finally(() => clearTimeout(late))
    },
  }
}
const away: Ready = {
  ready: false,
  database: false,
  migrations: false,
  worker: false,
  sealing: { lateSeconds: null, onTime: false },
}
