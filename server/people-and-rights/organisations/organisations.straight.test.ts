import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite, rowsWritten, sightsOf } from '../../testing/parity.ts'
import { giveRole } from '../accounts/testing.ts'

let house: House
let own: string
let other: string
let people: Record<'one' | 'mate' | 'rgc' | 'foreign' | 'theirRgc' | 'cssi' | 'admin' | 'locked', Person>
before(async () => {
  house = await openHouse([])
  const operator = (await house.organisation({ kind: 'operateur' })).id
  ;[own, other] = [(await house.organisation()).id, (await house.organisation()).id]
  people = {
    one: await house.person(own),
    mate: await house.person(own),
    rgc: await house.person(own),
    foreign: await house.person(other),
    theirRgc: await house.person(other),
    cssi: await house.person(operator),
    admin: await house.person(operator),
    locked: await house.person(own, [], { secondFactor: null }),
  }
  const { rgc, theirRgc, cssi, admin } = people
  await giveRole(house.owner, rgc, 'rgc')
  await giveRole(house.owner, theirRgc, 'rgc')
  await giveRole(house.owner, cssi, 'cssi')
  await giveRole(house.owner, admin, 'administrateur')
})
after(() => house.close())

type Who = keyof typeof people
type Query = ReturnType<typeof sql>
const hashOf = (who: Who) => tokenHash(people[who].cookie.slice('session='.length))
const may = (who: Who, query: Query) => mayWrite(house.database, hashOf(who), query)
const written = (who: Who, query: Query) => rowsWritten(house.database, hashOf(who), query)
/** Who reads the row of `one`, and that of `foreign`, in a table that a test filled with both. */
const readers = async (table: string) => {
  const found: Record<'one' | 'foreign', Who[]> = { one: [], foreign: [] }
  for (const who of ['one', 'mate', 'rgc', 'foreign', 'theirRgc', 'cssi', 'admin'] as const) {
    const query = sql<{ id: string }>`select id from ${sql.table(table)}`
    const [sight] = await sightsOf(house.database, [hashOf(who)], query)
    for (const whose of ['one', 'foreign'] as const) if (sight!.ids.has(people[whose].id)) found[whose].push(who)
  }
  return found
}

test('SEC-6, ACC-11: whatever the application forgets, third parties are read in the structure and by who oversees, and written by its managers', async () => {
  await house.owner.query('delete from third_parties')
  for (const { id, organisationId } of [people.one, people.foreign])
    await house.owner.query(
      `insert into third_parties (id, organisation_id, kind, name, siret, capacity, starts_on, evidence, evidence_on,
        recorded_by, recorded_at)
        values ($1, $2, 'delegate', 'Tiers', 1, 'processor', '2026-01-01', 'Contrat', '2026-01-01', $1, now())`,
      [id, organisationId],
    )
  assert.deepEqual(await readers('third_parties'), {
    one: ['one', 'mate', 'rgc', 'cssi', 'admin'],
    foreign: ['foreign', 'theirRgc', 'cssi', 'admin'],
  })
  const declare = (who: Who, organisation = own, by = people[who].id) =>
    may(
      who,
      sql`insert into third_parties (id, organisation_id, kind, name, capacity, starts_on, evidence, evidence_on,
        recorded_by, recorded_at) values (${uuidv7()}, ${organisation}, 'delegate', 'Autre tiers', 'processor', '2026-01-01',
        'Contrat', '2026-01-01', ${by}, now())`,
    )
  assert.deepEqual([await declare('rgc'), await declare('mate'), await declare('rgc', other)], [true, false, false])
  assert.equal(await declare('rgc', own, people.one.id), false, 'in another’s name')
  const change = sql`update third_parties set version = 2`
  assert.deepEqual([await written('rgc', change), await written('mate', change)], [1, 0])
})

test('SEC-6, ACC-15: whatever the application forgets, agencies and what they serve are declared, renamed and withdrawn by the managers of the structure', async () => {
  await house.owner.query(
    'delete from grants where agency_id is not null; delete from agency_territories; delete from agencies',
  )
  await house.owner.query(`insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Région'),
    (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes') on conflict do nothing`)
  for (const { id, organisationId } of [people.one, people.foreign]) {
    await house.owner.query(`insert into agencies (id, organisation_id, name) values ($1, $2, 'Agence')`, [
      id,
      organisationId,
    ])
    await house.owner.query('insert into agency_territories (agency_id, territory_id) values ($1, 2033)', [id])
  }
  const declare = (who: Who, organisation = own) =>
    may(who, sql`insert into agencies (id, organisation_id, name) values (${uuidv7()}, ${organisation}, 'Autre')`)
  assert.deepEqual([await declare('rgc'), await declare('mate'), await declare('rgc', other)], [true, false, false])
  const rename = sql`update agencies set name = 'Renommée'`
  assert.deepEqual([await written('rgc', rename), await written('mate', rename)], [1, 0])
  const withdraw = sql`delete from agency_territories`
  assert.deepEqual([await written('rgc', withdraw), await written('mate', withdraw)], [1, 0])

  await house.owner.query('delete from organisation_territories where organisation_id = $1', [own])
  for (const territory of [1075, 2033])
    await house.owner.query(
      `insert into organisation_territories (id, organisation_id, territory_id, from_at, reason)
        values ($1, $2, $3, '2020-01-01', 'Essai')`,
      [uuidv7(), own, territory],
    )
  const free = uuidv7()
  await house.owner.query(`insert into agencies (id, organisation_id, name) values ($1, $2, 'Libre')`, [free, own])
  const serve = (who: Who, territory: number, agency = free) =>
    may(who, sql`insert into agency_territories (agency_id, territory_id) values (${agency}, ${territory})`)
  assert.deepEqual([await serve('rgc', 2033), await serve('mate', 2033)], [true, false])
  assert.equal(await serve('rgc', 2040), false, 'beyond the territories of the structure')
  assert.equal(await serve('rgc', 1075), false, 'a region')
  await house.owner.query('delete from agency_territories where agency_id = $1', [people.foreign.id])
  assert.equal(await serve('rgc', 2033, people.foreign.id), false, 'of another structure')
  await house.owner.query('delete from grants where account_id = $1', [people.rgc.id])
  await house.owner.query(
    `insert into grants (id, account_id, organisation_id, tool, profile, agency_id, reason, starts_on, granted_at)
      values ($1, $2, $3, 'campagnes', 'conseiller', $4, 'Essai', '2026-01-01', now())`,
    [uuidv7(), people.rgc.id, own, free],
  )
  assert.equal(await serve('rgc', 2033), false, 'by which one has a right')
  await house.owner.query('insert into agency_territories values ($1, 2033)', [free])
  assert.equal(await written('rgc', withdraw), 1, 'the one of before, not that by which one has a right')
})
