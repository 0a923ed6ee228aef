import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { commitments } from './index.ts'

let house: House
let keeper: Person
let advisor: Person

before(async () => {
  house = await openHouse(commitments, { clock: () => new Date('2027-01-15T09:00:00Z') })
  await layTerritories(house.owner)
  const operator = await house.organisation({ kind: 'operateur' })
  keeper = await house.person(operator.id)
  await giveRole(house.owner, keeper, 'administrateur')
  advisor = await house.person((await house.organisation()).id, [
    { profile: 'conseiller', territoryId: places.gironde },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
  ])
  await insertEstablishments(house.owner, [{ siret: siretOf(1) }])
})
after(() => house.close())

const list = (who: Person) => house.call(who, 'GET', '/commitment-kinds')
const add = (label: string, who = keeper, key = once()) =>
  house.call(who, 'POST', '/commitment-kinds', { family: 'charte', label }, key)
const change = (id: string, act: string, version: number, body?: object, who = keeper) =>
  house.call(who, 'PUT', `/commitment-kinds/${id}${act}`, body, { 'if-match': `"${version}"` })
const trail = async (id: string) =>
  (
    await house.owner.query(
      `select e.action, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.subject_kind = 'commitment-kind' and e.subject_id = $1 order by e.at, e.id`,
      [id],
    )
  ).rows

test('EST-9: the operator’s administrator keeps the list that everyone reads; nobody else does', async () => {
  const seen = (await list(advisor)).body
  assert.ok(seen.items.length >= 8 && seen.items.every((kind: any) => !kind.retired))
  assert.deepEqual([seen.mayKeep, (await list(keeper)).body.mayKeep], [false, true])
  const added = await add('Charte « Cœur de Gironde »')
  assert.equal(added.status, 200, JSON.stringify(added.body))
  const { id } = added.body
  assert.deepEqual(added.body, {
    id,
    family: 'charte',
    label: 'Charte « Cœur de Gironde »',
    retired: false,
    retiredAt: null,
    version: 1,
  })
  assert.ok((await list(advisor)).body.items.some((kind: any) => kind.id === id))
  for (const answer of [
    await add('Autre', advisor),
    await change(id, '', 1, { family: 'label', label: 'Autre' }, advisor),
    await change(id, '/retirement', 1, undefined, advisor),
    await change(id, '/return', 1, undefined, advisor),
  ])
    assert.deepEqual([answer.status, answer.body.code], [403, 'access/role-required'])
  assert.deepEqual(
    (await trail(id)).map(({ action }) => action),
    ['commitment.kind-added'],
  )
})

test('EST-9: a name is in use once, whatever its capitals, also of two added at once; the same request twice adds once', async () => {
  const both = await Promise.all([add('Label Essai'), add('LABEL essai')])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409])
  assert.equal(both.find(({ status }) => status === 409)!.body.code, 'commitment/kind-already')
  const key = once()
  const [first, again] = [await add('Label Unique', keeper, key), await add('Label Unique', keeper, key)]
  assert.deepEqual([first.status, again.body], [200, first.body])
})

test('EST-9: renamed, it is everywhere under its new name; retired, it is noted no more and stays readable; it comes back', async () => {
  const kind = (await add('Club des employeurs')).body
  const at = `/establishments/${siretText(siretOf(1))}/commitments`
  const said = { kindId: kind.id, since: '2026-01-01', evidence: 'Liste du club' }
  const noted = (await house.call(advisor, 'POST', at, said)).body
  const renamed = (await change(kind.id, '', 1, { family: 'promesse', label: 'Club employeurs inclusifs' })).body
  assert.deepEqual([renamed.family, renamed.label, renamed.version], ['promesse', 'Club employeurs inclusifs', 2])
  const stale = await change(kind.id, '', 1, { family: 'label', label: 'Trop tard' })
  assert.deepEqual([stale.status, stale.body.current.label], [412, 'Club employeurs inclusifs'])
  const retired = (await change(kind.id, '/retirement', 2)).body
  assert.deepEqual([retired.retired, retired.version], [true, 3])
  const again = { ...said, since: '2024-01-01', until: '2024-12-31' }
  assert.equal((await house.call(advisor, 'POST', at, again)).body.code, 'commitment/kind-retired')
  const [read] = (await house.call(advisor, 'GET', at)).body.items
  assert.deepEqual(read.kind, { id: kind.id, family: 'promesse', label: 'Club employeurs inclusifs', retired: true })
  const kept = { ...said, evidence: 'Liste du club, page 2' }
  const corrected = await house.call(advisor, 'PUT', `/commitments/${noted.id}`, kept, { 'if-match': '"1"' })
  assert.deepEqual([corrected.status, corrected.body.evidence], [200, 'Liste du club, page 2'])
  for (const [act, body] of [
    ['/retirement', undefined],
    ['', { family: 'label', label: 'Autre' }],
  ] as const)
    assert.equal((await change(kind.id, act, 3, body)).body.code, 'commitment/kind-retired')
  await add('Club employeurs inclusifs')
  assert.equal((await change(kind.id, '/return', 3)).body.code, 'commitment/kind-already')
  const other = (await list(keeper)).body.items.find(
    (one: any) => one.label === kind.label || one.label === renamed.label,
  )
  await change(other.id, '/retirement', other.version)
  assert.equal((await change(kind.id, '/return', 3)).body.retired, false)
  assert.equal((await change(kind.id, '/return', 4)).body.code, 'commitment/kind-in-use')
  assert.deepEqual(
    (await trail(kind.id)).map(({ action }) => action.slice('commitment.kind-'.length)),
    ['added', 'changed', 'retired', 'returned'],
  )
})
