import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { places } from '../campaigns/testing-world.ts'
import { registerMoves } from './index.ts'
import { openWorld, siretIn } from './testing.ts'

let house: House
let world: Awaited<ReturnType<typeof openWorld>>
let ines: Person
let stranger: Person
before(async () => {
  house = await openHouse(registerMoves)
  world = await openWorld(house)
  const works = [
    { profile: 'pilote', territoryId: places.gironde },
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: places.gironde },
  ] as const
  ines = await house.person((await house.organisation()).id, [...works])
  stranger = await house.person((await house.organisation()).id, [...works])
})
after(() => house.close())

const [old, next, older, reopened] = [siretIn(700), siretIn(700, 2), siretIn(700, 3), siretIn(700, 4)]
const origins = (who: Person, campaignId: string, siret: number) =>
  house.call(who, 'GET', `/campaigns/${campaignId}/targets/${siretText(siret)}/origins`)
const said = async (campaignId: string) =>
  (await origins(ines, campaignId, next)).body.items.map((one: any) => [one.establishment.siret, one.outcome])

test('CAM-14: a target says under which SIRETs it stood before the register moved it, until the register corrects itself', async () => {
  await world.shops(...[old, next, older, reopened].map(siret => ({ siret, name: `MAISON ${siret}` })))
  const id = await world.campaign(ines, [old, older])
  const other = await world.campaign(ines, [reopened])
  assert.deepEqual(await said(id), [])
  await world.close(old)
  await world.link(old, next)
  await world.follow()
  assert.deepEqual(await said(id), [[siretText(old), 'carried']])
  await world.close(older, reopened)
  await world.link(older, next)
  await world.link(reopened, next)
  await world.follow()
  assert.deepEqual((await said(id)).sort(), [
    [siretText(old), 'carried'],
    [siretText(older), 'merged'],
  ])
  assert.deepEqual(await said(other), [[siretText(reopened), 'aside']], 'each campaign its own')
  await world.reopen(older)
  await world.follow()
  assert.deepEqual(await said(id), [[siretText(old), 'carried']])
})

test('SEC-6, CAM-14: whoever does not read the campaign is told nothing of where its targets come from', async () => {
  const [{ id }] = await world.query(
    `select campaign_id as id from campaign_targets where siret = $1 and status <> 'ecarte'`,
    next,
  )
  assert.equal((await origins(stranger, id, next)).status, 404)
  assert.equal((await origins(ines, id, next)).body.items.length, 1)
  const straight = async (who: Person | null) => {
    const tx = await house.database.begin()
    try {
      if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return (await tx.all(sql<{ siret: number }>`select o.siret from target_origins(${id}::uuid, ${next}::bigint) o`))
        .length
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual([await straight(ines), await straight(stranger), await straight(null)], [1, 0, 0])
})
