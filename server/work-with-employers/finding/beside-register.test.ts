import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { House, Person } from '../../testing/house.ts'
import { aCampaign, insertCampaigns } from '../campaigns/testing.ts'
import { campaignOfGironde, insertEstablishments, places, siretOf } from '../campaigns/testing-world.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../correspondents/testing.ts'
import { card, openNetwork } from './testing.ts'

const { gironde } = places
let house: House
let claire: Person
let elsewhere: Person
let nobody: Person
let other: Person
let campaignId: string
before(async () => {
  const network = await openNetwork()
  ;({ house, claire } = network)
  const { mission } = network
  elsewhere = await house.person(mission.id, [card(2040)])
  nobody = await house.person(mission.id, [])
  other = await house.person(mission.id, [{ profile: 'conseiller', territoryId: gironde }])
  const names = [
    [claire, 'Claire', 'Dufau'],
    [elsewhere, 'Zoé', 'Lacaze-Dufau'],
    [other, 'Éric', 'Lartigau'],
  ] as const
  for (const [person, given, family] of names)
    await house.owner.query('update accounts set given_name = $2, family_name = $3 where id = $1', [
      person.id,
      given,
      family,
    ])
  await insertEstablishments(house.owner, [{ siret: siretOf(1) }])
  campaignId = await campaignOfGironde(house.owner, claire, { name: 'Métiers de l’été' }, [1])
  const value = (field: 'givenName' | 'familyName' | 'role' | 'phone', text: string, over = {}) =>
    aValue(field, text, over)
  await insertCorrespondent(
    house.owner,
    aCorrespondent({
      siret: siretOf(1),
      values: [
        value('givenName', 'Noëlle'),
        value('familyName', 'Castaing'),
        value('familyName', 'Ancienne', { replacedAt: '2026-09-02T08:00:00Z' }),
        value('role', 'Gérante'),
        value('phone', '+33556001122'),
      ],
    }),
  )
  await insertCorrespondent(
    house.owner,
    aCorrespondent({
      siret: siretOf(1),
      retiredAt: '2026-10-01T00:00:00Z',
      values: [value('familyName', 'Castaing-Parti')],
    }),
  )
})
after(() => house.close())

const ask = async (who: Person, q: string) => {
  const { status, body } = await house.call(who, 'POST', '/found', { q })
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const names = (items: any[]) => items.map(item => item.correspondent ?? item.name)

test('UX-4, EST-2: a correspondent is found by the beginning of a name, in any order, without accents, or by phone', async () => {
  for (const typed of ['castaing', 'Cast', 'noelle CASTAING', 'castaing noë', '05 56 00 11', '+33 5 56 00 11 22']) {
    const { correspondents } = await ask(claire, typed)
    assert.deepEqual(names(correspondents), ['Noëlle Castaing'], typed)
    assert.equal(correspondents[0].role, 'Gérante')
    assert.ok(correspondents[0].establishment.active)
  }
  for (const typed of ['castaing durand', 'ancienne', 'taing', '05 57 00'])
    assert.deepEqual((await ask(claire, typed)).correspondents, [], typed)
})

test('SEC-6: out of the perimeter nobody is found, of the network only who holds something finds colleagues', async () => {
  assert.deepEqual((await ask(elsewhere, 'castaing')).correspondents, [])
  assert.deepEqual((await ask(other, 'castaing')).correspondents, [], 'without the card')
  assert.deepEqual(names((await ask(elsewhere, 'dufau')).colleagues), ['Claire Dufau'])
  assert.deepEqual(names((await ask(nobody, 'claire dufau')).colleagues), [])
})

test('UX-4: campaigns that one sees, however many; colleagues of every structure, one’s own first', async () => {
  const newer = Array.from({ length: 101 }, (_, n) =>
    aCampaign({
      ...{ name: `Campagne ${n}`, status: 'open', territoryId: gironde, startsOn: '2026-11-01' },
      ...{ pilotId: claire.organisationId, memberIds: [claire.organisationId] },
    }),
  )
  await insertCampaigns(house.owner, newer, claire.id)
  assert.equal((await ask(claire, 'campagne')).campaigns.length, 5, 'the newer are seen')
  const { campaigns } = await ask(claire, 'ete metier')
  assert.deepEqual([campaigns[0].id, campaigns[0].pilot.name], [campaignId, 'CC des Essais'])
  assert.deepEqual((await ask(other, 'ete metier')).campaigns, [], 'not a member')
  const { colleagues } = await ask(claire, 'lartig')
  assert.deepEqual(names(colleagues), ['Éric Lartigau'])
  assert.deepEqual(names((await ask(claire, 'dufau')).colleagues), ['Zoé Lacaze-Dufau'], 'not oneself')
  await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [other.id])
  assert.deepEqual((await ask(claire, 'lartig')).colleagues, [])
  assert.equal((await house.call(claire, 'GET', `/colleagues/${other.id}`)).status, 404)
  await house.owner.query(`update accounts set status = 'active' where id = $1`, [other.id])
})

test('UX-4: a colleague’s page says who they are; the address is for their own structure', async () => {
  const seen = (await house.call(claire, 'GET', `/colleagues/${other.id}`)).body
  assert.deepEqual([seen.name, seen.email, seen.campaigns], ['Éric Lartigau', null, []])
  const own = (await house.call(elsewhere, 'GET', `/colleagues/${other.id}`)).body
  assert.match(own.email, /@/)
  assert.equal((await house.call(nobody, 'GET', `/colleagues/${claire.id}`)).status, 404)
})

test('UX-4: less than two letters, or a word of signs, is no search', async () => {
  assert.equal((await house.call(claire, 'POST', '/found', { q: 'a' })).status, 400)
  assert.deepEqual(await ask(claire, "%_'"), { campaigns: [], colleagues: [], correspondents: [] })
})
