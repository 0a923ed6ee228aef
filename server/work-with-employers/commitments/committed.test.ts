import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actions } from '../../actions.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { sheetsOf } from '../rounds/sheet-rules.ts'
import { aCommitment, insertCommitments, kindNamed } from './testing.ts'

const today = '2027-01-15'
const line = { regionId: places.aquitaine, departementId: places.gironde, epciId: places.graves, clpeId: places.coeur }
let house: House
let ines: Person // pilots, with the card
let blind: Person // pilots, without the card
let charter: string
let clause: string

before(async () => {
  house = await openHouse(actions, { clock: () => new Date(`${today}T11:00:00Z`) })
  await layTerritories(house.owner)
  const { id } = await house.organisation()
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde } as const
  ines = await house.person(id, [{ profile: 'pilote', territoryId: places.gironde }, card])
  blind = await house.person(id, [{ profile: 'pilote', territoryId: places.gironde }])
  await insertEstablishments(
    house.owner,
    Array.from({ length: 8 }, (_, i) => ({ siret: siretOf(i + 1) })),
  )
  charter = await kindNamed(house.owner, 'Charte de la diversité')
  clause = await kindNamed(house.owner, 'Clause sociale d’insertion')
  const by = { organisationId: ines.organisationId, authorId: ines.id, ...line }
  await insertCommitments(
    house.owner,
    [
      { siret: siretOf(1), kindId: charter },
      { siret: siretOf(1), kindId: clause, since: '2026-10-01' },
      { siret: siretOf(2), kindId: clause, until: today },
      { siret: siretOf(3), kindId: charter, until: '2027-01-14' },
      { siret: siretOf(4), kindId: charter, withdrawnAt: '2026-11-01T08:00:00Z' },
      { siret: siretOf(5), kindId: charter, ...line, departementId: places.landes, epciId: null, clpeId: null },
    ].map(seed => aCommitment({ ...by, ...seed })),
  )
})
after(() => house.close())

test('EST-9, CAM-2: targets are chosen by kind of commitment: those that hold today, of the cards that the pilot reads', async () => {
  const place = { ...line, epciId: null, clpeId: null }
  const seed = aCampaign({ pilotId: ines.organisationId, territoryId: places.gironde, place, status: 'draft' })
  const { id } = await insertCampaign(house.owner, seed, ines.id, [])
  const found = async (who: Person, ...commitmentKinds: readonly string[]) => {
    const asked = { criteria: { commitmentKinds } }
    const { status, body } = await house.call(who, 'POST', `/campaigns/${id}/targets/preview`, asked)
    return status === 200 ? body.sample.map((one: { siret: string }) => one.siret) : body.code
  }
  const text = (...numbers: number[]) => numbers.map(n => siretText(siretOf(n)))
  assert.deepEqual(await found(ines, charter), text(1))
  assert.deepEqual(await found(ines, clause), text(1, 2))
  assert.deepEqual(await found(ines, charter, clause), text(1, 2))
  assert.deepEqual(await found(blind, charter, clause), [], 'who does not read the cards is told nothing')
  assert.equal(await found(ines), 'request/malformed')
  const added = await house.call(ines, 'POST', `/campaigns/${id}/targets`, { criteria: { commitmentKinds: [clause] } })
  assert.equal(added.body.outcomes.counts.added, 2, JSON.stringify(added.body))
})

test('EST-9, EST-2: the search and its counts are narrowed to those that hold to a kind, of the cards one reads', async () => {
  const found = async (who: Person, query: string) => {
    const { status, body } = await house.call(who, 'GET', `/establishments?${query}&total=true`)
    assert.equal(status, 200, JSON.stringify(body))
    assert.equal(body.total, body.items.length)
    return body.items.map((one: { siret: string }) => one.siret)
  }
  const text = (...numbers: number[]) => numbers.map(n => siretText(siretOf(n)))
  for (const [query, numbers] of [
    [`territory=${places.aquitaine}&commitment=${charter}`, [1]],
    [`territory=${places.aquitaine}&commitment=${clause}`, [1, 2]],
    [`q=atelier&commitment=${clause}`, [1, 2]],
    [`q=atelier ${siretOf(2)}&commitment=${clause}`, [2]],
    [`q=${text(2)[0]}&commitment=${clause}`, [2]],
    [`q=${text(2)[0]}&commitment=${charter}`, []],
    [`q=atelier&commitment=${clause}&employer=false`, []],
    [`q=atelier&commitment=${clause}&territory=${places.landes}`, []],
  ] as const)
    assert.deepEqual(await found(ines, query), text(...numbers), query)
  const facets = (await house.call(ines, 'GET', `/establishments/facets?q=atelier&commitment=${clause}`)).body
  assert.deepEqual(
    facets.employer.map(({ value, count }: { value: boolean; count: number }) => [value, count]),
    [
      [true, 2],
      [false, 0],
    ],
  )
  const elsewhere = await house.person(ines.organisationId, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.landes },
  ])
  assert.deepEqual(await found(elsewhere, `q=atelier&commitment=${clause}`), [])
})

test('EST-9: a round and its visit sheets say what each employer holds to, the latest first', async () => {
  const advisor = await house.person(ines.organisationId, [
    { profile: 'conseiller', territoryId: places.gironde },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
  ])
  const sirets = [1, 2, 3, 5].map(n => siretText(siretOf(n))).join(',')
  const { items } = (await house.call(advisor, 'GET', `/rounds/stops?sirets=${sirets}`)).body
  assert.deepEqual(
    items.map((stop: { commitments: string[] }) => stop.commitments),
    [['Clause sociale d’insertion', 'Charte de la diversité'], ['Clause sociale d’insertion'], [], []],
  )
  assert.deepEqual(
    sheetsOf(items, '').sheets.map(({ facts }) => facts.find(([term]) => term === 'Engagements')?.[1]),
    ['Clause sociale d’insertion, Charte de la diversité', 'Clause sociale d’insertion', undefined, undefined],
  )
})
