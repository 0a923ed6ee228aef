import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { freshDatabase, type TestDatabase } from '../testing/database.ts'

let database: TestDatabase
let client: pg.Client
before(async () => {
  database = await freshDatabase()
  client = new pg.Client(database.ownerUrl)
  await client.connect()
})
after(async () => {
  await client.end()
  await database.drop()
})

/** A call of each function of ours that a generated column, a default or an index rests on. */
const calls: Readonly<Record<string, string>> = {
  'ctx.account': 'ctx.account()',
  'extensions.gen_random_bytes': 'extensions.gen_random_bytes(1)',
  'public.establishment_search': `public.establishment_search(2033, 'Boulangerie', '12 rue des Graves', '{=a}')`,
  'public.legal_nature': `public.legal_nature('5710')`,
  'public.search_words': `public.search_words('Boulangerie')`,
}

test('REL-3: a logical copy fills its tables again: what a column or an index rests on needs no search path', async () => {
  const { rows } = await client.query<{ name: string }>(`
    select distinct n.nspname || '.' || p.proname as name from pg_depend d join pg_proc p on p.oid = d.refobjid
      join pg_namespace n on n.oid = p.pronamespace
    where d.refclassid = 'pg_proc'::regclass and d.classid in ('pg_attrdef'::regclass, 'pg_class'::regclass)
      and n.nspname <> 'pg_catalog' order by 1`)
  assert.deepEqual(
    rows.map(({ name }) => name),
    Object.keys(calls),
  )
  // As pg_restore does.
  await client.query(`select set_config('search_path', '', false)`)
  for (const call of Object.values(calls)) await client.query(`select ${call}`)
})
