import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, mayWrite, rowsWritten, sightsOf } from '../../testing/parity.ts'
import { layGate } from '../rgc/testing.ts'
import { mayDeclare } from './absences.policy.ts'
import { absences } from './index.ts'

const today = '2026-11-25'
let house: House
let [advisor, lead, manager, colleague, foreign] = [] as unknown as [Person, Person, Person, Person, Person]
before(async () => {
  house = await openHouse(absences, { clock: () => new Date(`${today}T11:00:00Z`) })
  const [own, other] = [(await house.organisation()).id, (await house.organisation()).id]
  advisor = await house.person(own, [{}])
  colleague = await house.person(own, [{}])
  lead = await house.person(own, [{ profile: 'responsable' }])
  foreign = await house.person(other, [{ profile: 'pilote' }])
  manager = await house.person(own)
  await layGate(house.owner, manager)
  await house.owner.query(
    `insert into role_assignments (id, account_id, organisation_id, role, starts_at, reason)
      values ($1, $2, $3, 'rgc', '2020-01-01', 'Essai')`,
    [uuidv7(), manager.id, own],
  )
})
after(() => house.close())

const say = (who: Person, whose: Person, startsOn: string, endsOn: string) =>
  house.call(who, 'POST', '/absences', { accountId: whose.id, startsOn, endsOn }, once())
const listed = async (who: Person) => (await house.call(who, 'GET', '/absences')).body.items as any[]

test('CAM-13: an absence is said with its dates by oneself, a lead or an account manager, and withdrawn; the trail says who', async () => {
  for (const [who, startsOn] of [
    [advisor, '2026-12-01'],
    [lead, '2026-12-02'],
    [manager, '2026-12-03'],
  ] as const) {
    const { status, body } = await say(who, advisor, startsOn, startsOn)
    assert.deepEqual([status, body.person.id, body.startsOn, body.allowed], [200, advisor.id, startsOn, ['withdraw']])
    const { rows } = await house.owner.query(
      `select e.action, e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.subject_id = $1`,
      [body.id],
    )
    assert.deepEqual(rows, [
      {
        action: 'absence.said',
        actor_id: who.id,
        detail: { accountId: advisor.id, startsOn, endsOn: startsOn },
      },
    ])
  }
  assert.deepEqual(
    (await listed(lead)).map(one => one.startsOn),
    ['2026-12-01', '2026-12-02', '2026-12-03'],
  )
  assert.deepEqual(await listed(colleague), [], 'a colleague who leads nobody reads none')
  assert.deepEqual(await listed(foreign), [])
  const colleagues = async (who: Person) =>
    (await house.call(who, 'GET', '/absences')).body.colleagues.map((one: any) => one.id)
  assert.deepEqual(await colleagues(advisor), [advisor.id])
  assert.equal((await colleagues(manager)).length, 4, 'all of the structure')
  const [first] = await listed(advisor)
  const withdraw = (who: Person) => house.call(who, 'POST', `/absences/${first.id}/withdraw`, {}, once())
  assert.equal((await withdraw(colleague)).status, 404)
  assert.deepEqual((await withdraw(manager)).body.allowed, [])
  assert.equal((await withdraw(advisor)).status, 200, 'twice changes nothing')
  assert.equal((await listed(advisor)).length, 2)
})

test('SEC-6, CAM-13: nobody else says it, and no absence holds a day twice, also said at once', async () => {
  assert.deepEqual((await say(colleague, advisor, '2027-01-04', '2027-01-08')).body.code, 'absence/not-yours')
  assert.deepEqual((await say(foreign, advisor, '2027-01-04', '2027-01-08')).status, 404)
  assert.equal((await say(advisor, advisor, '2026-11-20', '2026-11-24')).body.code, 'absence/over')
  for (let round = 0; round < 6; round++) {
    const [startsOn, endsOn] = [`2027-02-${10 + round}`, `2027-02-${10 + round}`]
    const answers = await Promise.all([say(advisor, advisor, startsOn, endsOn), say(lead, advisor, startsOn, endsOn)])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
    assert.equal(answers.find(({ status }) => status === 409)!.body.code, 'absence/overlaps')
  }
  assert.equal((await say(advisor, advisor, '2027-02-09', '2027-02-10')).body.code, 'absence/overlaps')
})

