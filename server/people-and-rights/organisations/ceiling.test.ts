import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { territories } from '../../territory-and-register/territories/index.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { grants } from '../grants/index.ts'
import { people } from '../people/index.ts'
import { reviews } from '../reviews/index.ts'
import { layCeiling } from './testing.ts'

let house: House
let own: string
let rgc: Person
const grant = {
  tool: 'campagnes',
  profile: 'conseiller',
  purpose: 'prospection',
  reason: 'Prospection de la task force',
}
const give = (to: Person, perimeter: object) =>
  house.call(rgc, 'POST', `/habilitations/people/${to.id}/grants`, { ...grant, perimeter })
const ask = (who: Person, perimeter: object) =>
  house.call(who, 'POST', '/habilitations/requests', { ...grant, perimeter })
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const inside = uuidv7()
const beyond = uuidv7()

/**
 * Gironde is the structure's; Cœur de Gironde lies in it, the CLPE of the border only overlaps it, the Landes are
 * elsewhere.
 */
before(async () => {
  house = await openHouse([...people, ...grants, ...reviews, ...territories])
  await house.owner.query(`insert into territories (id, kind, code, name)
    values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (2033, 'departement', '33', 'Gironde'),
    (2040, 'departement', '40', 'Landes'),
    (10001, 'clpe', 'CLPE33002', 'Cœur de Gironde'), (10002, 'clpe', 'CLPE33009', 'Confins')`)
  await house.owner.query(
    'insert into territory_contents values (2033, 1075), (2040, 1075), (10001, 2033), (10001, 1075), (10002, 1075)',
  )
  await house.owner.query('insert into territory_overlaps values (10002, 2033), (2033, 10002)')
  own = (await house.organisation()).id
  await house.owner.query('delete from organisation_territories where organisation_id = $1', [own])
  await layCeiling(house.owner, own, [2033])
  rgc = await house.person(own)
  await giveRole(house.owner, rgc, 'rgc')
  for (const [id, serves] of [
    [inside, [10001, 2033]],
    [beyond, [10001, 2040]],
  ] as const) {
    await house.owner.query(`insert into agencies (id, organisation_id, name) values ($1, $2, 'Agence')`, [id, own])
    for (const t of serves) await house.owner.query('insert into agency_territories values ($1, $2)', [id, t])
  }
})
after(() => house.close())

