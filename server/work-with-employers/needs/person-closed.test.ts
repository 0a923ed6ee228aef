import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { allBut, forgetVersions, openCategories } from '../../testing/texts.ts'
import { insertEstablishments, layTerritories, siretOf } from '../campaigns/testing-world.ts'
import { aCorrespondent, insertCorrespondent } from '../correspondents/testing.ts'
import { here, rights } from '../taking-over/testing.ts'
import { needs } from './index.ts'

const siret = siretOf(1)
let house: House
let claire: Person
let correspondentId: string
before(async () => {
  house = await openHouse(needs)
  await layTerritories(house.owner)
  await insertEstablishments(house.owner, [{ siret }])
  claire = await house.person((await house.organisation()).id, [...rights()])
  ;({ id: correspondentId } = await insertCorrespondent(house.owner, aCorrespondent({ siret, ...here })))
})
after(() => house.close())
afterEach(() => forgetVersions(house.owner))

const said = { kind: 'formation', notes: 'Caces pour deux caristes' }
const note = (over: object = {}) =>
  house.call(claire, 'POST', `/establishments/${siretText(siret)}/needs`, { ...said, ...over }, once())
const correct = (id: string, version: number, over: object) =>
  house.call(claire, 'PUT', `/needs/${id}`, { ...said, ...over }, { 'if-match': `"${version}"` })

test('AGR-12, CAM-7: « interlocuteurs » closed, a need names nobody new, and a correction keeps whom it does not show', async () => {
  const { body } = await note({ correspondentId })
  assert.equal(body.correspondent.id, correspondentId)
  await openCategories(house.owner, allBut('interlocuteurs'))
  assert.deepEqual(
    [(await note({ correspondentId })).status, (await note({ correspondentId })).body.code],
    [403, 'access/category-closed'],
  )
  assert.equal((await correct(body.id, 1, { correspondentId })).body.code, 'access/category-closed')
  const corrected = await correct(body.id, 1, { notes: 'Caces pour trois caristes' })
  assert.equal(corrected.status, 200, JSON.stringify(corrected.body))
  assert.equal(corrected.body.correspondent, null)
  const { rows } = await house.owner.query('select correspondent_id from needs where id = $1', [body.id])
  assert.equal(rows[0].correspondent_id, correspondentId)
  assert.equal((await note()).status, 200, 'a need without anybody named is noted')
})

test('AGR-12, CAM-7: « besoins » closed, a lead is not offered to say what their structure takes, and is refused', async () => {
  const chief = await house.person(claire.organisationId, [...rights('responsable')])
  const offered = async () => (await house.call(chief, 'GET', '/need-intake')).body.allowed
  const say = () =>
    house.call(
      chief,
      'PUT',
      '/need-intake',
      { kinds: ['recrutement'], advice: [], jobs: [], publics: null },
      { 'if-match': '"0"' },
    )
  assert.deepEqual(await offered(), ['say'])
  await openCategories(house.owner, allBut('besoins'))
  assert.deepEqual([await offered(), (await say()).body.code], [[], 'access/category-closed'])
  await forgetVersions(house.owner)
  assert.equal((await say()).status, 200)
})
