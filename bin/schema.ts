/**
 * Writes database/schema.ts and database/schema.sql from the schema, in a database of its own, and the digests of new
 * migrations. A test fails when they are stale, and gives its own database: `bin/schema.ts <owner url> <folder>`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { freshDatabase } from '../server/testing/database.ts'
import { withMissing } from './landed.ts'
import { schemaText } from './schema-text.ts'

const fresh = process.argv[2] ? undefined : await freshDatabase()
const url = process.argv[2] ?? fresh!.ownerUrl
const folder = process.argv[3] ?? fileURLToPath(new URL('../database', import.meta.url))

const client = new pg.Client(url)
await client.connect()
writeFileSync(join(folder, 'schema.sql'), await schemaText(client))
await client.end()

if (fresh) {
  const list = join(folder, 'landed.sha256')
  const files = readdirSync(join(folder, 'migrations'))
  const migrations = Object.fromEntries(
    files.map(name => [name, readFileSync(join(folder, 'migrations', name), 'utf8')]),
  )
  writeFileSync(list, withMissing(existsSync(list) ? readFileSync(list, 'utf8') : '', migrations))
}

const { status } = spawnSync(
  process.execPath,
  [
    fileURLToPath(new URL('../node_modules/kysely-codegen/dist/cli/bin.js', import.meta.url)),
    '--url',
    url,
    '--dialect',
    'postgres',
    '--camel-case',
    '--date-parser',
    'string',
    '--out-file',
    join(folder, 'schema.ts'),
    '--default-schema',
    'public',
    '--include-pattern',
    'public.*',
    '--type-mapping',
    JSON.stringify({
      int8: 'number',
      timestamptz: 'Date',
      timestamp: 'Date',
      tsvector: 'string',
      bytea: 'Buffer',
      time: 'string',
      daterange: 'string',
      xid8: 'string',
    }),
  ],
  { stdio: 'inherit' },
)
await fresh?.drop()
process.exit(status ?? 1)