const outside = [
  { territoryId: 0 },
  { territoryId: 1075 },
  { territoryId: 2040 },
  { territoryId: 10002 },
  { agencyId: beyond },
]
test('ACC-15, ACC-2: a grant given, changed or asked lies within the territories of the structure, all of its agency too; what only overlaps them does not', async () => {
  const to = await house.person(own)
  for (const perimeter of outside) {
    assert.deepEqual(
      [(await give(to, perimeter)).status, (await give(to, perimeter)).body.code],
      [422, 'territory/beyond-structure'],
      JSON.stringify(perimeter),
    )
    assert.equal((await ask(to, perimeter)).body.code, 'territory/beyond-structure', JSON.stringify(perimeter))
  }
  assert.deepEqual(await rows('select from grants where account_id = $1', [to.id]), [])
  const given = await give(to, { territoryId: 10001 })
  assert.deepEqual([given.status, given.body.grants[0].missing], [200, []])
  assert.equal((await give(to, { agencyId: inside })).status, 200)
  const change = await house.call(rgc, 'POST', `/habilitations/grants/${given.body.grants[0].id}/change`, {
    profile: 'consultation',
    perimeter: { territoryId: 1075 },
    purpose: 'suivi',
    reason: 'essai',
  })
  assert.equal(change.body.code, 'territory/beyond-structure')
  assert.equal(
    (await rows('select from grants where account_id = $1 and revoked_at is null', [to.id])).length,
    2,
    'what was held stays',
  )
})
test('ACC-15: a request made before the territories were reduced is not accepted any more', async () => {
  await layCeiling(house.owner, own, [2040])
  const who = await house.person(own)
  const { id } = (await ask(who, { territoryId: 2040 })).body
  await house.owner.query(
    'update organisation_territories set until_at = now() where organisation_id = $1 and territory_id = 2040',
    [own],
  )
  assert.equal(
    (await house.call(rgc, 'POST', `/habilitations/requests/${id}/decision`, { decision: 'accepted', reason: 'oui' }))
      .body.code,
    'territory/beyond-structure',
  )
  assert.equal(
    (
      await house.call(rgc, 'POST', `/habilitations/requests/${id}/decision`, {
        decision: 'refused',
        reason: 'hors de nos territoires',
      })
    ).status,
    200,
  )
})
test('ACC-15, ACC-12: held beyond, a grant opens nothing, and the person is told which term is missing', async () => {
  const who = await house.person(own, [{ territoryId: 2040 }, { territoryId: null, agencyId: beyond }])
  const page = (await house.call(rgc, 'GET', `/habilitations/people/${who.id}`)).body
  assert.deepEqual(
    page.grants.map((g: any) => g.missing),
    [['perimeter'], ['perimeter']],
  )
  assert.deepEqual(await rows('select from ctx.effective_grants($1, ctx.clock())', [who.id]), [])
})
test('ACC-15, ACC-8: a review ends what lies beyond, and does not make it follow itself reduced', async () => {
  const who = await house.person(own, [{ territoryId: 2040 }])
  const { id } = (await house.call(rgc, 'POST', '/reviews')).body
  const lines = (await house.call(rgc, 'GET', `/reviews/${id}/lines?limit=200`)).body.items
  const line = lines.find((l: any) => l.person.id === who.id && l.grant)
  const decide = (decision: object) =>
    house.call(rgc, 'POST', `/reviews/${id}/decisions`, {
      lineIds: [line.id],
      reason: 'Hors de nos territoires',
      ...decision,
    })
  assert.equal(
    (await decide({ decision: 'reduce', toProfile: 'consultation' })).body.code,
    'territory/beyond-structure',
  )
  assert.equal((await decide({ decision: 'delete' })).status, 200)
})
test('ACC-15: only what lies inside is proposed: territories, and agencies', async () => {
  const found = (await house.call(rgc, 'GET', '/territories?own=true&limit=50')).body.items.map((t: any) => t.id).sort()
  assert.deepEqual(found, [10001, 2033])
  const { territories: mine, agencies } = (await house.call(rgc, 'GET', '/habilitations/perimeters')).body
  assert.deepEqual([mine.map((t: any) => t.name), agencies.map((a: any) => a.id)], [['Gironde'], [inside]])
})
test('SEC-6, ACC-15: whatever the application forgets, the database takes no grant nor request beyond the territories of the structure', async () => {
  const to = await house.person(own)
  const write = async (as: Person, statement: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(as.cookie.slice('session='.length)))
      return await tx.run(statement)
    } finally {
      await tx.rollback()
    }
  }
  const giving = (
    territory: number | null,
    agency: string | null,
  ) => sql`insert into grants (id, account_id, organisation_id, tool, profile, territory_id, agency_id, reason,
    starts_on, granted_by, granted_at)
    values (${uuidv7()}, ${to.id}, ${own}, 'campagnes', 'conseiller', ${territory}, ${agency}, 'essai', '2026-01-01',
      ${rgc.id}, now())`
  const asking = (
    territory: number | null,
    agency: string | null,
  ) => sql`insert into grant_requests (id, account_id, organisation_id, asked_by, asked_at, tool, profile, territory_id,
    agency_id, purpose, reason)
    values (${uuidv7()}, ${to.id}, ${own}, ${to.id}, now(), 'campagnes', 'conseiller', ${territory}, ${agency}, 'suivi',
      'essai')`
  for (const [territory, agency] of [
    [2033, null],
    [10001, null],
    [null, inside],
  ] as const)
    assert.deepEqual([await write(rgc, giving(territory, agency)), await write(to, asking(territory, agency))], [1, 1])
  for (const [territory, agency] of [
    [0, null],
    [1075, null],
    [2040, null],
    [10002, null],
    [null, beyond],
  ] as const) {
    await assert.rejects(write(rgc, giving(territory, agency)), /row-level security/)
    await assert.rejects(write(to, asking(territory, agency)), /row-level security/)
  }
})
test('ACC-15: territories prepared for a convention in a second region take no grant before it takes effect; they do from that instant, and a grant of the first region goes on', async () => {
  const to = await house.person(own)
  await rows(`insert into territories (id, kind, code, name)
    values (1076, 'region', '76', 'Occitanie'), (2031, 'departement', '31', 'Haute-Garonne')`)
  await rows('insert into territory_contents values (2031, 1076)')
  const id = uuidv7()
  await rows(
    `insert into conventions (id, number, organisation_id, region_id, created_at)
      select $1, number || '-2', organisation_id, 1076, created_at from conventions where organisation_id = $2`,
    [id, own],
  )
  await layCeiling(house.owner, own, [2031])
  for (const ask of [
    give,
    (who: Person, where: object) => house.call(who, 'POST', '/habilitations/requests', { ...grant, perimeter: where }),
  ])
    assert.equal((await ask(to, { territoryId: 2031 })).body.code, 'territory/beyond-structure')
  assert.equal((await give(to, { territoryId: 2033 })).status, 200)
  await rows('update conventions set ends_at = now() where organisation_id = $1 and id <> $2', [own, id])
  await rows('update conventions set sent_at = now(), effective_from = now() where id = $1', [id])
  // The deed and the certificate of the account manager are of the new convention too.
  for (const table of ['rgc_deeds', 'rgc_certificates'])
    await rows(`update ${table} set convention_id = $1 where organisation_id = $2`, [id, own])
  const given = await give(to, { territoryId: 2031 })
  assert.deepEqual([given.status, given.body.grants?.[0].missing], [200, []])
})
