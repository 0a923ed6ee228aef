import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { announceClosings, closeEnded } from './close-ended.job.ts'
import { runningCampaigns } from './index.ts'

const { aquitaine, gironde, graves, coeur } = places
const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }
const pool = Array.from({ length: 40 }, (_, n) => siretOf(n + 1))
const delay = 15

let now = new Date('2027-01-20T11:00:00Z')
let house: House
let worker: pg.Client
let ines: Person
let lead: Person
let colleague: Person // pilots beside
let reader: Person // of a member, only reads
let paul: Person // pilots elsewhere
before(async () => {
  house = await openHouse([...campaigns, ...runningCampaigns], { clock: () => now })
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    pool.map(siret => ({ siret })),
  )
  const cc = await house.organisation({ name: 'CC des Essais' })
  ines = await house.person(cc.id, [{ profile: 'pilote', territoryId: gironde }])
  lead = await house.person(cc.id, [{ profile: 'responsable', territoryId: gironde }])
  colleague = await house.person(cc.id, [{ profile: 'pilote', territoryId: gironde }])
  const [mission, plie] = [
    await house.organisation({ name: 'Mission des Essais' }),
    await house.organisation({ name: 'PLIE des Essais' }),
  ]
  reader = await house.person(mission.id, [{ profile: 'pilote', territoryId: gironde }])
  paul = await house.person(plie.id, [{ profile: 'pilote', territoryId: gironde }])
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
})
after(async () => {
  await worker.end()
  await house.close()
})

/** Open, held until 10 January. */
const ended = async (over: Parameters<typeof aCampaign>[0] = {}) => {
  const siret = pool.pop()!
  const { id } = await insertCampaign(
    house.owner,
    aCampaign({
      pilotId: ines.organisationId,
      territoryId: coeur,
      place: here,
      status: 'open',
      startsOn: '2026-11-01',
      endsOn: '2027-01-10',
      memberIds: [reader.organisationId],
      ...over,
    }),
    ines.id,
    [siret],
  )
  await house.owner.query(`insert into campaign_holds values ($1, $2, '[2026-11-01,2027-01-11)')`, [id, siret])
  return id
}
/** The job of a night, at three in Paris. */
const night = async (day: string) => {
  const by = (work: Parameters<Parameters<ReturnType<typeof within>>[0]>[0]) => ({
    ...work,
    now: new Date(`${day}T02:50:00Z`),
    newId: uuidv7,
  })
  await within(worker)(work => announceClosings(by(work), delay))
  await within(worker)(work => closeEnded(by(work)))
}
const row = async (id: string) =>
  (
    await house.owner.query(
      `select status, to_char(closes_on, 'YYYY-MM-DD') as closes_on, (select count(*)::int from campaign_holds
        where campaign_id = c.id) as holds from campaigns c where id = $1`,
      [id],
    )
  ).rows[0]
const told = async (id: string) =>
  (
    await house.owner.query(`select to_account_id, body from mails where kind = 'campaign-closing' and about_id = $1`, [
      id,
    ])
  ).rows
const read = async (id: string) => (await house.call(ines, 'GET', `/campaigns/${id}`)).body

test('CAM-15: a week before, who answers for it is told once; fifteen days after its last day it closes, frees its targets, and says so', async () => {
  const id = await ended()
  await house.owner.query('insert into campaign_leads values ($1, $2)', [id, lead.id])
  await night('2027-01-17')
  assert.deepEqual([await told(id), (await row(id)).closes_on], [[], null])
  await night('2027-01-18')
  await night('2027-01-19')
  const mails = await told(id)
  assert.deepEqual(
    mails.map(mail => mail.to_account_id),
    [lead.id],
    'its leads, once',
  )
  assert.match(mails[0].body, /10 janvier 2027.*25 janvier 2027/s)
  assert.equal((await read(id)).closesOn, '2027-01-25')
  await night('2027-01-24')
  assert.deepEqual(await row(id), { status: 'open', closes_on: '2027-01-25', holds: 1 })
  await night('2027-01-25')
  await night('2027-01-26')
  assert.deepEqual([(await row(id)).status, (await row(id)).holds], ['closed', 0])
  assert.deepEqual([(await read(id)).closesOn, (await read(id)).version], [null, 2])
  const [event, ...others] = (await house.call(ines, 'GET', `/campaigns/${id}/events`)).body.items
  assert.deepEqual([event.kind, event.by, others], ['closed', null, []])
  const { rows } = await house.owner.query(
    'select e.action, e.actor_id, e.organisation_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.subject_id = $1',
    [id],
  )
  assert.deepEqual(rows, [
    {
      action: 'campaign.closed-by-itself',
      actor_id: null,
      organisation_id: ines.organisationId,
      detail: { before: { status: 'open' }, after: { status: 'closed', freed: 1 }, announcedFor: '2027-01-25' },
    },
  ])
})

