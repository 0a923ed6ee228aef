import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import pg from 'pg'
import { appliedDigests, applyRepeatables } from './apply-repeatables.ts'
import type { Database } from './database.ts'
import { sha256Hex } from './digest.ts'
import { type Repeatable, readRepeatables } from './repeatables.ts'

/** database/: migrations/, functions/ and policies/. */
const databaseFolder = fileURLToPath(new URL('../../database', import.meta.url))
/** How what functions/ and policies/ hold is named beside the migrations. */
export const rulesName = 'database/functions, database/policies'

export interface Migration {
  readonly name: string
  readonly sql: string
  readonly sha256: string
}
/** What a program ships; the digest is of the migrations too, for each may take a policy or a function away. */
export interface Schema {
  readonly migrations: readonly Migration[]
  readonly repeatables: readonly Repeatable[]
  readonly sha256: string
}

export const readSchema = (folder = databaseFolder): Schema => {
  const migrations = readMigrations(`${folder}/migrations`)
  const repeatables = readRepeatables(folder)
  const sha256 = sha256Hex(JSON.stringify([migrations.map(m => m.sha256), repeatables.map(r => r.sql)]))
  return { migrations, repeatables, sha256 }
}

/** The files of a folder in the order of their names, YYYYMMDD_HHMM_name.sql. */
const readMigrations = (folder: string): Migration[] =>
  !existsSync(folder)
    ? []
    : readdirSync(folder)
        .filter(f => f.endsWith('.sql'))
        .sort()
        .map(name => {
          if (!/^\d{8}_\d{4}_[a-z0-9_]+\.sql$/.test(name)) throw new Error(`${name} ne suit pas AAAAMMJJ_HHMM_nom.sql`)
          const sql = readFileSync(`${folder}/${name}`, 'utf8')
          return { name, sql, sha256: sha256Hex(sql) }
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

/**
 * An older program goes on with a newer database: its own functions and policies were applied once, and others followed.
 * A newer program waits until its own are.
 */
const missing = (shipped: Schema, names: ReadonlySet<string>, digests: readonly string[]): string[] => {
  const pending = shipped.migrations.filter(m => !names.has(m.name)).map(m => m.name)
  return pending.length === 0 && !digests.includes(shipped.sha256) ? [rulesName] : pending
}

/** What this program ships and the database lacks. */
export const pendingMigrations = async (url: string, folder = databaseFolder): Promise<string[]> => {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    const done = await applied(client)
    const {
      rows: [table],
    } = await client.query("select to_regclass('public.schema_repeatables') as name")
    const digests = table.name === null ? [] : (await client.query<{ sha256: string }>(appliedDigests)).rows
    return missing(
      readSchema(folder),
      new Set(done.keys()),
      digests.map(d => d.sha256),
    )
  } finally {
    await client.end()
  }
}

/** The same, asked again and again: the files are read once, and the database through its pool. */
export const missingFrom = (database: Database, folder = databaseFolder): (() => Promise<string[]>) => {
  const shipped = readSchema(folder)
  return async () => {
    const [done, digests] = await Promise.all([
      database.all<{ name: string }>(sql`select name from schema_migrations`),
      database.all<{ sha256: string }>(sql.raw(appliedDigests)),
    ])
    return missing(
      shipped,
      new Set(done.map(({ name }) => name)),
      digests.map(d => d.sha256),
    )
  }
}

/**
 * Applies the missing migrations as the owner, and answers their names. An advisory lock serialises two runs.
 * Each file has its own transaction, and waits five seconds at most for locks: the service goes on (REL-6).
 * A file that begins with `-- no transaction` runs outside one; lines `-- then` part its statements.
 * PostgreSQL would join them in one otherwise.
 * It waits as long as it takes: `create index concurrently` holds nobody up.
 * Functions, policies and rights follow, in one transaction more (apply-repeatables.ts).
 */
export const migrate = async (ownerUrl: string, folder = databaseFolder): Promise<string[]> => {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'campagnes-migrations' })
  client.on('error', () => {})
  await client.connect()
  const names: string[] = []
  try {
    await client.query('select pg_advisory_lock(33002)')
    const { migrations, repeatables, sha256: digest } = readSchema(folder)
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
    const changed = await applyRepeatables(client, repeatables, digest).catch(error => {
      throw new Error(`${rulesName} : ${(error as Error).message}`, { cause: error })
    })
    return changed && repeatables.length > 0 ? [...names, rulesName] : names
  } finally {
    await client.end()
  }
}
