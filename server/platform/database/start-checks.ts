import { sql } from 'kysely'
import pg from 'pg'
import { clocksApart, systemClock } from '../time.ts'
import type { Db } from './sending.ts'

/** What database/roles.sql sets on the roles of the web, in milliseconds. */
export const roleLimits = {
  statement_timeout: 10_000,
  lock_timeout: 4_000,
  idle_in_transaction_session_timeout: 10_000,
} as const

/** Problems of a role's time limits. PostgreSQL reads zero as « none ». */
export const limitProblems = async (db: Db, setting: string): Promise<string[]> => {
  const rows = await db.all(
    sql<{ name: keyof typeof roleLimits; ms: number }>`select name, setting::int as ms from pg_settings
      where name = any (${Object.keys(roleLimits)}::text[]) order by 1`,
  )
  const missing = rows.filter(({ name, ms }) => ms === 0 || ms > roleLimits[name]).map(({ name }) => name)
  return missing.length === 0
    ? []
    : [`${setting} : le rôle ne porte pas ${missing.join(', ')} ; lancez de nouveau database/roles.sql`]
}

/**
 * The database must compare text as the tested one does: by code points, capitals by Unicode.
 * Other locales change orders, and leave `like` without its index. Names say their French collation in each statement.
 */
export const collationProblems = async (db: Db): Promise<string[]> => {
  const row = await db.first(
    sql<{ encoding: string; provider: string; locale: string }>`select pg_encoding_to_char(encoding) as encoding,
      datlocprovider::text as provider, coalesce(datlocale, datcollate) as locale
      from pg_database where datname = current_database()`,
  )
  const { encoding, provider, locale } = row!
  // Debian's C.UTF-8, of libc, orders and folds as the builtin one.
  if (encoding === 'UTF8' && ['b', 'c'].includes(provider) && /^C\.utf-?8$/i.test(locale)) return []
  return [
    `la base compare les textes selon « ${locale} » (${encoding}), et le service est éprouvé sur C.UTF-8 : créez-la par la commande de deploy/README.md, puis restaurez-y les données`,
  ]
}

/**
 * Rights and the trail are dated by PostgreSQL's own clock. Tests alone lay another, and start no service over it.
 * A service whose clock is too far from it could write nothing: ctx.written_now refuses its instants.
 */
export const clockProblems = async (db: Db, here: Date = systemClock()): Promise<string[]> => {
  const row = await db.first(
    sql<{ moved: boolean; apart: number }>`select ctx.clock() <> now() or exists (select from pg_tables
      where schemaname = 'secret' and tablename = 'clock') as moved,
      abs(extract(epoch from clock_timestamp() - ${here}::timestamptz))::float8 as apart`,
  )
  const { moved, apart } = row!
  const far =
    apart > clocksApart
      ? [
          `l’horloge de cette machine et celle de PostgreSQL sont à plus de ${clocksApart / 60} minutes l’une de l’autre : réglez-les, sans quoi la base refuse ce que le service écrit`,
        ]
      : []
  if (!moved) return far
  return [
    ...far,
    'la base porte une autre horloge que celle de PostgreSQL (ctx.clock() ou secret.clock) : lancez « npm run migrate » ; si elle y est encore, cherchez qui l’a posée et vérifiez la trace (« npm run audit -- verify »)',
  ]
}

/**
 * A pooler in transaction mode gives two clients at rest the same connection.
 * Locks, temporary tables and LISTEN would then end up in another's hands.
 */
export const sharesConnections = async (url: string): Promise<boolean> => {
  const clients = [0, 1].map(() => new pg.Client({ connectionString: url, application_name: 'campagnes-check' }))
  try {
    const seen = new Set<number>()
    for (const client of clients) {
      client.on('error', () => {}) // the query under way fails, and says so
      await client.connect()
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
      seen.add(rows[0]!.pid)
    }
    return seen.size < clients.length
  } finally {
    await Promise.all(clients.map(client => client.end().catch(() => {})))
  }
}
