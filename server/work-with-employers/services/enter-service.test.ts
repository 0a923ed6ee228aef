import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { services } from './index.ts'
import { aService, insertServices, type ServiceSeed } from './testing.ts'

let house: House
let nadia: Person // the operator's, keeps the card in Gironde
before(async () => {
  house = await openHouse([...services], { clock: () => new Date('2026-12-01T10:00:00Z') })
  await layTerritories(house.owner)
  const { id } = await house.organisation({ kind: 'operateur' })
  nadia = await house.person(id, [{ tool: 'fiche-etablissement', profile: 'conseiller', territoryId: places.gironde }])
  await insertEstablishments(
    house.owner,
    [1, 2, 3].map(n => ({ siret: siretOf(n) })),
  )
})
after(() => house.close())

const said = { kind: 'mrs', usedOn: '2026-03-02', result: 'abouti' } as const
const enter = (siret: number, body: object = said) =>
  house.call(nadia, 'POST', `/establishments/${siretText(siret)}/services`, body)
const correct = (id: string, body: object, version = 1) =>
  house.call(
    nadia,
    'PUT',
    `/services/${id}`,
    { ...said, reason: 'Autre jour', ...body },
    { 'if-match': `"${version}"` },
  )
const brought = async (over: Pick<ServiceSeed, 'siret'> & Partial<ServiceSeed>) => {
  const service = aService({ ...said, ...over })
  await insertServices(house.owner, [service])
  return service
}
const count = async (siret: number) =>
  (await house.owner.query('select count(*)::int as n from operator_services where siret = $1', [siret])).rows[0].n

test('REC-3: what a file brought is not entered a second time, nor is another corrected into it; another day or service, or what is withdrawn, hinders nothing', async () => {
  const [siret, elsewhere] = [siretOf(1), siretOf(2)]
  await brought({ siret })
  await brought({ siret, kind: 'poei', withdrawnAt: '2026-10-01T08:00:00Z' })
  assert.equal((await enter(siret)).body.code, 'operator-service/already')
  assert.equal((await enter(elsewhere)).status, 200, 'the same at another establishment')
  assert.equal((await enter(siret, { ...said, kind: 'poei' })).status, 200, 'the same, withdrawn')
  const { status, body } = await enter(siret, { ...said, usedOn: '2026-03-03' })
  assert.equal(status, 200, 'the same on another day')
  assert.equal((await correct(body.id, { usedOn: '2026-03-02' })).body.code, 'operator-service/already')
  assert.equal((await correct(body.id, { usedOn: '2026-03-02', kind: 'poei' })).body.code, 'operator-service/already')
  assert.equal((await correct(body.id, { usedOn: '2026-03-03', result: 'sans-suite' })).status, 200, 'itself')
  assert.equal(await count(siret), 4)
})

test('REC-3: of two that a file brought the same day, one is corrected where it stays on its day, and moved onto no other', async () => {
  const siret = siretOf(3)
  const [first, second] = [await brought({ siret }), await brought({ siret })]
  assert.equal((await correct(first.id, { result: 'annule' })).status, 200)
  assert.equal((await correct(first.id, { usedOn: '2026-03-04' }, 2)).status, 200)
  assert.equal((await correct(first.id, { usedOn: '2026-03-02' }, 3)).body.code, 'operator-service/already')
  assert.equal((await correct(second.id, { usedOn: '2026-03-04' })).body.code, 'operator-service/already')
})