test('CAM-15: without a lead, who created it is told; a campaign that is prolonged is announced anew, and does not close', async () => {
  const id = await ended()
  await night('2027-01-18')
  assert.deepEqual(
    (await told(id)).map(mail => mail.to_account_id),
    [ines.id],
  )
  now = new Date('2027-01-22T11:00:00Z')
  const longer = await house.call(
    ines,
    'PUT',
    `/campaigns/${id}/period`,
    { endsOn: '2027-02-28' },
    { 'if-match': '"1"' },
  )
  assert.deepEqual([longer.status, longer.body.closesOn], [200, null])
  await night('2027-01-25')
  assert.equal((await row(id)).status, 'open')
  await night('2027-03-08')
  assert.deepEqual([(await told(id)).length, (await row(id)).closes_on], [2, '2027-03-15'])
})

test('CAM-15: nights were missed: it is announced first, and closes a week later', async () => {
  const id = await ended()
  await night('2027-03-01')
  assert.deepEqual(
    [(await row(id)).status, (await row(id)).closes_on, (await told(id)).length],
    ['open', '2027-03-08', 1],
  )
  await night('2027-03-08')
  assert.equal((await row(id)).status, 'closed')
})

test('CAM-15: drafts, closed campaigns and those whose period runs are left alone', async () => {
  const ids = [
    await ended({ status: 'draft' }),
    await ended({ status: 'closed' }),
    await ended({ endsOn: '2027-12-31' }),
  ]
  await night('2027-04-01')
  await night('2027-05-01')
  assert.deepEqual(await Promise.all(ids.map(async id => (await row(id)).status)), ['draft', 'closed', 'open'])
})

test('CAM-15: who pilots closes it in the same minute: it is closed once', async () => {
  const id = await ended()
  await night('2027-06-01')
  const [answer] = await Promise.all([house.call(ines, 'POST', `/campaigns/${id}/close`), night('2027-06-08')])
  assert.ok(answer!.status === 200 || answer!.body.code === 'campaign/wrong-status', JSON.stringify(answer!.body))
  const events = (await house.call(ines, 'GET', `/campaigns/${id}/events`)).body.items
  assert.deepEqual(
    events.map((e: any) => e.kind),
    ['closed'],
  )
})

/** Closed by the night, its mail read; it is 27 January 2027. */
const closedByItself = async () => {
  const id = await ended()
  await night('2027-01-18')
  await night('2027-01-25')
  assert.equal((await row(id)).status, 'closed')
  now = new Date('2027-01-27T11:00:00Z')
  return id
}
const reopen = (who: Person, id: string, body: object = {}) => house.call(who, 'POST', `/campaigns/${id}/reopen`, body)

test('CAM-15: closed by itself, it reopens as its mail says, with a new last day: holds, line of events and trail follow', async () => {
  const id = await closedByItself()
  assert.match((await told(id))[0].body, /Close, elle peut être rouverte, avec un nouveau dernier jour\./)
  assert.ok((await read(id)).allowed.includes('reopen'))
  const answer = await reopen(ines, id, { endsOn: '2027-03-31' })
  assert.deepEqual([answer.status, answer.body.status, answer.body.endsOn], [200, 'open', '2027-03-31'])
  assert.deepEqual([answer.body.closedAt, answer.body.closesOn], [null, null])
  const { rows: held } = await house.owner.query(
    `select to_char(upper(period) - 1, 'YYYY-MM-DD') as until from campaign_holds where campaign_id = $1`,
    [id],
  )
  assert.deepEqual(held, [{ until: '2027-03-31' }])
  const [event] = (await house.call(reader, 'GET', `/campaigns/${id}/events`)).body.items
  assert.deepEqual(
    [event.kind, event.by.name, event.endedOn, event.endsOn],
    ['reopened', 'CC des Essais', '2027-01-10', '2027-03-31'],
  )
  const { rows } = await house.owner.query(
    `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.subject_id = $1 and e.action = 'campaign.reopened'`,
    [id],
  )
  assert.deepEqual(
    [rows[0].detail.before, rows[0].detail.after.endsOn, rows[0].detail.after.held],
    [{ status: 'closed', endsOn: '2027-01-10' }, '2027-03-31', 1],
  )
  await night('2027-04-08')
  await night('2027-04-15')
  assert.deepEqual([(await told(id)).length, (await row(id)).status], [2, 'closed'], 'announced anew, then closed')
})

