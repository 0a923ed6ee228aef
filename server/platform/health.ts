import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Antivirus } from './antivirus.ts'
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
const always = {
  schema: { hide: true },
  exposeHeadRoute: true,
  config: { rateLimit: false as const, pressureHandler: () => {} },
}

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
  /** Undefined: the installation has none. */
  readonly antivirus?: Pick<Antivirus, 'answers'> | undefined
  readonly now?: () => number
  /** What is known is told again for so long. */
  readonly keptMs?: number
  /** Past it the database is told as not answering. */
  readonly withinMs?: number
}
export const parts = ['worker', 'sealing', 'antivirus'] as const
export interface Ready {
  readonly ready: boolean
  /** What fails without keeping the process from serving: someone is called, the proxy goes on. */
  readonly degraded: readonly (typeof parts)[number][]
  readonly database: boolean
  readonly migrations: boolean
  readonly worker: boolean
  readonly sealing: { readonly lateSeconds: number | null; readonly onTime: boolean }
  /** `none`: files are accepted without having been read by one. `silent`: they are refused meanwhile. */
  readonly antivirus: 'none' | 'answers' | 'silent'
}
export interface Readiness {
  ask(): Promise<Ready>
  /** The process is stopping: it is ready for nothing more. */
  stop(): void
}

const migrationsKeptMs = 60_000

/**
 * Whether the process can serve: the database is there, the schema current.
 * A worker silent for a minute, a trail sealed late, an antivirus that does not answer degrade what they do, and
 * nothing else.
 * PostgreSQL is asked once at a time, at most every two seconds. The answer comes within two.
 */
export const readiness = ({
  database,
  pendingMigrations,
  antivirus,
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
    const [seen, migrations, answers] = await Promise.all([
      database.first<{ fresh: boolean | null; lag: number }>(
        sql`select (select max(at) > now() - interval '60 seconds' from worker_heartbeats) as fresh,
          ctx.trail_lag() as lag`,
      ),
      migrated(),
      antivirus?.answers() ?? true,
    ])
    const worker = seen?.fresh ?? false
    const lateSeconds = Math.round(seen!.lag)
    const onTime = lateSeconds <= lateAfter
    // Reads and writes need no worker. Unready, every web process would leave the proxy when one worker dies.
    return {
      ready: migrations,
      degraded: parts.filter(part => !{ worker, sealing: onTime, antivirus: answers }[part]),
      database: true,
      migrations,
      worker,
      sealing: { lateSeconds, onTime },
      antivirus: !antivirus ? 'none' : answers ? 'answers' : 'silent',
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
  degraded: ['worker', 'sealing'],
  database: false,
  migrations: false,
  worker: false,
  sealing: { lateSeconds: null, onTime: false },
  antivirus: 'none',
}
