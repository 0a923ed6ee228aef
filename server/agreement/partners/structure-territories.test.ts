import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { insertConvention, layCeiling } from '../../people-and-rights/organisations/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { conventions } from '../conventions/index.ts'
import { withRoles } from '../conventions/testing.ts'
import { partners } from './index.ts'

let house: House
let sylvie: Person // regional direction of Nouvelle-Aquitaine
let other: Person // of Occitanie
before(async () => {
  house = await openHouse([...conventions, ...partners])
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (1076, 'region', '76', 'Occitanie'),
      (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes'),
      (2031, 'departement', '31', 'Haute-Garonne')`,
  )
  await house.owner.query('insert into territory_contents values (2033, 1075), (2040, 1075), (2031, 1076)')
  const operator = (await house.organisation({ kind: 'operateur' })).id
  sylvie = await withRoles(house, operator, { region: 1075 })
  other = await withRoles(house, operator, { region: 1076 })
})
after(() => house.close())

/** `sent`: false for one whose convention is still prepared, where territories are added without an amendment. */
const partner = async (ceiling: number[] = [], sent = true) => {
  const { id } = await house.organisation()
  await house.owner.query('delete from organisation_territories where organisation_id = $1', [id])
  await house.owner.query('delete from conventions where organisation_id = $1', [id])
  await layCeiling(house.owner, id, ceiling)
  await insertConvention(house.owner, id)
  const {
    rows: [convention],
  } = await house.owner.query('update conventions set region_id = 1075 where organisation_id = $1 returning id', [id])
  if (!sent) await house.owner.query('update conventions set effective_from = null where id = $1', [convention.id])
  const [rgc, advisor] = [await house.person(id), await house.person(id, [{ territoryId: 2033 }])]
  await giveRole(house.owner, rgc, 'rgc')
  return { id, convention: convention.id as string, rgc, advisor }
}
const reading = async (convention: string, who = sylvie) =>
  (await house.call(who, 'GET', `/conventions/${convention}/territories`)).body
/** `version`: the one read, the present one unless told. */
const settle = async (
  who: Person | null,
  convention: string,
  territories: unknown,
  reason = 'Convention, article 3',
  version?: number,
) =>
  house.call(
    who,
    'PUT',
    `/conventions/${convention}/territories`,
    { territories, reason },
    { ...once(), 'if-match': `"${version ?? (await reading(convention)).version}"` },
  )
const opens = async (person: Person) =>
  (await house.owner.query('select territory_id from ctx.effective_grants($1, ctx.clock())', [person.id])).rows.map(
    r => r.territory_id,
  )

test('ACC-15: the regional direction sets the territories of a structure: its rights open from that instant, and no more once one is taken away; told, dated, in the trail', async () => {
  const { id, convention, rgc, advisor } = await partner()
  assert.deepEqual(await opens(advisor), [])
  const first = await settle(sylvie, convention, [2033, 2040])
  assert.deepEqual(
    [first.status, first.body.territories.map((t: any) => [t.name, t.setBy.id, t.reason]), first.body.told.mails],
    [
      200,
      [
        ['Gironde', sylvie.id, 'Convention, article 3'],
        ['Landes', sylvie.id, 'Convention, article 3'],
      ],
      1,
    ],
  )
  assert.deepEqual(await opens(advisor), [2033])
  const less = await settle(sylvie, convention, [2040], 'Avenant 1')
  assert.deepEqual(
    less.body.past.map((p: any) => [p.territory.name, p.endedBy.id, p.reason]),
    [['Gironde', sylvie.id, 'Avenant 1']],
  )
  assert.deepEqual(await opens(advisor), [])
  assert.deepEqual(
    (await house.owner.query('select h.missing from ctx.held_grants($1, ctx.clock()) h', [advisor.id])).rows,
    [{ missing: ['perimeter'] }],
  )
  assert.deepEqual(
    (
      await house.owner.query(
        `select to_account_id from mails where kind = 'structure-territories' and about_id = $1`,
        [convention],
      )
    ).rows.map(r => r.to_account_id),
    [rgc.id, rgc.id],
  )
  assert.deepEqual(
    (
      await house.owner.query(
        `select subject_id from audit_entries where action = 'structure.territories-settled' and subject_id = $1`,
        [id],
      )
    ).rows.length,
    2,
  )
  const read = await house.call(rgc, 'GET', `/conventions/${convention}/territories`)
  assert.deepEqual([read.body.territories.map((t: any) => t.id), read.body.allowed], [[2040], []])
})
test('API-4, ACC-15: of two directors who settle from one reading, the second is refused with what stands, and closes nothing', async () => {
  const { id, convention } = await partner([2040], false)
  const colleague = await withRoles(house, sylvie.organisationId, { region: 1075 })
  const { version, territories } = await reading(convention)
  assert.deepEqual(
    [territories.map((t: any) => t.id), (await reading(convention, colleague)).version],
    [[2040], version],
  )
  const first = await settle(sylvie, convention, [2040, 2033], 'Avenant 1', version)
  assert.deepEqual([first.status, first.headers.etag], [200, `"${version + 1}"`])
  const second = await settle(colleague, convention, [2040, 1075], 'Avenant 2', version)
  assert.deepEqual([second.status, second.body.code], [412, 'request/changed-meanwhile'])
  assert.deepEqual(second.body.current, await reading(convention, colleague))
  assert.deepEqual(second.body.current.territories.map((t: any) => t.id).sort(), [2033, 2040])
  const { rows } = await house.owner.query(
    'select territory_id as id from organisation_territories where organisation_id = $1 and until_at is null order by 1',
    [id],
  )
  assert.deepEqual(rows, [{ id: 2033 }, { id: 2040 }], 'what the first opened stands')
  // From what stands, both at once: one is taken.
  const now = second.body.current.version
  const both = await Promise.all([
    settle(sylvie, convention, [2040], 'Avenant 3', now),
    settle(colleague, convention, [2033], 'Avenant 3', now),
  ])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 412])
  assert.equal((await reading(convention)).version, now + 1, 'closed alone, it is another version too')
  const blind = await house.call(sylvie, 'PUT', `/conventions/${convention}/territories`, {
    territories: [],
    reason: 'x',
  })
  assert.deepEqual([blind.status, blind.body.code], [428, 'request/if-match-required'])
})
test('ACC-15: what lies in another region, the whole country, an unknown territory or no change are refused; a territory of another region already there stays', async () => {
  const { convention } = await partner([2031, 2033], false)
  for (const [territories, code] of [
    [[2033, 2031, 1076], 'territory/beyond-region'],
    [[0], 'territory/beyond-region'],
    [[9], 'territory/unknown'],
    [[2033, 2031], 'structure/territories-unchanged'],
    [[2033], 'structure/territories-unchanged'],
  ] as const)
    assert.equal((await settle(sylvie, convention, territories)).body.code, code, String(territories))
  assert.deepEqual(
    (await settle(sylvie, convention, [1075])).body.territories.map((t: any) => t.id).sort(),
    [1075, 2031],
    'the region itself may be set',
  )
  for (const wrong of [[2033, 2033], ['2033'], null, Array.from({ length: 201 }, (_, n) => 2001 + n)])
    assert.equal((await settle(sylvie, convention, wrong)).status, 400)
  assert.equal((await settle(sylvie, convention, [2033], ' ')).status, 400)
})
test('ACC-15: another region’s direction, the structure itself, nobody: refused; a stranger does not see them', async () => {
  const { convention, rgc } = await partner([2033])
  const stranger = await house.person((await house.organisation()).id)
  assert.deepEqual(
    [
      (await settle(other, convention, [2040])).status,
      (await settle(rgc, convention, [2040])).body.code,
      (await settle(null, convention, [2040])).status,
    ],
    [404, 'access/role-required', 401],
  )
  assert.deepEqual(
    [
      (await house.call(stranger, 'GET', `/conventions/${convention}/territories`)).status,
      (await house.call(other, 'GET', `/conventions/${convention}/territories`)).status,
    ],
    [404, 404],
  )
})
test('SEC-6, ACC-15: the database lets only the regional direction of a convention write, within its region, in its own name, and reads as conventions are read', async () => {
  const { id, rgc } = await partner([2033], false)
  const stranger = await house.person((await house.organisation()).id)
  const as = async (who: Person, statement: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await tx.run(statement)
    } finally {
      await tx.rollback()
    }
  }
  const add = (territory: number, by: Person, of = id) =>
    sql`insert into organisation_territories (id, organisation_id, territory_id, from_at, set_by, reason)
      values (${uuidv7()}, ${of}, ${territory}, now(), ${by.id}, 'essai')`
  assert.equal(await as(sylvie, add(2040, sylvie)), 1)
  for (const [who, statement] of [
    [rgc, add(2040, rgc)],
    [other, add(2031, other)],
    [sylvie, add(2031, sylvie)],
    [sylvie, add(0, sylvie)],
    [sylvie, add(2040, other)],
    [sylvie, add(2040, sylvie, stranger.organisationId)],
    [stranger, add(2040, stranger, stranger.organisationId)],
  ] as const)
    await assert.rejects(as(who, statement), /row-level security/)
  const close = (by: Person) =>
    sql`update organisation_territories set until_at = now(), ended_by = ${by.id}, end_reason = 'essai'
      where organisation_id = ${id}`
  assert.deepEqual(
    [
      await as(sylvie, close(sylvie)),
      await as(rgc, close(rgc)),
      await as(other, close(other)),
      await as(stranger, close(stranger)),
    ],
    [1, 0, 0, 0],
  )
  await assert.rejects(as(sylvie, close(rgc)), /row-level security/)
  await layCeiling(house.owner, id, [2031])
  const ended = (region: Person, territory: number) => as(region, sql`${close(region)} and territory_id = ${territory}`)
  assert.deepEqual(
    [await ended(sylvie, 2031), await ended(sylvie, 2033)],
    [0, 1],
    'of a partner of two regions, a direction ends what lies in its own',
  )
  const counted = async (who: Person) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return (await tx.first(
        sql<{ n: number }>`select count(*)::int as n from organisation_territories where organisation_id = ${id}`,
      ))!.n
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(
    [await counted(rgc), await counted(sylvie), await counted(other), await counted(stranger)],
    [2, 2, 0, 0],
  )
})