test('CAM-15: reopened without a last day to come, or by who may not: refused, and nothing moves', async () => {
  const id = await closedByItself()
  for (const [who, body, status, code] of [
    [ines, {}, 422, 'campaign/period-over'],
    [ines, { endsOn: '2027-01-26' }, 422, 'campaign/period-over'],
    [ines, { endsOn: '2999-12-31' }, 422, 'campaign/period-too-long'],
    [ines, { endsOn: '2027-02-31' }, 400, 'request/malformed'],
    [reader, { endsOn: '2027-03-31' }, 403, 'campaign/pilot-only'],
    [paul, { endsOn: '2027-03-31' }, 404, 'not-found'],
  ] as const) {
    const refused = await reopen(who, id, body)
    assert.deepEqual([refused.status, refused.body.code], [status, code], JSON.stringify(body))
  }
  assert.deepEqual(
    [(await row(id)).status, (await row(id)).holds, (await read(id)).endsOn],
    ['closed', 0, '2027-01-10'],
  )
  const later = await ended({ status: 'closed', startsOn: '2027-05-01', endsOn: '2027-06-01' })
  assert.equal((await reopen(ines, later, { endsOn: '2027-04-30' })).body.code, 'campaign/period-reversed')
  assert.equal((await reopen(ines, id, { endsOn: '2027-01-27' })).status, 200, 'today at the earliest')
  assert.equal((await reopen(ines, id, { endsOn: '2027-03-31' })).body.code, 'campaign/wrong-status')
})

test('CAM-15, CAM-3: what another holds until the new last day is decided upon first, then it reopens', async () => {
  const id = await closedByItself()
  const { rows } = await house.owner.query('select siret from campaign_targets where campaign_id = $1', [id])
  const siret = Number(rows[0].siret)
  const spring = { startsOn: '2027-03-01', endsOn: '2027-06-30' }
  const { id: theirs } = await insertCampaign(
    house.owner,
    aCampaign({ pilotId: paul.organisationId, territoryId: coeur, place: here, status: 'open', ...spring }),
    paul.id,
    [siret],
  )
  await house.owner.query(`insert into campaign_holds values ($1, $2, '[2027-03-01,2027-07-01)')`, [theirs, siret])
  const until = '2027-03-31'
  const refused = await reopen(ines, id, { endsOn: until })
  assert.deepEqual([refused.status, refused.body.code], [409, 'campaign/undecided-conflicts'])
  assert.deepEqual([(await row(id)).status, (await read(id)).endsOn], ['closed', '2027-01-10'])
  const listed = (await house.call(ines, 'GET', `/campaigns/${id}/conflicts?until=${until}`)).body.items
  assert.deepEqual(
    listed.map((c: any) => [Number(c.establishment.siret), c.kind]),
    [[siret, 'held']],
  )
  const decided = await house.call(ines, 'POST', `/campaigns/${id}/conflicts/decide`, {
    rule: { kind: 'held' },
    decision: 'share',
    until,
  })
  assert.deepEqual(decided.body, { decided: 1, awaiting: 0, undecided: 0 })
  assert.deepEqual([(await reopen(ines, id, { endsOn: until })).status, (await row(id)).holds], [200, 0])
})

test('CAM-15: two pilots reopen it at once: it is reopened once, with the day of one of them', async () => {
  const id = await closedByItself()
  const days = ['2027-03-31', '2027-04-30']
  const answers = await Promise.all([ines, colleague].map((who, n) => reopen(who, id, { endsOn: days[n] })))
  assert.deepEqual(answers.map(a => a.status).sort(), [200, 409])
  assert.equal((await read(id)).endsOn, days[answers.findIndex(a => a.status === 200)])
})