test('SEC-6, CAM-13: who reads and writes an absence: the policy and the database agree on every pair', async () => {
  const people = [advisor, lead, manager, colleague, foreign]
  const rows = people.map(person => ({ id: uuidv7(), accountId: person.id, organisationId: person.organisationId }))
  for (const row of rows)
    await house.owner.query(
      `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
        values ($1, $2, $3, '2027-05-03', '2027-05-07', $2, now())`,
      [row.id, row.accountId, row.organisationId],
    )
  const hashOf = (person: Person) => tokenHash(person.cookie.split('=')[1]!)
  const sights = await sightsOf(
    house.database,
    people.map(hashOf),
    sql<{ id: string }>`select id from absences where starts_on = '2027-05-03'`,
  )
  assert.equal(sights.length, people.length)
  assert.deepEqual(
    disagreements(sights, rows, (viewer, row) => mayDeclare(viewer, row) === true),
    [],
  )
  assert.ok(
    disagreements(sights, rows, (viewer, row) => row.organisationId === viewer.organisationId).length > 0,
    'the comparison fails when a clause goes',
  )
  for (const [index, who] of people.entries())
    for (const row of rows) {
      const may = mayDeclare(sights[index]!.viewer, row) === true
      const [inserts, withdraws] = [
        sql`insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
          values (${uuidv7()}, ${row.accountId}, ${row.organisationId}, '2027-06-01', '2027-06-02', ${who.id}, now())`,
        sql`update absences set withdrawn_at = now(), withdrawn_by = ${who.id}::uuid where id = ${row.id}::uuid`,
      ]
      for (const write of [inserts, withdraws])
        assert.equal(await mayWrite(house.database, hashOf(who), write), may, `${who.name} ${row.accountId}`)
    }
  const all = (
    await house.owner.query('select account_id as "accountId", organisation_id as "organisationId" from absences')
  ).rows
  for (const [index, who] of people.entries())
    assert.equal(
      await rowsWritten(
        house.database,
        hashOf(who),
        sql`update absences set withdrawn_at = now(), withdrawn_by = ${who.id}::uuid`,
      ),
      all.filter(row => mayDeclare(sights[index]!.viewer, row) === true).length,
      `${who.name}, without reading first`,
    )
  const own = rows.find(row => row.accountId === advisor.id)!
  for (const [what, write] of [
    [
      'said in another’s name',
      sql`insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
        values (${uuidv7()}, ${advisor.id}, ${advisor.organisationId}, '2027-06-01', '2027-06-02', ${advisor.id}, now())`,
    ],
    [
      'withdrawn in another’s name',
      sql`update absences set withdrawn_at = now(), withdrawn_by = ${advisor.id}::uuid where id = ${own.id}::uuid`,
    ],
    ['put back', sql`update absences set withdrawn_at = null, withdrawn_by = null where id = ${own.id}::uuid`],
  ] as const)
    assert.equal(await mayWrite(house.database, hashOf(lead), write), false, what)
})

test('CAM-13: of who has left, no absence is said nor listed; who withdrew first stays the one who did', async () => {
  const leaver = await house.person(advisor.organisationId, [{}])
  assert.equal((await say(lead, leaver, '2027-07-01', '2027-07-02')).status, 200)
  const withdrawn = (await say(lead, leaver, '2027-08-01', '2027-08-02')).body
  for (const who of [lead, manager])
    assert.equal((await house.call(who, 'POST', `/absences/${withdrawn.id}/withdraw`, {}, once())).status, 200)
  const { rows } = await house.owner.query('select withdrawn_by from absences where id = $1', [withdrawn.id])
  assert.equal(rows[0].withdrawn_by, lead.id)
  const theirs = async () => (await listed(lead)).filter(one => one.person.id === leaver.id).map(one => one.startsOn)
  assert.deepEqual(await theirs(), ['2027-07-01'])
  await house.owner.query(`update accounts set status = 'deleted' where id = $1`, [leaver.id])
  assert.deepEqual(await theirs(), [])
  assert.equal((await say(lead, leaver, '2027-09-01', '2027-09-02')).status, 404)
})

test('CAM-13: absences are forgotten a year after they are over or withdrawn', async () => {
  await house.owner.query(
    `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
      values (gen_random_uuid(), $1, $2, current_date - 380, current_date - 370, $1, now()),
        (gen_random_uuid(), $1, $2, current_date - 369, current_date - 360, $1, now())`,
    [foreign.id, foreign.organisationId],
  )
  await house.owner.query(
    `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at, withdrawn_by,
        withdrawn_at)
      values (gen_random_uuid(), $1, $2, current_date - 300, current_date + 300, $1, now(), $1, now() - interval '370 days'),
        (gen_random_uuid(), $1, $2, current_date - 300, current_date + 300, $1, now(), $1, now() - interval '300 days')`,
    [foreign.id, foreign.organisationId],
  )
  const worker = await house.owner.query('select ctx.purge_absences() as purged')
  assert.equal(worker.rows[0].purged, 2, 'one that is over, one that was withdrawn')
})
