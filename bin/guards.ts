/**
 * Writes server/oversight/audit/guards.json from the schema, in a database of its own: what `npm run audit -- verify`
 * compares the guards of the trail with. A test fails when it is stale.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { guardsOf } from '../server/oversight/audit/guards.ts'
import { freshDatabase } from '../server/testing/database.ts'

const fresh = await freshDatabase()
const client = new pg.Client(fresh.ownerUrl)
await client.connect()
await client.query('begin')
const guards = await guardsOf(client)
await client.end()
await fresh.drop()
writeFileSync(
  fileURLToPath(new URL('../server/oversight/audit/guards.json', import.meta.url)),
  `${JSON.stringify(guards, null, 2)}\n`,
)
process.exit(0)
