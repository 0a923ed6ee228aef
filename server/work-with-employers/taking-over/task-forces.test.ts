import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { territories } from '../../territory-and-register/territories/index.ts'
import { insertTaskForce } from '../../territory-and-register/territories/testing.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { places } from '../campaigns/testing-world.ts'
import { takingOver } from './index.ts'
import { endConvention, layTerritories, openCampaign, rights, waiting } from './testing.ts'

const today = '2026-11-25'
const clpeId = places.coeur
let house: House
let pilot: Person
let lead: Person
let elsewhere: Person
let [own, rivals] = ['', '']
let rival: Person
before(async () => {
  house = await openHouse([...takingOver, ...territories], { clock: () => new Date(`${today}T11:00:00Z`) })
  await layTerritories(house.owner)
  await house.owner.query(`update territories set name = 'Cœur des Essais' where id = $1`, [clpeId])
  own = (await house.organisation({ name: 'CC des Essais' })).id
  rivals = (await house.organisation({ name: 'PLIE des Essais' })).id
  pilot = await house.person(own, [...rights('pilote')])
  lead = await house.person(own, [...rights('responsable')])
  elsewhere = await house.person(own, [...rights('pilote', places.landes)])
  rival = await house.person(rivals, [...rights('pilote')])
  await house.person(rivals, [...rights('conseiller')])
})
after(() => house.close())

let former = ''
let theirs: Person
/** The task force of the CLPE, that another structure pilots, with both of ours as members. */
beforeEach(async () => {
  await house.owner.query('delete from task_forces')
  await house.owner.query('delete from notifications')
  former = (await house.organisation({ name: 'Mission locale qui part' })).id
  theirs = await house.person(former, [...rights('pilote')])
  await insertTaskForce(house.owner, { clpeId, pilotId: former, memberIds: [own, rivals], sensitiveSectors: ['43'] })
})

const ofFormer = async (who: Person) => (await waiting(house, who)).find(item => item.organisation.id === former)
const force = async (who: Person) => (await house.call(who, 'GET', `/territories/${clpeId}/task-force`)).body
const take = (
  who: Person,
  to = who,
  parts: readonly object[] | null = [{ kind: 'task-force', campaignId: null, clpeId }],
  headers = once(),
) =>
  house.call(
    who,
    'POST',
    '/work-to-take-over/take',
    { organisationId: former, accountId: null, toAccountId: to.id, parts },
    headers,
  )
const pilotNow = async () => (await house.owner.query('select pilot_id, version from task_forces')).rows[0]
const mails = async () =>
  (
    await house.owner.query(
      'select account_id as to_account_id, kind, subject, text as body from notifications order by kind, text, account_id',
    )
  ).rows

test('CAM-16: the pilot of a task force is gone: who can pilot it in a member sees it, and takes it over in one step, its history kept', async () => {
  assert.equal(await ofFormer(pilot), undefined, 'its convention is in force')
  assert.deepEqual([(await force(pilot)).left, (await force(pilot)).allowed], [false, []])
  await endConvention(house.owner, former)
  const found = await ofFormer(pilot)
  assert.deepEqual(
    [found.why, found.person, found.parts.map((part: any) => [part.kind, part.clpe.name, part.campaign, part.count])],
    ['convention-over', null, [['task-force', 'Cœur des Essais', null, 1]]],
  )
  const before = await force(pilot)
  assert.deepEqual([before.left, before.allowed, before.handovers], [true, ['take-over'], []])
  const answer = await take(pilot)
  assert.deepEqual(answer.body, { targets: 0, nextActions: 0, needs: 0, campaigns: 0, taskForces: 1, left: 0 })
  const after = await force(pilot)
  assert.deepEqual(
    [after.pilot.id, after.left, after.allowed, after.version, after.members.length, after.sensitiveSectors.length],
    [own, false, ['edit'], 2, 3, 1],
    'its members and sectors stay',
  )
  const { handovers } = await force(rival)
  assert.deepEqual(
    handovers.map((one: any) => [one.kind, one.former.id, one.pilot.id, Date.parse(one.at)]),
    [['taken-over', former, own, Date.parse(`${today}T11:00:00Z`)]],
    'every member reads how it passed',
  )
  assert.equal(await ofFormer(pilot), undefined)
  const { rows } = await house.owner.query(
    `select e.actor_id, e.action, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.subject_kind = 'task-force' and e.subject_id = $1 and d.detail->'before'->>'pilotId' = $2`,
    [String(clpeId), former],
  )
  assert.deepEqual(rows, [
    {
      actor_id: pilot.id,
      action: 'task-force.taken-over',
      detail: { before: { pilotId: former }, after: { pilotId: own, receivedBy: pilot.id } },
    },
  ])
})

