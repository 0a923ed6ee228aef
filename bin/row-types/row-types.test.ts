import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { insertOrganisation } from '../../server/people-and-rights/organisations/testing.ts'
import { openDatabase } from '../../server/platform/database.ts'
import { freshDatabase } from '../../server/testing/database.ts'
import { callsIn } from './calls.ts'
import { compareAll, readAttributes } from './check.ts'
import type { Call } from './claims.ts'
import { knownFaults, unseenFaults } from './known.ts'
import { recorded } from './record.ts'
import * as asks from './testing-asks.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const file = 'bin/row-types/testing-asks.ts'
const isHere = (name: string) => name === file
let calls: Call[]
let house: Awaited<ReturnType<typeof freshDatabase>>
let client: pg.Client

before(async () => {
  calls = callsIn(root, `${root}server/tsconfig.json`, isHere)
  house = await freshDatabase()
  client = new pg.Client(house.superUrl)
  await client.connect()
  await insertOrganisation(client)
})
after(async () => {
  await client.end()
  await house.drop()
})

const found: readonly (readonly [keyof typeof asks, ...string[]])[] = [
  ['honest'],
  ['wrongName', 'id: the type does not have this column', 'identifier: no such column (there are id)'],
  ['oneTooMany', 'name: the type does not have this column'],
  ['sameNameTwice', 'two columns have one name'],
  [
    'wrongType',
    'day: PostgreSQL gives string, the type says Date',
    'names: PostgreSQL gives string[], the type says number[]',
    'siret: PostgreSQL gives number, the type says string',
    'sum: PostgreSQL gives string, the type says number',
  ],
  ['wrongWidth', 'name: PostgreSQL gives string, the type says string | number'],
  ['nullable', 'endsAt: conventions.ends_at may be NULL, the type excludes it'],
  ['observedNull', 'n: it was NULL, the type excludes it'],
  ['missingRow', 'id: it was NULL, the type excludes it'],
  ['neverNull', 'name: organisations.name is never NULL, the type says it may be'],
  ['perhapsNull'],
  ['nullInside', 'names[]: it was null, the type says string'],
  [
    'wrongInside',
    'at: PostgreSQL gives JSON, the type says Date',
    'place.code: it was number, the type says string',
    'place.of: the type does not have it',
    'place.on: it was missing, the type says it is there',
    'place.size: it was null, the type says number | undefined',
  ],
  ['builder'],
  ['builderWithTemplate', 'siret: PostgreSQL gives string, the type says number'],
  [
    'without',
    'createdAt: no such column (there are created_at, siret)',
    'created_at: the type does not have this column',
    'siret: PostgreSQL gives number, the type says string',
  ],
]

test('a statement is compared with the row type of its call: names, types, NULL, what JSON holds', async () => {
  const database = openDatabase(house.superUrl)
  const tx = await database.begin()
  const byName = new Map<string, (asked: never) => unknown>(Object.entries(asks))
  for (const [name] of found) await byName.get(name)!((name === 'without' ? client : tx) as never)
  await tx.rollback()
  // Without a transaction one waits for a connection first.
  await asks.wrongName(database)
  await database.close()

  const { faults, unseen } = compareAll(calls, recorded(), await readAttributes(house.superUrl), isHere)
  const at = (name: string) => `row-types/testing-asks.ts ${name}`
  for (const [name, ...wanted] of found)
    assert.deepEqual(
      faults.filter(fault => fault.place === at(name)).map(fault => fault.what),
      wanted,
      name,
    )
  assert.equal(faults.length, found.flatMap(([, ...wanted]) => wanted).length)
  assert.deepEqual(
    unseen.map(call => call.place),
    [at('neverAsked')],
  )
})

test('a statement that no test sends is listed, and only while it stands', () => {
  const call = (place: string): Call => ({ site: 'x.ts:1:1', place, camel: true, row: { kinds: [] } })
  const all = [call('a/x.ts seen'), call('a/x.ts listed'), call('b/x.ts new')]
  assert.deepEqual(unseenFaults(all, all.slice(1), [{ reason: 'why', places: ['a/x.ts listed', 'b/x.ts gone'] }]), [
    'x.ts:1:1 (b/x.ts new): no test sends this statement; bin/row-types/known.json would need a reason',
    'b/x.ts gone: to be taken off bin/row-types/known.json',
  ])
})

test('a column that takes NULL where the statement leaves none is listed, and NULL once seen is a fault', () => {
  const fault = (what: string) => ({ site: 'x.ts:1:1', place: 'a/x.ts one', what })
  const listed = [{ reason: 'why', places: ['a/x.ts one at', 'a/x.ts other at'] }]
  const may = fault('at: t.at may be NULL, the type excludes it')
  assert.deepEqual(knownFaults([may], listed, false), [])
  assert.deepEqual(knownFaults([may], listed, true), ['a/x.ts other at: to be taken off bin/row-types/known.json'])
  for (const what of ['on: t.on may be NULL, the type excludes it', 'at: it was NULL, the type excludes it'])
    assert.deepEqual(knownFaults([fault(what)], listed, false), [`x.ts:1:1 (a/x.ts one): ${what}`])
})
