import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { rowsWritten } from '../../testing/parity.ts'
import { allBut, forgetVersions, openCategories } from '../../testing/texts.ts'
import { insertEstablishments, layTerritories, siretOf } from '../campaigns/testing-world.ts'
import { aCorrespondent, insertCorrespondent } from '../correspondents/testing.ts'
import { exchanges } from './index.ts'

const siret = siretOf(1)
let house: House
let claire: Person
before(async () => {
  house = await openHouse(exchanges)
  await layTerritories(house.owner)
  await insertEstablishments(house.owner, [{ siret }])
  claire = await house.person((await house.organisation()).id, [
    { tool: 'campagnes', profile: 'conseiller', territoryId: 2033 },
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 2033 },
  ])
})
after(() => house.close())
afterEach(() => forgetVersions(house.owner))

const said = {
  occurredOn: '2026-10-01',
  channel: 'telephone',
  result: 'pas-de-besoin',
  personMet: 'La gérante',
  notes: 'Rappeler en janvier.',
}
const record = (over: object = {}) =>
  house.call(claire, 'POST', '/exchanges', { siret: String(siret), ...said, ...over }, once())
const correct = (id: string, version: number, over: object) =>
  house.call(claire, 'PUT', `/exchanges/${id}`, { ...said, ...over }, { 'if-match': `"${version}"` })
const get = async (path: string) => (await house.call(claire, 'GET', path)).body
const close = () => openCategories(house.owner, allBut('interlocuteurs'))
const kept = async (id: string) =>
  (await house.owner.query('select person_met, correspondent_id from exchange_contents where exchange_id = $1', [id]))
    .rows[0]

test('AGR-12: « interlocuteurs » closed, nobody reads who was met: neither the exchange, nor its versions, nor what is told before a contact', async () => {
  const { body } = await record()
  const read = async () => [
    (await get(`/exchanges/${body.id}`)).content.personMet,
    (await get(`/exchanges/${body.id}/versions`)).items[0].content.personMet,
    (await get(`/establishments/${siret}/before-contact`)).lastContacts[0].personMet,
  ]
  assert.deepEqual(await read(), Array(3).fill('La gérante'))
  await close()
  assert.deepEqual(await read(), Array(3).fill(null))
  await forgetVersions(house.owner)
  assert.deepEqual(await read(), Array(3).fill('La gérante'), 'nothing was lost')
})

test('AGR-12: « interlocuteurs » closed, nobody met is named, and a correction keeps whom it does not show', async () => {
  const { id: correspondentId } = await insertCorrespondent(house.owner, aCorrespondent({ siret }))
  const { body } = await record({ personMet: null, correspondentId })
  assert.equal(body.correspondent.id, correspondentId)
  await close()
  for (const over of [{}, { personMet: null, correspondentId }])
    assert.deepEqual([(await record(over)).status, (await record(over)).body.code], [403, 'access/category-closed'])
  assert.equal((await correct(body.id, 1, {})).body.code, 'access/category-closed')
  const corrected = await correct(body.id, 1, { personMet: null, notes: 'Rappeler en février.' })
  assert.equal(corrected.status, 200, JSON.stringify(corrected.body))
  assert.deepEqual([corrected.body.correspondent, corrected.body.content.notes], [null, 'Rappeler en février.'])
  assert.deepEqual(await kept(body.id), { person_met: null, correspondent_id: correspondentId })
  assert.equal((await record({ personMet: null })).status, 200, 'an exchange without anybody named is recorded')
})

test('AGR-12, SEC-6: straight to the database, nobody met is named nor changed while « interlocuteurs » is closed', async () => {
  const { body } = await record()
  const hash = tokenHash(claire.cookie.slice('session='.length))
  const write = (person: string) =>
    rowsWritten(
      house.database,
      hash,
      sql`update exchange_contents set person_met = ${person} where exchange_id = ${body.id}::uuid`,
    )
  assert.equal(await write('Le gérant'), 1)
  await close()
  await assert.rejects(write('Le gérant'), { code: '42501' })
  assert.equal(await write('La gérante'), 1, 'what stands is kept')
})
