import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { giveRole } from '../habilitations/testing.ts'
import { addDays, parisDay } from '../platform/time.ts'
import { type House, openHouse, type Person } from '../platform/testing.ts'
import { organisations } from './index.ts'

let house: House
let own: string
let rgc: Person
const today = parisDay(new Date())
const third = { kind: 'contractor', name: 'Cabinet Lestonat', capacity: 'processor', startsOn: '2026-01-01', endsOn: addDays(today, 100), evidence: 'Marché 2026-12, clause de confidentialité, conservé au secrétariat', evidenceOn: '2026-01-01' }
const declare = (over: object = {}, who = rgc) => house.call(who, 'POST', '/habilitations/third-parties', { ...third, ...over })

before(async () => {
  house = await openHouse(organisations)
  await house.owner.query(`insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`)
  own = (await house.organisation()).id
  rgc = await house.person(own)
  await giveRole(house.owner, rgc, 'rgc')
})
after(() => house.close())

test('ACC-13: the account manager declares delegates and contractors: capacity, dates, evidence of their obligations', async () => {
  const { status, body } = await declare({ siret: '13000548108716' })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual([body.name, body.siret, body.capacity, body.endsOn, body.people, body.version], ['Cabinet Lestonat', '13000548108716', 'processor', third.endsOn, 0, 1])
  assert.equal((await declare({ kind: 'delegate', name: 'Association Ressort', capacity: 'joint-controller', endsOn: null })).status, 200)
  const structure = (await house.call(rgc, 'GET', '/habilitations/structure')).body
  assert.deepEqual([structure.thirdParties.map((t: any) => t.name), structure.allowed], [['Association Ressort', 'Cabinet Lestonat'], ['edit']])
})
test('ACC-13: a name twice, a contract without end, dates reversed, proof to come or a false SIRET are refused', async () => {
  for (const [over, code] of [
    [{ name: 'CABINET lestonat' }, 'third-party/already'], [{ name: 'A', endsOn: null }, 'third-party/end-needed'], [{ name: 'A', endsOn: '2025-12-31' }, 'grant/period-reversed'], [{ name: 'A', evidenceOn: addDays(today, 1) }, 'third-party/evidence-in-future'],
    [{ name: 'A', siret: '13000548108717' }, 'establishment/wrong-key'],
  ] as const) assert.equal((await declare(over)).body.code, code, code)
  assert.equal((await declare({ name: 'A', evidence: ' ' })).status, 400)
  const twice = await Promise.all([declare({ name: 'Deux fois' }), declare({ name: 'deux fois' })])
  assert.deepEqual(twice.map(a => a.status).sort(), [200, 409])
})
test('ACC-13, ACC-1: a contract that ends sooner ends the accounts of its people with it; corrected by two, the second sees the first', async () => {
  const { id } = (await declare({ name: 'Conseil Garonne' })).body
  const person = await house.person(own)
  await house.owner.query(`update accounts set attachment = 'contractor', third_party_id = $2, contract_ends_on = $3 where id = $1`, [person.id, id, third.endsOn])
  const { kind: _, ...facts } = { ...third, name: 'Conseil Garonne', endsOn: addDays(today, 10) }
  const edit = (version: number) => house.call(rgc, 'PUT', `/habilitations/third-parties/${id}`, facts, { 'if-match': `"${version}"` })
  assert.deepEqual([(await edit(1)).body.endsOn, (await edit(1)).status], [addDays(today, 10), 412])
  assert.equal((await house.owner.query(`select contract_ends_on from accounts where id = $1`, [person.id])).rows[0].contract_ends_on, addDays(today, 10))
})
test('ACC-13: an agency serves territories; changed, what its grants open follows at once', async () => {
  const declared = (await house.call(rgc, 'POST', '/habilitations/agencies', { name: 'Agence du Sud', territories: [2033] })).body
  assert.deepEqual(declared.territories.map((t: any) => t.name), ['Gironde'])
  const person = await house.person(own, [{ territoryId: null, agencyId: declared.id }])
  const opens = async () => (await house.owner.query('select territory_id from ctx.effective_grants($1, now())', [person.id])).rows.map(r => r.territory_id)
  assert.deepEqual(await opens(), [2033])
  await house.call(rgc, 'PUT', `/habilitations/agencies/${declared.id}`, { name: 'Agence du Sud', territories: [2040] })
  assert.deepEqual(await opens(), [2040])
  assert.equal((await house.call(rgc, 'POST', '/habilitations/agencies', { name: 'X', territories: [9] })).body.code, 'territory/unknown')
})
test('ACC-13, SEC-6: of another structure nothing is seen nor changed; without the role, nothing is declared', async () => {
  const stranger = await house.person((await house.organisation()).id)
  await giveRole(house.owner, stranger, 'rgc')
  const { id } = (await declare({ name: 'À nous seuls' })).body
  const agency = (await house.call(rgc, 'POST', '/habilitations/agencies', { name: 'La nôtre', territories: [2033] })).body.id
  const { kind: _, ...facts } = third
  assert.equal((await house.call(stranger, 'PUT', `/habilitations/third-parties/${id}`, facts, { 'if-match': '"1"' })).status, 404)
  assert.equal((await house.call(stranger, 'PUT', `/habilitations/agencies/${agency}`, { name: 'X', territories: [2033] })).status, 404)
  assert.deepEqual((await house.call(stranger, 'GET', '/habilitations/structure')).body, { agencies: [], thirdParties: [], allowed: ['edit'] })
  const colleague = await house.person(own)
  for (const [method, path, body] of [['POST', '/habilitations/third-parties', third], ['POST', '/habilitations/agencies', { name: 'X', territories: [2033] }], ['GET', '/habilitations/structure', undefined]] as const)
    assert.equal((await house.call(colleague, method, path, body)).body.code, 'access/role-required', path)
})
