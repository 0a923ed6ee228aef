import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type FactName, factNames, facts as fields } from '../../../contract/work-with-employers/facts.ts'
import { siretText } from '../../platform/siret.ts'
import { establishments } from '../../territory-and-register/establishments/index.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { places } from '../campaigns/testing-world.ts'
import { followAs, openWorld, siretIn } from '../register-moves/testing.ts'
import { facts } from './index.ts'
import { aFact, insertFacts } from './testing.ts'

let house: House
let world: Awaited<ReturnType<typeof openWorld>>
let claire: Person // advises in Gironde and in Landes
let jean: Person // so does he, in another structure

before(async () => {
  house = await openHouse([...establishments, ...facts])
  world = await openWorld(house)
  const advisor = async () =>
    house.person((await house.organisation()).id, [
      { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: places.aquitaine },
    ])
  claire = await advisor()
  jean = await advisor()
})
after(() => house.close())

const valued: Partial<Record<FactName, string>> = {
  headcount: '12',
  switchboard: '+33556010203',
  website: 'https://fournil.example',
}
const note = (siret: number, field: FactName, { id, organisationId }: Person, value = valued[field] ?? 'Connu') =>
  insertFacts(house.owner, [aFact({ siret, field, value, organisationId, authorId: id })])
const said = async (siret: number): Promise<Record<string, string[]>> => {
  const { body } = await house.call(claire, 'GET', `/establishments/${siretText(siret)}/facts`)
  return Object.fromEntries(
    body.items
      .filter((one: any) => one.said.length)
      .map((one: any) => [one.field, one.said.map(({ value }: any) => value).sort()]),
  )
}
/** The first moved to Landes, as the second. */
const moves = async (from: number, to: number) => {
  await world.shops({ siret: from }, { siret: to, commune: '40001' })
  await world.close(from)
  await world.link(from, to)
}
const corrected = async (siret: number) => {
  await world.reopen(siret)
  await world.unlink(siret)
  await followAs(house.urls.workerUrl)
}

test('CAM-14, EST-6: what is known of an employer follows it to its new address, what is known of the place does not; both return when the register corrects itself', async () => {
  const [old, next] = [siretIn(1, 1), siretIn(1, 2)]
  await moves(old, next)
  for (const field of factNames) await note(old, field, claire)
  const all = [...factNames].sort()
  const ofThePlace = all.filter(name => 'ofThePlace' in fields[name])
  assert.deepEqual(ofThePlace, ['accessibility', 'transport'])

  await followAs(house.urls.workerUrl)
  assert.deepEqual(
    Object.keys(await said(next)).sort(),
    all.filter(name => !ofThePlace.includes(name)),
  )
  assert.deepEqual(Object.keys(await said(old)).sort(), ofThePlace)
  const lines = await world.query('select distinct departement_id from establishment_facts where siret = $1', next)
  assert.deepEqual(lines, [{ departement_id: places.landes }], 'rights follow')

  await corrected(old)
  assert.deepEqual(Object.keys(await said(old)).sort(), all)
  assert.deepEqual(await said(next), {})
})

test('CAM-14, EST-6: where something is said of the new address already, the former word stays on the former card; two that differ follow together, with the history', async () => {
  const [old, next] = [siretIn(2, 1), siretIn(2, 2)]
  await moves(old, next)
  await note(old, 'sign', claire, 'Ancienne enseigne')
  await note(next, 'sign', jean, 'Nouvelle enseigne')
  await note(old, 'hiring', claire, 'La gérante')
  await note(old, 'hiring', jean, 'Le siège')
  await world.query(`update establishment_facts set replaced_at = now() where siret = $1 and value = 'Le siège'`, old)
  await note(old, 'hiring', jean, 'La cheffe d’équipe')

  await followAs(house.urls.workerUrl)
  assert.deepEqual(await said(next), { sign: ['Nouvelle enseigne'], hiring: ['La cheffe d’équipe', 'La gérante'] })
  assert.deepEqual(await said(old), { sign: ['Ancienne enseigne'] })
  const { body } = await house.call(claire, 'GET', `/establishments/${siretText(next)}/facts/hiring/history`)
  assert.equal(body.said.length, 3)
})

test('CAM-14, EST-6: a word noted at the former address after the move stays there when the register corrects itself', async () => {
  const [old, next] = [siretIn(3, 1), siretIn(3, 2)]
  await moves(old, next)
  await note(old, 'sign', claire, 'Avant')
  await followAs(house.urls.workerUrl)
  await note(old, 'sign', claire, 'Depuis')
  await corrected(old)
  assert.deepEqual([await said(old), await said(next)], [{ sign: ['Depuis'] }, { sign: ['Avant'] }])
})

test('CAM-14, EST-6: another company that takes over has its own name and its own decider: nothing of the former follows', async () => {
  const [old, next] = [siretIn(4), siretIn(5)]
  await moves(old, next)
  await note(old, 'usualName', claire, 'Le Fournil')
  await followAs(house.urls.workerUrl)
  assert.deepEqual([await said(old), await said(next)], [{ usualName: ['Le Fournil'] }, {}])
})