test('CAM-16: a task force taken over is told to who leads or pilots there in its members, once each, and to nobody else', async () => {
  await endConvention(house.owner, former)
  await take(pilot)
  const told = await mails()
  assert.deepEqual(
    told.map(mail => [mail.to_account_id, mail.kind, mail.subject]).toSorted(),
    [lead.id, rival.id].map(id => [id, 'task-force-taken-over', 'Une task force change de pilote']).toSorted(),
    'neither who did it, nor an advisor, nor who pilots elsewhere',
  )
  const bodyOf = (who: Person) => told.find(mail => mail.to_account_id === who.id).body
  assert.match(bodyOf(rival), /La structure CC des Essais reprend le pilotage de la task force de Cœur des Essais/)
  assert.match(bodyOf(rival), /La convention de la mission locale qui part a pris fin/)
  assert.match(bodyOf(lead), /Votre structure reprend le pilotage/)
})

test('CAM-16: given to a colleague who can pilot it, they are told; to one who cannot, it does not pass', async () => {
  await endConvention(house.owner, former)
  for (const one of [lead, elsewhere])
    assert.equal((await take(pilot, one)).body.code, 'taking-over/recipient-elsewhere', one.name)
  assert.equal((await pilotNow()).pilot_id, former)
  const colleague = await house.person(own, [...rights('pilote')])
  assert.equal((await take(pilot, colleague)).body.taskForces, 1)
  const told = (await mails()).filter(mail => mail.to_account_id === colleague.id)
  assert.deepEqual(
    told.map(mail => mail.kind),
    ['work-handed-over'],
  )
  assert.match(told[0].body, /vous confie le pilotage de la task force de Cœur des Essais, jusqu’ici/)
})

test('CAM-16, SEC-6: a task force whose pilot is there, of which one is no member, or that one cannot pilot, is not to be taken', async () => {
  const outsider = await house.person((await house.organisation()).id, [...rights('pilote')])
  const nobodysCode = async (who: Person) => {
    assert.equal(await ofFormer(who), undefined)
    return (await take(who)).body.code
  }
  assert.equal(await nobodysCode(pilot), 'taking-over/nothing-left', 'its pilot is there')
  await endConvention(house.owner, former)
  assert.equal(await nobodysCode(outsider), 'taking-over/nothing-left', 'no member')
  assert.equal(await nobodysCode(lead), 'taking-over/nothing-left', 'who leads does not pilot')
  assert.equal(await nobodysCode(elsewhere), 'taking-over/nothing-left', 'who pilots elsewhere')
  const advisor = await house.person(own, [...rights()])
  assert.equal((await take(advisor)).status, 403)
  assert.notEqual((await take(theirs)).status, 200, 'nor by who left')
  for (const clpe of [-1, 'x', 2 ** 40])
    assert.equal((await take(pilot, pilot, [{ kind: 'task-force', campaignId: null, clpeId: clpe }])).status, 400)
  assert.equal(
    (await take(pilot, pilot, [{ kind: 'task-force', campaignId: null }])).body.code,
    'taking-over/nothing-left',
    'none is named',
  )
  assert.deepEqual(await pilotNow(), { pilot_id: former, version: 1 })
  assert.deepEqual(await mails(), [])
})

test('CAM-16, SEC-6: straight to the database, a task force passes to who may take it over alone, and nobody writes its history for them', async () => {
  const outsider = await house.person((await house.organisation()).id, [...rights('pilote')])
  const as = async <T>(who: Person | null, query: ReturnType<typeof sql<T>>) => {
    const tx = await house.database.begin()
    try {
      if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await tx.all(query)
    } finally {
      await tx.rollback()
    }
  }
  const adopt = async (who: Person | null, to: Person | null = who) =>
    (
      await as(
        who,
        sql<{ former: string | null }>`
          select adopt_task_force(${clpeId}, ${(to ?? pilot).id}::uuid, ${today}::date, now()) as former`,
      )
    )[0]!.former
  assert.equal(await adopt(pilot), null, 'its pilot is there')
  await endConvention(house.owner, former)
  for (const [who, to] of [
    [null, null],
    [outsider, outsider],
    [lead, lead],
    [elsewhere, elsewhere],
    [pilot, lead],
    [pilot, rival],
  ] as const)
    assert.equal(await adopt(who, to), null)
  assert.equal(await adopt(pilot), former)
  const written = (who: Person, kind: string, formerId: string) =>
    as(
      who,
      sql`insert into task_force_handovers (clpe_id, version, at, kind, former_id, pilot_id, by_account, by_organisation)
        values (${clpeId}, 2, now(), ${kind}, ${formerId}::uuid, ${rivals}::uuid, ${who.id}::uuid,
          ${who.organisationId}::uuid)`,
    )
  await assert.rejects(written(pilot, 'handed-over', own), /row-level security/, 'who does not pilot it')
  await take(pilot)
  await assert.rejects(written(pilot, 'taken-over', own), /row-level security/)
  await assert.rejects(written(pilot, 'handed-over', former), /row-level security/)
  const far = await house.person((await house.organisation()).id, [...rights('pilote', places.landes)])
  assert.deepEqual(await as(far, sql`select * from task_force_handovers`), [], 'who does not read the task force')
  assert.deepEqual(
    await as(lead, sql`select * from task_force_leads(${clpeId}, ${today}::date)`),
    [],
    'only who edits it is told who leads there',
  )
})

