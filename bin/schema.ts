/** Writes database/schema.ts from a migrated database: `node bin/run.mjs bin/schema.ts <owner url> [file]`. A test fails when it is stale. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const url = process.argv[2]
const file = process.argv[3] ?? fileURLToPath(new URL('../database/schema.ts', import.meta.url))
if (!url) throw new Error('the address of a migrated database is missing')

const { status } = spawnSync(process.execPath, [
  fileURLToPath(new URL('../node_modules/kysely-codegen/dist/cli/bin.js', import.meta.url)),
  '--url', url, '--dialect', 'postgres', '--camel-case', '--date-parser', 'string', '--out-file', file, '--default-schema', 'public', '--include-pattern', 'public.*',
  '--type-mapping', JSON.stringify({ int8: 'number', timestamptz: 'Date', timestamp: 'Date', tsvector: 'string', bytea: 'Buffer', time: 'string', daterange: 'string', xid8: 'string' }),
], { stdio: 'inherit' })
process.exit(status ?? 1)
