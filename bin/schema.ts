/**
 * Writes database/schema.ts from the migrations, in a database of its own. A test fails when the file is stale, and
 * gives its own: `bin/schema.ts <owner url> <file>`.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freshDatabase } from '../server/platform/testing-database.ts'

const fresh = process.argv[2] ? undefined : await freshDatabase()
const url = process.argv[2] ?? fresh!.ownerUrl
const file = process.argv[3] ?? fileURLToPath(new URL('../database/schema.ts', import.meta.url))

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
    file,
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