test('CAM-16: two structures take a task force over at once, eight times: it goes to one, and the other is told to which', async () => {
  for (let round = 0; round < 8; round++) {
    await house.owner.query(`update task_forces set pilot_id = $1`, [former])
    await house.owner.query('delete from task_force_handovers')
    if (round === 0) await endConvention(house.owner, former)
    const answers = await Promise.all([take(pilot), take(rival)])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
    const ours = answers[0]!.status === 200
    assert.equal((await pilotNow()).pilot_id, ours ? own : rivals)
    const refused = answers.find(({ status }) => status === 409)!.body
    assert.deepEqual(
      [refused.code, refused.facts],
      [
        'taking-over/taken-by-another',
        {
          taskForces: [{ clpe: 'Cœur des Essais', pilot: ours ? 'CC des Essais' : 'PLIE des Essais', ours: false }],
        },
      ],
    )
  }
})

test('CAM-16: two of one structure take it at once: the second reads that it is theirs; sent twice with one key, it is done once', async () => {
  await endConvention(house.owner, former)
  const colleague = await house.person(own, [...rights('pilote')])
  const keys = [once(), once()] as const
  const again = () => Promise.all([take(pilot, pilot, null, keys[0]), take(colleague, colleague, null, keys[1])])
  const answers = await again()
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
  assert.equal(answers.find(({ status }) => status === 409)!.body.facts.taskForces[0].ours, true)
  const won = answers.findIndex(({ status }) => status === 200)
  assert.deepEqual((await again())[won]!.body, answers[won]!.body)
  assert.equal((await pilotNow()).version, 2)
  assert.equal((await house.owner.query('select from task_force_handovers')).rowCount, 1)
})

test('CAM-16: with all that a structure leaves, its task force passes in the same step as its campaign; chosen apart, alone', async () => {
  const campaignId = await openCampaign(house.owner, theirs, [own], [])
  await endConvention(house.owner, former)
  assert.deepEqual((await take(pilot)).body, {
    targets: 0,
    nextActions: 0,
    needs: 0,
    campaigns: 0,
    taskForces: 1,
    left: 0,
  })
  await house.owner.query(`update task_forces set pilot_id = $1, version = 5`, [former])
  assert.deepEqual((await take(pilot, pilot, null)).body, {
    targets: 0,
    nextActions: 0,
    needs: 0,
    campaigns: 1,
    taskForces: 1,
    left: 0,
  })
  const { rows } = await house.owner.query('select pilot_id from campaigns where id = $1', [campaignId])
  assert.deepEqual([rows[0].pilot_id, (await pilotNow()).pilot_id], [own, own])
})

const edit = (who: Person, pilotId: string, version: number) =>
  house.call(
    who,
    'PUT',
    `/territories/${clpeId}/task-force`,
    { pilotId, memberIds: [own, rivals, former], sensitiveSectors: ['43'] },
    { 'if-match': `"${version}"` },
  )
test('CAM-16: who finds nothing left is told who pilots a task force now: of what was just taken over, not of what was handed over, nor long ago', async () => {
  await edit(theirs, rivals, 1)
  await endConvention(house.owner, former)
  assert.equal((await take(pilot, pilot, null)).body.code, 'taking-over/nothing-left', 'handed over by its pilot')
  await house.owner.query('update task_forces set pilot_id = $1', [former])
  await take(pilot)
  await edit(pilot, rivals, 3)
  const { code, facts } = (await take(pilot)).body
  const now = [{ clpe: 'Cœur des Essais', pilot: 'PLIE des Essais', ours: false }]
  assert.deepEqual([code, facts], ['taking-over/taken-by-another', { taskForces: now }], 'handed on since')
  await house.owner.query(`update task_force_handovers set at = at - interval '1 day'`)
  assert.equal((await take(pilot)).body.code, 'taking-over/nothing-left', 'the day before')
})

test('CAM-16: a pilot that hands its task force over leaves it in its history too', async () => {
  assert.equal((await edit(theirs, former, 1)).status, 200)
  assert.deepEqual((await force(pilot)).handovers, [], 'what does not change its pilot is not in it')
  assert.equal((await edit(theirs, own, 2)).status, 200)
  assert.deepEqual(
    (await force(pilot)).handovers.map((one: any) => [one.kind, one.former.id, one.pilot.id]),
    [['handed-over', former, own]],
  )
})
