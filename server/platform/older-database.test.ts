import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import pg from 'pg'
import { schemaText } from '../../bin/schema-text.ts'
import { freshDatabase, schemaFolder, type TestDatabase } from '../testing/database.ts'
import { root, text } from '../testing/sources.ts'
import { migrate } from './migrations.ts'

/** The first landed database: its rules as they stood, and rows of its demonstration. Its migrations are today's first. */
interface Older {
  readonly commit: string
  readonly migrations: readonly string[]
  readonly functions: Readonly<Record<string, string>>
  readonly policies: Readonly<Record<string, string>>
  readonly rows: Readonly<Record<string, readonly Row[]>>
}
type Row = Readonly<Record<string, unknown>>
const older: Older = JSON.parse(
  brotliDecompressSync(readFileSync(join(root, 'database/older/f1f589d.json.br'))).toString('utf8'),
)

let base: TestDatabase
const name = () => `${base.name}_older`
const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name()}` }).href
const clients: pg.Client[] = []
const client = async (url: string) => {
  const opened = new pg.Client(url)
  await opened.connect()
  clients.push(opened)
  return opened
}
before(async () => {
  base = await freshDatabase()
  const server = await client(base.superUrl)
  await server.query(`create database ${name()} owner cc_owner`)
  await server.query(`alter database ${name()} set search_path = public, extensions`)
  await (await client(at(base.superUrl))).query(text('database/roles.sql'))
})
after(async () => {
  const [server, ...others] = clients
  for (const other of others) await other.end()
  await server?.query(`drop database if exists ${name()} with (force)`)
  await server?.end()
  await base?.drop()
})

/** Lays the rows as they were, whatever refers to what. */
const layRows = async (owner: pg.Client): Promise<void> => {
  await owner.query('set session_replication_role = replica')
  for (const [table, rows] of Object.entries(older.rows)) {
    const { rows: columns } = await owner.query<{ name: string }>(
      `select quote_ident(attname) as name from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [table],
    )
    const list = columns.map(column => column.name).join(', ')
    await owner.query(`delete from ${table}`)
    await owner.query(
      `insert into ${table} (${list}) overriding system value
      select ${list} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [JSON.stringify(rows)],
    )
  }
  await owner.query('set session_replication_role = origin')
}
const rowsOf = async (owner: pg.Client, table: string): Promise<readonly Row[]> =>
  (await owner.query<{ row: Row }>(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`)).rows.map(
    ({ row }) => row,
  )
/** The columns of the first database that are not compared with those of today, and why. */
const leftOut: Readonly<Record<string, string>> = {
  'public.establishments.name': 'generated: PostgreSQL works it out anew, from columns that are compared',
  'public.establishments.name_key': 'generated: PostgreSQL works it out anew, from columns that are compared',
  'public.establishments.partial_diffusion': 'generated: PostgreSQL works it out anew, from columns that are compared',
  'public.establishments.search': 'generated: PostgreSQL works it out anew, by the words of today',
  'public.target_assignments.kept': 'dropped by 20261128_0001_shared_in_parts.sql, which says it by « undone »',
}
/** What PostgreSQL works out anew. */
const generatedColumns = async (owner: pg.Client, table: string): Promise<readonly string[]> =>
  (
    await owner.query<{ attname: string }>(
      `select attname from pg_attribute where attrelid = $1::regclass and attgenerated <> ''`,
      [table],
    )
  ).rows.map(({ attname }) => attname)

test('REL-6: the first landed database, with its rows, goes up to this program: the schema of a new one, nothing lost', {
  timeout: 120_000,
}, async () => {
  const migrations = Object.fromEntries(older.migrations.map(file => [file, text(join('database/migrations', file))]))
  assert.equal(older.migrations.length, 19)
  await migrate(at(base.ownerUrl), schemaFolder({ migrations, functions: older.functions, policies: older.policies }))
  const owner = await client(at(base.superUrl))
  await layRows(owner)
  const had = new Map<string, readonly Row[]>()
  for (const table of Object.keys(older.rows)) had.set(table, await rowsOf(owner, table))
  const count = [...had.values()].reduce((sum, rows) => sum + rows.length, 0)
  assert.ok(had.size > 60 && count > 2_000, `${had.size} tables, ${count} rows`)

  await migrate(at(base.ownerUrl))
  assert.equal(await schemaText(owner), text('database/schema.sql'), 'the schema of a new database')
  const lost: string[] = []
  const apart: string[] = []
  for (const [table, before] of had) {
    const now = await rowsOf(owner, table)
    const generated = await generatedColumns(owner, table)
    const had = Object.keys(before[0]!)
    const columns = had.filter(column => column in (now[0] ?? {}) && !generated.includes(column))
    apart.push(...had.filter(column => !columns.includes(column)).map(column => `${table}.${column}`))
    const said = (row: Row) => JSON.stringify(columns.map(column => row[column]))
    const kept = new Set(now.map(said))
    const gone = before.filter(row => !kept.has(said(row)))
    if (gone.length > 0 || now.length < before.length) lost.push(`${table}: ${gone.length} of ${before.length} rows`)
  }
  assert.deepEqual(lost, [])
  assert.deepEqual(apart.sort(), Object.keys(leftOut).sort(), 'columns that are not compared: mend, or say why')
  for (const [column, why] of Object.entries(leftOut)) assert.ok(why.length > 20, column)
})
