import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite } from '../../testing/parity.ts'
import { campaigns } from '../campaigns/index.ts'
import { places } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { runningCampaigns } from '../running-campaigns/index.ts'
import { registerMoves } from './index.ts'
import { here, openWorld, siretIn } from './testing.ts'

const objection = 'La personne s’oppose à la diffusion de ses données, selon le répertoire'
let house: House
let world: Awaited<ReturnType<typeof openWorld>>
let ines: Person
let paul: Person
before(async () => {
  house = await openHouse([...campaigns, ...runningCampaigns, ...registerMoves])
  world = await openWorld(house)
  const { id } = await house.organisation({ name: 'CC des Essais' })
  const works = [
    { tool: 'campagnes', profile: 'pilote', territoryId: places.gironde },
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: places.gironde },
  ] as const
  ines = await house.person(id, [...works])
  paul = await house.person(id, [...works])
})
after(() => house.close())

let company = 800
const two = async () => {
  company += 1
  const [old, next] = [siretIn(company), siretIn(company, 2)]
  await world.shops({ siret: old }, { siret: next })
  return [old, next] as const
}
const object = (siret: number, yes = true) =>
  world.query(
    `update establishments set diffusion = $2, natural_person = true where siret = $1`,
    siret,
    yes ? 'P' : 'O',
  )
const standing = async (id: string, siret: number) =>
  (await world.targets(id)).find(target => target.siret === String(siret))
const events = async (id: string) =>
  (await house.call(ines, 'GET', `/campaigns/${id}/events`)).body.items.map((e: any) => [e.kind, e.targets])

test('EST-10, EST-4: whose person objects after it was added is set aside with the reason, frees its hold, and is told to who worked it', async () => {
  const [shop, stays] = await two()
  const id = await world.campaign(ines, [shop, stays], { name: 'Automne' })
  await world.take(id, shop, paul)
  await insertExchange(
    house.owner,
    anExchange({
      siret: shop,
      campaignId: id,
      organisationId: paul.organisationId,
      authorId: paul.id,
      ...here,
      nextAction: { kind: 'rappel', dueOn: '2026-12-01', dueAt: null, ownerId: paul.id },
    }),
  )
  await object(shop)
  await world.query('delete from notifications')
  assert.deepEqual(await world.follow(), { applied: 1, undone: 0, told: 1 })
  assert.deepEqual(await standing(id, shop), {
    siret: String(shop),
    status: 'ecarte',
    said: objection,
    by: null,
    held: false,
  })
  assert.equal((await standing(id, stays))!.status, 'a-contacter')
  assert.deepEqual(await events(id), [['register-objects', 1]])
  const [mail] = await world.query('select account_id as to, text from notifications')
  assert.equal(mail.to, paul.id)
  assert.match(mail.text, /la personne s’oppose à la diffusion de ses données : mis de côté dans « Automne »/)
  const [move] = (await house.call(paul, 'GET', '/portfolio/register-moves')).body.items
  assert.deepEqual([move.objects, move.campaigns[0].outcome, move.actions], [true, 'stopped', 0])
  assert.deepEqual(
    await world.query('select cancelled_at from next_actions where siret = $1', shop),
    [{ cancelled_at: null }],
    'what was agreed with them stands',
  )
  assert.deepEqual(await world.follow(), { applied: 0, undone: 0, told: 0 }, 'nothing is said twice')
})

test('EST-10, SEC-6: nobody puts it back, not even straight at the table; once it objects no more, it is a target again', async () => {
  const [shop, other] = await two()
  const id = await world.campaign(ines, [shop, other])
  await object(shop)
  await world.follow()
  const back = await house.call(ines, 'POST', `/campaigns/${id}/targets/${shop}/put-back`, { despite: true })
  assert.deepEqual([back.status, back.body.code], [409, 'target/objects-to-diffusion'])
  const hash = tokenHash(ines.cookie.slice('session='.length))
  await world.query(
    `update campaign_targets set status = 'ecarte', set_aside_reason = 'Essai' where campaign_id = $1 and siret = $2`,
    id,
    other,
  )
  const again = (siret: number) =>
    mayWrite(
      house.database,
      hash,
      sql`update campaign_targets set status = 'a-contacter', set_aside_reason = null
        where campaign_id = ${id}::uuid and siret = ${siret}`,
    )
  assert.deepEqual([await again(shop), await again(other)], [false, true])
  await object(shop, false)
  assert.equal((await world.follow()).undone, 1)
  assert.deepEqual(
    (({ status, held }) => [status, held])((await standing(id, shop))!),
    ['a-contacter', true],
    'the register corrected itself',
  )
})

test('EST-10, CAM-14: carried to a successor whose person objects, it arrives set aside with the reason', async () => {
  const [old, next] = await two()
  const id = await world.campaign(ines, [old])
  await world.take(id, old, paul)
  await object(next)
  await world.close(old)
  await world.link(old, next)
  await world.follow()
  assert.deepEqual(await standing(id, next), {
    siret: String(next),
    status: 'ecarte',
    said: objection,
    by: null,
    held: false,
  })
  assert.equal((await world.follow()).applied, 0)
})
