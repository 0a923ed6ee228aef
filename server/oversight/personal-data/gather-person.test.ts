import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { ownerTransaction } from '../../platform/database.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { keptTables, wordsOf } from './columns.ts'
import { type Gathered, gatherPerson } from './gather-person.ts'
import { type CatalogueColumn, catalogue, shownAbout } from './testing.ts'

let house: House
before(async () => {
  house = await openHouse([])
})
after(() => house.close())

const uuidOf = (words: string) =>
  createHash('md5')
    .update(words)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
const keysOf = (who: string) => ({
  account: [uuidOf(`${who} account`)],
  correspondent: [uuidOf(`${who} correspondent`)],
  contact: [uuidOf(`${who} contact`)],
  email: [`${who}@personne.example`],
})

/** A value of each type that says whose it is; what finds the row is the person's key. */
const madeFor = (who: 'une' | 'autre', { table, column, type }: CatalogueColumn, acting: boolean): unknown => {
  const kept = keptTables[table]!
  for (const find of kept.finds ?? []) {
    const [, how, at, from] = /^([a-z-]+):(\w+)(?:=(.+))?$/.exec(find)!
    if (at !== column || acting) continue
    if (how === 'through') return uuidOf(`${who} ${from}`)
    return keysOf(who)[how === 'account-subject' ? 'account' : (how as keyof ReturnType<typeof keysOf>)][0]
  }
  if (wordsOf(kept.acts).includes(column) && acting) return keysOf(who).account[0]
  const mark = `${who} ${table}.${column}${acting ? ' acting' : ''}`
  const [day, number] = who === 'une' ? ['2026-03-01', 11] : ['2026-04-01', 22]
  if (type === 'uuid') return uuidOf(mark)
  if (type === 'text') return mark
  if (type.startsWith('json')) return JSON.stringify({ mark })
  if (type === 'text[]') return [mark]
  if (type === 'uuid[]') return [uuidOf(mark)]
  if (type === 'bytea') return createHash('sha256').update(mark).digest()
  if (type === 'boolean') return true
  if (type === 'timestamp with time zone[]') return [`${day}T08:00:00Z`]
  if (type === 'date' || type.startsWith('timestamp without')) return day
  if (type.startsWith('timestamp')) return `${day}T08:00:00Z`
  if (type.startsWith('time')) return '08:00'
  if (type.endsWith('[]')) return [number]
  if (type === 'daterange') return `[${day},)`
  if (type === 'pg_snapshot') return '10:20:'
  return number + (acting ? 100 : 0)
}

test('PRI-2: of each table of the list, an export gives each column that tells of the person, and nothing of another', async () => {
  const there = (await catalogue(house.owner)).filter(({ table }) => keptTables[table])
  // Rows of every table, whatever they should rest on: their rules are put aside in this database alone.
  const { rows: rules } = await house.owner.query(
    `select conrelid::regclass::text as "table", quote_ident(conname) as name from pg_constraint
      where contype in ('c', 'f', 'x') and connamespace in ('public'::regnamespace, 'secret'::regnamespace)`,
  )
  const client = await house.owner.connect()
  for (const { table, name } of rules) await client.query(`alter table ${table} drop constraint ${name} cascade`)
  for (const table of Object.keys(keptTables)) {
    await client.query(`alter table ${table} disable trigger user`)
    const columns = there.filter(one => one.table === table && !one.generated && one.type !== 'xid8')
    const names = columns.map(({ column }) => `"${column}"`).join(', ')
    const rows = (['une', 'autre'] as const).flatMap(who => [
      ...(keptTables[table]!.finds ? [columns.map(column => madeFor(who, column, false))] : []),
      ...(keptTables[table]!.acts ? [columns.map(column => madeFor(who, column, true))] : []),
    ])
    for (const values of rows) {
      const places = values.map((_, at) => `$${at + 1}`).join(', ')
      await client
        .query(`insert into ${table} (${names}) overriding system value values (${places})`, values)
        .catch(error => assert.fail(`${table}: ${error.message} ${error.detail ?? ''}`))
    }
  }
  client.release()

  const gathered = await ownerTransaction(house.urls.ownerUrl, db => gatherPerson(db, keysOf('une')))
  const of = (table: string): Gathered | undefined => gathered.find(one => one.table === table)
  for (const [table, kept] of Object.entries(keptTables)) {
    const made = there.filter(one => one.table === table && !one.generated && one.type !== 'xid8')
    const shown = new Set(of(table)?.about.flatMap(row => Object.keys(row)))
    if (kept.finds) {
      assert.equal(of(table)?.about.length, 1, `${table}: the row on the person`)
      const missing = shownAbout(kept).filter(name => made.some(one => one.column === name) && !shown.has(name))
      assert.deepEqual(missing, [], `${table}: columns that are missing`)
    }
    if (kept.acts) assert.equal(of(table)?.acted.length, 1, `${table}: the row where the account acted`)
    const acted = of(table)?.acted.flatMap(row => Object.keys(row)) ?? []
    const words = [...wordsOf(kept.texts), ...wordsOf(kept.about)].filter(name => name !== 'id' && name !== 'siret')
    assert.deepEqual(
      acted.filter(name => words.includes(name)),
      [],
      `${table}: what others wrote, shown to who acted`,
    )
    for (const secret of wordsOf(kept.withheld)) assert.ok(!shown.has(secret) && !acted.includes(secret), secret)
  }
  const given = JSON.stringify(gathered.map(({ about, acted }) => [about, acted]))
  assert.doesNotMatch(given, /autre|2026-04-01/)
  for (const key of Object.values(keysOf('autre')).flat()) assert.ok(!given.includes(key), 'a key of another person')
})

test('PRI-2: an address finds no row that an account already names: it may be another person’s since', async () => {
  const keys = { ...keysOf('autre'), account: [uuidOf('parti')], correspondent: [], contact: [] }
  const gathered = await ownerTransaction(house.urls.ownerUrl, db => gatherPerson(db, keys))
  assert.deepEqual(
    gathered.map(({ table }) => table),
    [],
  )
})
