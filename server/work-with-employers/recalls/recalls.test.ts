import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { waiting } from '../../testing/while-held.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { recallStale } from './recall-stale.job.ts'
import { day, delays, here, openWorld, start } from './testing.ts'

type World = Awaited<ReturnType<typeof openWorld>>
let { house, worker, running, close, morning, told } = {} as World
let { pilot, lead, advisor, otherLead } = {} as World['people']
let end: World['end']
before(async () => {
  const world = await openWorld()
  ;({ house, worker, running, close, morning, told, end } = world)
  ;({ pilot, lead, advisor, otherLead } = world.people)
})
after(() => end())

test('CAM-13: what nobody works is recalled to its owner, then to the lead of their structure, then to the pilot, once each', async () => {
  const one = await running(3, [lead, otherLead])
  const seen = []
  for (const shift of [14, 15, 16, 21, 22, 23, 28, 29, 30, 60]) {
    await morning(shift)
    for (const [who, count] of await told(one)) seen.push([shift, who, count])
  }
  assert.deepEqual(seen, [
    [15, advisor.id, '3'],
    [22, lead.id, '3'],
    [29, otherLead.id, '3'],
  ])
  await close(one)
})

test('CAM-13: contacted, or planned ahead, is not stale; left again, it is recalled anew', async () => {
  const one = await running(3)
  const [contacted, planned] = one.sirets
  await house.owner.query(
    `insert into campaign_contacts (campaign_id, siret, organisation_id, contacts, last_on) values ($1, $2, $3, 1, $4)`,
    [one.campaign.id, contacted, advisor.organisationId, day(10)],
  )
  await insertExchange(
    house.owner,
    anExchange({
      ...here,
      siret: planned!,
      campaignId: one.campaign.id,
      organisationId: advisor.organisationId,
      authorId: advisor.id,
      occurredOn: start,
      nextAction: { kind: 'rappel', dueOn: day(30), dueAt: null, ownerId: advisor.id },
    }),
  )
  await morning(15)
  assert.deepEqual(await told(one), [[advisor.id, '1']])
  await morning(25)
  const later = await told(one)
  assert.deepEqual(
    later.toSorted(),
    [
      [advisor.id, '1'],
      [lead.id, '1'],
    ].toSorted(),
    'each by its own spell',
  )
  await morning(45)
  assert.ok(
    (await told(one)).some(([who, count]) => who === advisor.id && count === '1'),
    'what was planned is late',
  )
  await close(one)
})

test('CAM-13: never to who is absent: the next is told in their place, and all that one is told is one mail', async () => {
  const [one, two] = [await running(2), await running(1)]
  await house.owner.query(
    `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
      values (gen_random_uuid(), $1, $2, $3, $4, $1, now())`,
    [advisor.id, advisor.organisationId, day(10), day(40)],
  )
  assert.equal(await morning(15), 0)
  assert.equal(await morning(22), 1, 'one mail for two campaigns')
  const { rows } = await house.owner.query(
    `select account_id as to_account_id, text as body from notifications where kind = 'stale-targets'`,
  )
  assert.deepEqual([rows.length, rows[0].to_account_id], [1, lead.id])
  assert.match(rows[0].body, /Des collègues de votre structure/)
  for (const { campaign } of [one, two]) assert.ok(rows[0].body.includes(campaign.name))
  assert.ok(!rows[0].body.includes(advisor.name), 'nobody is named')
  await house.owner.query('delete from absences')
  await house.owner.query(`delete from notifications where kind = 'stale-targets'`)
  await close(one)
  await close(two)
})

test('CAM-13: nights that were missed skip nobody: the owner is told first, and the others after as long as the delays differ', async () => {
  const one = await running(1, [lead])
  const seen = []
  for (const shift of [50, 51, 56, 57, 63, 64]) {
    await morning(shift)
    for (const [who] of await told(one)) seen.push([shift, who])
  }
  // No lead is of the pilot's structure: who created the campaign answers for it.
  assert.deepEqual(seen, [
    [50, advisor.id],
    [57, lead.id],
    [64, pilot.id],
  ])
  await close(one)
})

