import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { categories } from '../../../contract/route.ts'
import { nextDoorWords } from '../../../contract/work-with-employers/rounds.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { allBut, forgetVersions, openCategories } from '../../testing/texts.ts'
import { campaignOfGironde, insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../correspondents/testing.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { rounds } from './index.ts'

const today = '2027-01-15'
/** `siretOf` gives one company to ten thousand numbers: each test has a company of its own. */
let company = 0
const shops = async (...communes: readonly string[]) => {
  company += 10_000
  const own = communes.map((commune, at) => ({ n: company + at + 1, commune }))
  await insertEstablishments(
    house.owner,
    own.map(({ n, commune }) => ({ siret: siretOf(n), name: `ATELIER ${n - company}`, commune })),
  )
  return own.map(({ n }) => n)
}
const [canejan, inLandes] = ['33001', '40001']
const card = (territoryId: number) =>
  [
    { profile: 'conseiller', territoryId },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
  ] as const
let house: House
let claire: Person // of the CC, pilot of its campaigns
let paul: Person // her colleague
let karim: Person // of a mission that is member of none
let far: Person // reads cards elsewhere
before(async () => {
  house = await openHouse(rounds, { clock: () => new Date(`${today}T11:00:00Z`) })
  await layTerritories(house.owner)
  const [cc, mission] = [
    await house.organisation({ name: 'CC des Essais' }),
    await house.organisation({ name: 'Mission locale des Essais' }),
  ]
  claire = await house.person(cc.id, [...card(places.gironde)])
  paul = await house.person(cc.id, [...card(places.gironde)])
  karim = await house.person(mission.id, [...card(places.gironde)])
  far = await house.person(mission.id, [...card(places.landes)])
})
after(() => house.close())
afterEach(() => forgetVersions(house.owner))

const stopAt = async (who: Person, n: number) => {
  const { status, body } = await house.call(who, 'GET', `/rounds/stops?sirets=${siretText(siretOf(n))}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body.items[0]
}
const told = async (who: Person, n: number) => {
  const { nextDoor } = await stopAt(who, n)
  return nextDoor
    ? nextDoorWords(nextDoor, { place: ({ name }) => name!, day: day => day, structure: name => name })
    : null
}
const said = (n: number, who: Person, occurredOn: string, over: object = {}) =>
  insertExchange(
    house.owner,
    anExchange({ siret: siretOf(n), organisationId: who.organisationId, authorId: who.id, occurredOn, ...over }),
  )
const held = async (n: number, by: { readonly person?: Person; readonly organisationId: string }) => {
  const id = await campaignOfGironde(
    house.owner,
    claire,
    { name: `Essai ${n}`, startsOn: '2027-01-01', endsOn: '2027-02-15' },
    [n],
  )
  await house.owner.query(
    `update campaign_targets set status = 'en-cours', assigned_organisation = $2, taken_by = $3,
      taken_by_organisation = case when $3::uuid is not null then $2::uuid end,
      taken_at = case when $3::uuid is not null then now() end where campaign_id = $1`,
    [id, by.organisationId, by.person?.id ?? null],
  )
  await house.owner.query(
    `insert into campaign_holds (campaign_id, siret, period) values ($1, $2, '[2027-01-01,2027-02-16)')`,
    [id, siretOf(n)],
  )
  return id
}

test('EST-12: a stop says the last recent contact at another shop of the firm, by which structure; its own, old or cancelled ones are none', async () => {
  const [shop, nextDoor, third] = await shops(canejan, canejan, canejan)
  assert.equal((await stopAt(claire, shop!)).nextDoor, null)
  await said(shop!, karim, '2027-01-14')
  await said(nextDoor!, karim, '2026-10-16')
  const { id } = await said(third!, karim, '2027-01-12')
  await house.owner.query(`update exchanges set status = 'cancelled' where id = $1`, [id])
  assert.equal(await told(claire, shop!), null, 'ninety-one days ago is not recent')
  await said(nextDoor!, karim, '2026-10-17')
  await said(third!, karim, '2026-12-24', { visibility: 'organisation', personMet: 'Mme Sanz', notes: 'Confidentiel' })
  assert.equal(
    await told(claire, shop!),
    'Même entreprise : ATELIER 3, contacté le 2026-12-24 par la mission locale des Essais.',
  )
  assert.doesNotMatch(JSON.stringify((await stopAt(claire, shop!)).nextDoor), /Sanz|Confidentiel|notes|personMet/)
  assert.equal(
    await told(claire, third!),
    'Même entreprise : ATELIER 1, contacté le 2027-01-14 par la mission locale des Essais.',
  )
})

test('EST-12, EST-7: who holds another shop is said as its card says it: a person, a structure, or until when where the campaign is not read', async () => {
  const [shop, nextDoor] = await shops(canejan, canejan)
  const given = await held(nextDoor!, { organisationId: claire.organisationId })
  assert.equal(await told(claire, shop!), 'Même entreprise : ATELIER 2, confié à la CC des Essais.')
  await house.owner.query('delete from campaign_holds where campaign_id = $1', [given])
  await house.owner.query('delete from campaign_targets where campaign_id = $1', [given])
  const taken = await held(nextDoor!, { person: paul, organisationId: paul.organisationId })
  assert.equal(await told(claire, shop!), `Même entreprise : ATELIER 2, suivi par ${paul.name}, de la CC des Essais.`)
  assert.equal(await told(paul, shop!), null, 'one knows what one holds')
  const unread = 'Même entreprise : ATELIER 2, retenu par la CC des Essais jusqu’au 2027-02-15.'
  assert.equal(await told(karim, shop!), unread)
  assert.equal((await stopAt(karim, shop!)).nextDoor.held.person, null, 'no person of a campaign one does not read')
  await said(nextDoor!, karim, '2027-01-10')
  assert.equal(
    await told(karim, shop!),
    'Même entreprise : ATELIER 2, contacté le 2027-01-10 par la mission locale des Essais, retenu par la CC des Essais jusqu’au 2027-02-15.',
  )
  for (const change of [
    `update campaign_targets set status = 'traite' where campaign_id = $1`,
    `update campaigns set status = 'closed', closed_at = now() where id = $1`,
  ]) {
    await house.owner.query(change, [taken])
    assert.equal((await stopAt(claire, shop!)).nextDoor.held, null, change)
  }
})

test('EST-12, SEC-6: nothing is said of a shop out of one’s perimeter, nor of any where one may not read the card', async () => {
  const [shop, away] = await shops(canejan, inLandes)
  await said(away!, karim, '2027-01-12', { departementId: places.landes })
  assert.equal(await told(claire, shop!), null)
  assert.equal(await told(far, away!), null, 'no other shop of theirs')
  const [here, beside] = await shops(canejan, canejan)
  await said(beside!, karim, '2027-01-12')
  await held(beside!, { organisationId: claire.organisationId })
  assert.notEqual(await told(claire, here!), null)
  assert.equal(await told(far, here!), null)
  const reader = await house.person(claire.organisationId, [{ profile: 'conseiller', territoryId: places.gironde }])
  const refused = await house.call(reader, 'GET', `/rounds/stops?sirets=${siretText(siretOf(here!))}`)
  assert.deepEqual([refused.status, refused.body.code], [403, 'access/no-grant'])
})

test('EST-12, AGR-12: whatever annex 4 closes, the shop next door is told, and names nobody met there', async () => {
  const [shop, nextDoor] = await shops(canejan, canejan)
  await insertCorrespondent(
    house.owner,
    aCorrespondent({ siret: siretOf(nextDoor!), values: [aValue('familyName', 'Sanz')] }),
  )
  await said(nextDoor!, karim, '2027-01-12', { personMet: 'Mme Sanz' })
  const open = await stopAt(claire, shop!)
  await openCategories(house.owner, allBut(...categories))
  const closed = await stopAt(claire, shop!)
  assert.deepEqual([closed.nextDoor, closed.commitments, closed.people], [open.nextDoor, [], []])
  assert.doesNotMatch(JSON.stringify(closed.nextDoor), /Sanz/)
})
