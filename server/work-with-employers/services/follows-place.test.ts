import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, openHouse } from '../../testing/house.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { followAs } from '../register-moves/testing.ts'
import { mergeServices } from './imported-services.queries.ts'
import { aService, insertServices } from './testing.ts'

let house: House
before(async () => {
  house = await openHouse([])
  await layTerritories(house.owner)
})
after(() => house.close())
const at = async (...ids: string[]) =>
  (
    await house.owner.query(
      'select siret::text, departement_id as departement from operator_services where id = any ($1::uuid[]) order by siret',
      [ids],
    )
  ).rows.map(row => [Number(row.siret), row.departement])
const move = async (from: number, to: number) => {
  await house.owner.query(
    `with gone as (update establishments set active = false, closed_on = '2026-11-12' where siret = $1)
    insert into establishment_successions values ($1, $2, '2026-11-12', false, true)`,
    [from, to],
  )
  await followAs(house.urls.workerUrl)
}
const undo = async (from: number) => {
  await house.owner.query('update establishments set active = true, closed_on = null where siret = $1', [from])
  await house.owner.query('delete from establishment_successions where predecessor = $1', [from])
  await followAs(house.urls.workerUrl)
}
const bring = async (lines: Parameters<typeof mergeServices>[1]) => {
  const client = await house.owner.connect()
  try {
    await client.query('begin')
    const merged = await mergeServices(client, lines)
    await client.query('commit')
    return merged
  } finally {
    client.release()
  }
}

test('REC-3, TER-1: when communes change hands, services follow their establishment', async () => {
  const siret = siretOf(1)
  await insertEstablishments(house.owner, [{ siret }])
  const service = aService({ siret, departementId: places.gironde })
  await insertServices(house.owner, [service])
  await house.owner.query('update establishments set departement_id = $2 where siret = $1', [siret, places.landes])
  await house.owner.query('select move_territories()')
  assert.deepEqual(await at(service.id), [[siret, places.landes]])
})

test('REC-3, CAM-14: a move carries services to the new SIRET and brings them back; a file that says the former SIRET moves nothing', async () => {
  const [old, next] = [siretOf(2), siretOf(3)]
  await insertEstablishments(house.owner, [{ siret: old }, { siret: next, commune: '40001' }])
  const service = aService({ siret: old, departementId: places.gironde, reference: 'S-2' })
  await insertServices(house.owner, [service])
  await move(old, next)
  assert.deepEqual(await at(service.id), [[next, places.landes]])
  const { kind, usedOn, endedOn } = service
  const told = { reference: 'S-2', siret: old, kind, usedOn, endedOn, result: 'sans-suite', saidOn: null } as const
  assert.equal((await bring([told])).changed, 1)
  assert.deepEqual(await at(service.id), [[next, places.landes]])
  await undo(old)
  assert.deepEqual(
    (await at(service.id)).map(([siret]) => siret),
    [old],
  )
})

const aLine = { kind: 'mrs', usedOn: '2026-03-02', endedOn: null, result: 'abouti', saidOn: null } as const
const sirets = async (...all: number[]) =>
  (
    await house.owner.query(
      'select reference, siret::text from operator_services where siret = any ($1) order by reference nulls first',
      [all],
    )
  ).rows.map(row => [row.reference, Number(row.siret)])
const aPerson = async () => {
  const { id: organisationId } = await house.organisation({ kind: 'operateur' })
  return { organisationId, authorId: (await house.person(organisationId, [])).id }
}

test('REC-3, CAM-14: a reference that files bring after a move stands under the new SIRET, is one with what was entered, and goes back with the move', async () => {
  const [old, next] = [siretOf(4), siretOf(5)]
  await insertEstablishments(house.owner, [{ siret: old }, { siret: next, commune: '40001' }])
  const entered = aService({ siret: old, kind: 'mrs', usedOn: '2026-03-02', ...(await aPerson()) })
  await insertServices(house.owner, [entered])
  await move(old, next)
  const merged = await bring([
    { ...aLine, reference: 'M-1', siret: old },
    { ...aLine, reference: 'M-2', siret: old, kind: 'poei' },
    { ...aLine, reference: 'M-3', siret: next, kind: 'conseil' },
  ])
  assert.deepEqual([merged.recognised, merged.added, merged.unknown], [1, 2, 0])
  assert.deepEqual(await sirets(old, next), [
    ['M-1', next],
    ['M-2', next],
    ['M-3', next],
  ])
  const { rows } = await house.owner.query(
    `select departement_id as departement from operator_services where reference = 'M-2'`,
  )
  assert.deepEqual(rows, [{ departement: places.landes }])
  assert.equal((await bring([{ ...aLine, reference: 'M-2', siret: old, kind: 'poei' }])).known, 1)
  await undo(old)
  assert.deepEqual(await sirets(old, next), [
    ['M-1', old],
    ['M-2', old],
    ['M-3', next],
  ])
})