test('CAM-13: finished, cancelled, out of the period: not recalled; a holder who leads is told as holder alone', async () => {
  const one = await running(2, [advisor])
  const [finished, cancelled] = one.sirets
  await house.owner.query(`update campaign_targets set status = 'traite' where siret = $1`, [finished])
  await insertExchange(
    house.owner,
    anExchange({
      ...here,
      siret: cancelled!,
      campaignId: one.campaign.id,
      organisationId: advisor.organisationId,
      authorId: advisor.id,
      occurredOn: start,
      nextAction: { kind: 'rappel', dueOn: day(30), dueAt: null, ownerId: advisor.id },
    }),
  )
  await house.owner.query('update next_actions set cancelled_at = now() where siret = $1', [cancelled])
  const period = (startsOn: string, endsOn: string) =>
    house.owner.query('update campaigns set starts_on = $1, ends_on = $2 where id = $3', [
      startsOn,
      endsOn,
      one.campaign.id,
    ])
  await period(start, day(14))
  await morning(15)
  assert.deepEqual(await told(one), [], 'the campaign is over')
  await period(day(16), day(120))
  await morning(15)
  assert.deepEqual(await told(one), [], 'it begins tomorrow')
  await period(start, day(120))
  await morning(15)
  assert.deepEqual(await told(one), [[advisor.id, '1']])
  await morning(22)
  assert.deepEqual(await told(one), [])
  await morning(29)
  assert.deepEqual(await told(one), [[pilot.id, '1']])
  await close(one)
})

test('CAM-13: stopped before its end, a morning has told nothing; the next tells all', async () => {
  const one = await running(2)
  const at = { now: new Date(`${day(15)}T04:20:00Z`) }
  const stopped = within(worker)(async work => {
    assert.equal(await recallStale({ ...work, ...at }, delays), 1)
    throw new Error('stopped')
  })
  await assert.rejects(stopped, /stopped/)
  assert.deepEqual(await told(one), [])
  await morning(15)
  assert.deepEqual(await told(one), [[advisor.id, '2']])
  await close(one)
})

test('CAM-13: whether someone is there is asked once of each person, not of each target they hold', async () => {
  const one = await running(40)
  let asked = 0
  worker.on('notice', ({ message }) => {
    asked += Number(message === 'asked')
  })
  await withFunctionChanged(
    house.owner,
    'ctx.why_away(uuid, date)',
    'select x.status',
    `raise notice 'asked'; select x.status`,
    () => morning(15),
  )
  worker.removeAllListeners('notice')
  assert.deepEqual(await told(one), [[advisor.id, '40']])
  assert.equal(asked, 3, 'the advisor, the lead, and who created the campaign')
  await close(one)
})

test('CAM-13: two mornings at once tell once; recalls of a year ago are forgotten', async () => {
  const one = await running(2)
  const second = new pg.Client(house.urls.workerUrl)
  await second.connect()
  const at = { now: new Date(`${day(15)}T04:20:00Z`) }
  let other: Promise<number> | undefined
  try {
    await within(worker)(async work => {
      await recallStale({ ...work, ...at }, delays)
      other = within(second)(inside => recallStale({ ...inside, ...at }, delays))
      while ((await waiting(house.owner)) === 0) await new Promise(resolve => setTimeout(resolve, 20))
    })
    assert.equal(await other, 0)
  } finally {
    await second.end()
  }
  assert.deepEqual(await told(one), [[advisor.id, '2']])
  const { rows } = await worker.query(`select ctx.purge_recalls($1) as purged`, [`${day(15 + 367)}T04:20:00Z`])
  assert.ok(rows[0].purged >= 2)
  await close(one)
})
