import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, beforeEach, test } from 'node:test'
import { siretText } from '../platform/siret.ts'
import { territories } from '../territory-and-register/territories/index.ts'
import { insertTaskForce } from '../territory-and-register/territories/testing.ts'
import { type House, openHouse, type Person } from '../testing/house.ts'
import { meanwhile } from '../work-with-employers/bulk-works/testing.ts'
import { layTerritories, places, siretOf } from '../work-with-employers/campaigns/testing-world.ts'
import { endConvention, rights } from '../work-with-employers/taking-over/testing.ts'

const clpeId = places.coeur
let house: House
let pilot: Person
let paul: Person
let stranger: Person
let former: string
const sirets = { plie: '', mission: '', stranger: '' }
const ids = { plie: '', mission: '', stranger: '' }
before(async () => {
  house = await openHouse([...territories])
  await layTerritories(house.owner)
  await house.owner.query(`update territories set name = 'Cœur des Essais' where id = $1`, [clpeId])
  for (const [n, key] of (['plie', 'mission', 'stranger'] as const).entries()) {
    const { id, siret } = await house.organisation({
      name: key === 'plie' ? 'PLIE des Essais' : key === 'mission' ? 'Mission des Essais' : 'Département des Essais',
      siret: siretOf(911 + n),
    })
    ids[key] = id
    sirets[key] = siretText(Number(siret))
  }
  paul = await house.person(ids.plie, [...rights('pilote')])
  await house.person(ids.mission, [...rights('responsable')])
  await house.person(ids.mission, [...rights('pilote', places.landes)])
  stranger = await house.person(ids.stranger, [...rights('pilote')])
})
after(() => house.close())
beforeEach(async () => {
  await house.owner.query('delete from task_forces')
  await house.owner.query('delete from mails')
  former = (await house.organisation({ name: 'CC des Essais' })).id
  pilot = await house.person(former, [...rights('pilote')])
  await insertTaskForce(house.owner, {
    clpeId,
    pilotId: former,
    memberIds: [former, ids.plie, ids.mission],
    sensitiveSectors: ['43'],
  })
})

const run = (siret: string, { id = String(clpeId), reason = 'Convention de la structure pilote terminée' } = {}) =>
  new Promise<{ failed: boolean; stdout: string; stderr: string }>(resolve =>
    execFile(
      process.execPath,
      [
        ...['server/admin.ts', 'hand-over-task-force', id, '--siret', siret],
        ...['--reason', reason, '--operator', 'Camille Essai'],
      ],
      { env: { ...process.env, DATABASE_OWNER_URL: house.urls.ownerUrl } },
      (error, stdout, stderr) => resolve({ failed: error !== null, stdout, stderr }),
    ),
  )
const force = async (who: Person) => (await house.call(who, 'GET', `/territories/${clpeId}/task-force`)).body
const mails = async () =>
  (await house.owner.query('select to_account_id, kind, body from mails order by to_account_id')).rows
const stored = async () => (await house.owner.query('select pilot_id, version from task_forces')).rows[0]

test('CAM-16: a task force that nobody of its pilot can pilot is entrusted by the operator to a member that can, its history kept', async () => {
  assert.match((await run(sirets.plie)).stderr, /quelqu’un peut encore la piloter/)
  await endConvention(house.owner, former)
  for (const [siret, options, said] of [
    [sirets.mission, {}, /n’a le profil « pilote » sur tout le territoire/],
    [sirets.stranger, {}, /n’en est pas membre, et une structure membre peut la piloter/],
    [sirets.plie, { id: String(places.gironde) }, /n’a pas de task force/],
    [sirets.plie, { id: 'coeur' }, /la task force manque/],
    [sirets.plie, { reason: 'court' }, /--reason manque/],
    ['12345678901234', {}, /sa clé est fausse/],
  ] as const) {
    const { failed, stderr } = await run(siret, options)
    assert.equal(failed, true)
    assert.match(stderr, said)
  }
  assert.deepEqual([await stored(), await mails()], [{ pilot_id: former, version: 1 }, []])

  const { stdout, stderr } = await run(sirets.plie)
  assert.match(
    stdout,
    /task force de Cœur des Essais est confié à PLIE des Essais ; une personne en est prévenue/,
    stderr,
  )
  const now = await force(paul)
  assert.deepEqual([now.pilot.name, now.version, now.left, now.allowed], ['PLIE des Essais', 2, false, ['edit']])
  assert.deepEqual(
    now.handovers.map((one: any) => [one.kind, one.former.id, one.pilot.id]),
    [['entrusted', former, ids.plie]],
  )
  assert.deepEqual(now.members.length, 3)
  const told = await mails()
  assert.deepEqual(
    told.map(({ to_account_id, kind }) => [to_account_id, kind]),
    [[paul.id, 'task-force-entrusted']],
  )
  assert.match(told[0].body, /Plus personne dans la structure CC des Essais/)
  const { rows: acts } = await house.owner.query(
    `select e.origin, e.actor_id, e.subject_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'task-force.entrusted'`,
  )
  assert.deepEqual(acts, [
    {
      origin: 'ligne de commande, Camille Essai',
      actor_id: null,
      subject_id: String(clpeId),
      detail: {
        before: { pilotId: former },
        after: { pilotId: ids.plie },
        reason: 'Convention de la structure pilote terminée',
      },
    },
  ])
})

test('CAM-16: when no member can pilot it, another structure that can receives it, and becomes a member', async () => {
  await endConvention(house.owner, former)
  await house.owner.query('delete from task_force_members where organisation_id = $1', [ids.plie])
  assert.equal((await run(sirets.stranger)).failed, false)
  const now = await force(stranger)
  assert.deepEqual([now.pilot.name, now.allowed], ['Département des Essais', ['edit']])
  assert.ok(now.members.some((member: any) => member.id === ids.stranger))
})

test('CAM-16: the last pilot left is enough; entrusted twice at once, one has it and the other is told that it is piloted', async () => {
  await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [pilot.id])
  const outcomes = await Promise.all([run(sirets.plie), run(sirets.plie)])
  assert.deepEqual(outcomes.map(({ failed }) => failed).sort(), [false, true])
  assert.match(outcomes.find(({ failed }) => failed)!.stderr, /quelqu’un peut encore la piloter/)
  assert.deepEqual([await stored(), (await mails()).length], [{ pilot_id: ids.plie, version: 2 }, 1])
})

test('CAM-16: entrusted while a member takes it over, the operator is told that it is piloted', async () => {
  await endConvention(house.owner, former)
  const { rows } = await meanwhile(
    house,
    'update task_forces set pilot_id = $2 where clpe_id = $1',
    [clpeId, ids.plie],
    () => house.owner.query('select outcome from hand_abandoned_task_force_over($1, $2, now())', [clpeId, ids.mission]),
  )
  assert.deepEqual(rows, [{ outcome: 'piloted' }])
})