test('REC-3, CAM-14: a file that corrects the establishment of a service is followed, after a move too', async () => {
  const [old, next, other] = [siretOf(6), siretOf(7), siretOf(8)]
  await insertEstablishments(
    house.owner,
    [old, next, other].map(siret => ({ siret })),
  )
  await bring([
    { ...aLine, reference: 'C-1', siret: old },
    { ...aLine, reference: 'C-2', siret: other },
  ])
  await move(old, next)
  const merged = await bring([
    { ...aLine, reference: 'C-1', siret: other },
    { ...aLine, reference: 'C-2', siret: old },
  ])
  assert.equal(merged.changed, 2)
  assert.deepEqual(await sirets(old, next, other), [
    ['C-1', other],
    ['C-2', next],
  ])
  await undo(old)
  assert.deepEqual(await sirets(old, next, other), [
    ['C-1', other],
    ['C-2', old],
  ])
})

test('REC-3, CAM-14: a file brought while the register is followed waits for the move, and takes nothing back', async () => {
  const [old, next] = [siretOf(11), siretOf(12)]
  await insertEstablishments(house.owner, [{ siret: old }, { siret: next }])
  await bring([{ ...aLine, reference: 'W-1', siret: old }])
  const following = await house.owner.connect()
  try {
    await following.query('begin')
    await following.query(`select pg_advisory_xact_lock(hashtextextended('follow-register', 0))`)
    await following.query(
      `insert into register_moves (id, siret, fate, successor, at) values (gen_random_uuid(), $1, 'continued', $2, now())`,
      [old, next],
    )
    await following.query(`update operator_services set siret = $1 where reference = 'W-1'`, [next])
    const bringing = bring([{ ...aLine, reference: 'W-1', siret: old, result: 'sans-suite' }])
    for (;;) {
      const { rowCount } = await house.owner.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      if (rowCount) break
    }
    await following.query('commit')
    assert.equal((await bringing).changed, 1)
  } finally {
    following.release()
  }
  assert.deepEqual(await sirets(old, next), [['W-1', next]])
})

test('REC-3, CAM-14: what is entered the same under both SIRETs stays where it is, entered once in each; what a file brought moves', async () => {
  const [old, next] = [siretOf(9), siretOf(10)]
  await insertEstablishments(house.owner, [{ siret: old }, { siret: next }])
  const by = { kind: 'mrs', usedOn: '2026-03-02', ...(await aPerson()) } as const
  const [first, second, brought, other] = [
    aService({ siret: old, ...by }),
    aService({ siret: next, ...by }),
    aService({ siret: old, kind: 'mrs', usedOn: '2026-03-02' }),
    aService({ siret: old, ...by, usedOn: '2026-03-03' }),
  ]
  await insertServices(house.owner, [first, second, brought, other])
  await move(old, next)
  const siretsOf = async () => [
    ...(await at(first.id)),
    ...(await at(second.id)),
    ...(await at(brought.id)),
    ...(await at(other.id)),
  ]
  const places = async () => (await siretsOf()).map(([siret]) => siret)
  assert.deepEqual(await places(), [old, next, next, next])
  // The file goes on saying the former SIRET: what stands under the new one is recognised.
  assert.equal((await bring([{ ...aLine, reference: 'X-1', siret: old }])).recognised, 1)
  const { rows } = await house.owner.query(`select id from operator_services where reference = 'X-1'`)
  assert.deepEqual(rows, [{ id: second.id }])
  await undo(old)
  assert.deepEqual(await places(), [old, next, old, old])
})
