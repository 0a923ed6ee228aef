import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import pg from 'pg'
import type { Database } from './database.ts'

export const migrationsFolder = fileURLToPath(new URL('../../database/migrations', import.meta.url))

export interface Migration {
  readonly name: string
  readonly sql: string
  readonly sha256: string
}
/** The files of a folder in the order of their names, YYYYMMDD_HHMM_name.sql. */
export const readMigrations = (folder = migrationsFolder): Migration[] =>
  readdirSync(folder)
    .filter(f => f.endsWith('.sql'))
    .sort()
    .map(name => {
      if (!/^\d{8}_\d{4}_[a-z0-9_]+\.sql$/.test(name)) throw new Error(`${name} ne suit pas AAAAMMJJ_HHMM_nom.sql`)
      const sql = readFileSync(`${folder}/${name}`, 'utf8')
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    })

const applied = async (client: pg.ClientBase): Promise<Map<string, string>> => {
  const {
    rows: [table],
  } = await client.query("select to_regclass('public.schema_migrations') as name")
  if (table.name === null) return new Map()
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from public.schema_migrations',
  )
  return new Map(rows.map(r => [r.name, r.sha256]))
}

/** What this program ships and the database lacks. */
export const pendingMigrations = async (url: string, folder = migrationsFolder): Promise<string[]> => {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    const done = await applied(client)
    return readMigrations(folder)
      .filter(m => !done.has(m.name))
      .map(m => m.name)
  } finally {
    await client.end()
  }
}

/** The same, asked again and again: the files are read once, and the database through its pool. */
export const missingFrom = (database: Database, folder = migrationsFolder): (() => Promise<string[]>) => {
  const shipped = readMigrations(folder).map(m => m.name)
  return async () => {
    const done = new Set(
      (await database.all<{ name: string }>(sql`select name from schema_migrations`)).map(({ name }) => name),
    )
    return shipped.filter(name => !done.has(name))
  }
}

/**
 * Applies what is missing, as the owner; answers the names applied. Two runs at once are serialised by an advisory
 * lock. Each file in its own transaction, waiting for locks five seconds at most so that the service goes on (REL-6); a
 * file whose first line is `-- no transaction` runs outside one, its statements parted by lines `-- then` (PostgreSQL
 * would join them in one), and waits as long as it takes: `create index concurrently` holds nobody up.
 */
export const migrate = async (ownerUrl: string, folder = migrationsFolder): Promise<string[]> => {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'campagnes-migrations' })
  client.on('error', () => {})
  await client.connect()
  const names: string[] = []
  try {
    await client.query('select pg_advisory_lock(33002)')
    const migrations = readMigrations(folder)
    const done = await applied(client)
    for (const { name, sha256 } of migrations) {
      if (done.has(name) && done.get(name) !== sha256)
        throw new Error(`la migration ${name} a changé depuis qu’elle a été appliquée : écrivez-en une nouvelle`)
    }
    for (const [name] of done)
      if (!migrations.some(m => m.name === name))
        throw new Error(
          `la base porte la migration ${name}, que ce programme ne connaît pas : le programme est plus ancien que la base`,
        )
    await client.query(
      'create table if not exists public.schema_migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
    )
    await client.query('grant select on public.schema_migrations to cc_web, cc_worker')
    for (const { name, sql, sha256 } of migrations.filter(m => !done.has(m.name))) {
      const outside = sql.startsWith('-- no transaction')
      try {
        await client.query(outside ? 'set lock_timeout = 0' : "set lock_timeout = '5s'; begin")
        for (const part of outside ? sql.split(/^-- then$/m) : [sql]) await client.query(part)
        await client.query('insert into public.schema_migrations (name, sha256) values ($1, $2)', [name, sha256])
        if (!outside) await client.query('commit')
      } catch (error) {
        if (!outside) await client.query('rollback')
        throw new Error(`migration ${name} : ${(error as Error).message}`, { cause: error })
      }
      names.push(name)
    }
    return names
  } finally {
    await client.end()
  }
}
