import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { siretText } from '../../platform/siret.ts'
import { transactionRetries } from '../../platform/telemetry.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertContact, insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { runningCampaigns } from './index.ts'

const today = '2027-01-20'
const now = new Date(`${today}T11:00:00Z`)
const { aquitaine, gironde, graves, coeur } = places
const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }
const pool = Array.from({ length: 200 }, (_, n) => siretOf(n + 1))
/** SIRETs that no other test touches. */
const fresh = (n: number) => pool.splice(0, n)

let house: House
let ines: Person // pilots for the community of communes
let colleague: Person // pilots beside
let reader: Person // of a member, reads
let paul: Person // pilots for the PLIE
before(async () => {
  house = await openHouse([...campaigns, ...runningCampaigns], { clock: () => now })
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    pool.map(siret => ({ siret })),
  )
  const [cc, plie, mission] = [
    await house.organisation({ name: 'CC des Essais' }),
    await house.organisation({ name: 'PLIE des Essais' }),
    await house.organisation({ name: 'Mission des Essais' }),
  ]
  const pilot = [{ profile: 'pilote', territoryId: gironde }] as const
  ines = await house.person(cc.id, [...pilot], { provenAt: now })
  colleague = await house.person(cc.id, [...pilot], { provenAt: now })
  paul = await house.person(plie.id, [...pilot], { provenAt: now })
  reader = await house.person(mission.id, [{ profile: 'pilote', territoryId: gironde }])
})
after(() => house.close())

const post = (who: Person, id: string, verb: string, body?: object) =>
  house.call(who, 'POST', `/campaigns/${id}/${verb}`, body)
const draft = (who: Person, sirets: readonly number[], over: Parameters<typeof aCampaign>[0] = {}) =>
  insertCampaign(
    house.owner,
    aCampaign({
      pilotId: who.organisationId,
      memberIds: [reader.organisationId],
      territoryId: coeur,
      place: here,
      ...over,
    }),
    who.id,
    sirets,
  )
const opened = async (who: Person, sirets: readonly number[], over: Parameters<typeof aCampaign>[0] = {}) => {
  const { id } = await draft(who, sirets, over)
  assert.equal((await post(who, id, 'open')).status, 200)
  return id
}
const get = async (who: Person, id: string) => (await house.call(who, 'GET', `/campaigns/${id}`)).body
const until = (who: Person, id: string, endsOn: string, version = 2) =>
  house.call(who, 'PUT', `/campaigns/${id}/period`, { endsOn }, { 'if-match': `"${version}"` })
const holds = async (id: string) =>
  (
    await house.owner.query(
      `select siret, to_char(upper(period) - 1, 'YYYY-MM-DD') as until from campaign_holds where campaign_id = $1
        order by siret`,
      [id],
    )
  ).rows.map(row => [Number(row.siret), row.until])
const target = async (id: string, siret: number) =>
  (
    await house.owner.query('select status, shared from campaign_targets where campaign_id = $1 and siret = $2', [
      id,
      siret,
    ])
  ).rows[0]
const trail = async (id: string) =>
  (
    await house.owner.query(
      'select e.action, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.subject_id = $1 order by e.at, e.id',
      [id],
    )
  ).rows
const spring = { startsOn: '2027-04-01', endsOn: '2027-06-30' }

test('CAM-15: an open campaign is prolonged, then shortened: its holds follow, its members read it, the trail says so', async () => {
  const sirets = fresh(3)
  const id = await opened(ines, sirets)
  const longer = await until(ines, id, '2027-05-31')
  assert.deepEqual([longer.status, longer.body.endsOn, longer.body.version], [200, '2027-05-31', 3])
  assert.deepEqual(
    await holds(id),
    sirets.map(siret => [siret, '2027-05-31']),
  )
  const shorter = await until(ines, id, today, 3)
  assert.deepEqual([shorter.status, shorter.body.endsOn], [200, today])
  assert.deepEqual(
    await holds(id),
    sirets.map(siret => [siret, today]),
  )
  const { items } = (await house.call(reader, 'GET', `/campaigns/${id}/events`)).body
  assert.deepEqual(
    items.map((e: any) => [e.kind, e.by.name, e.endedOn, e.endsOn]),
    [
      ['period', 'CC des Essais', '2027-05-31', today],
      ['period', 'CC des Essais', '2027-03-15', '2027-05-31'],
      ['opened', 'CC des Essais', null, null],
    ],
  )
  assert.deepEqual(
    (await trail(id))
      .slice(-2)
      .map(e => [e.action, e.detail.before.endsOn, e.detail.after.endsOn, e.detail.after.held]),
    [
      ['campaign.period-changed', '2027-03-15', '2027-05-31', 3],
      ['campaign.period-changed', '2027-05-31', today, 3],
    ],
  )
})

test('CAM-15: a campaign whose last day has passed is prolonged', async () => {
  const { id } = await draft(ines, fresh(1), { status: 'open', startsOn: '2026-10-01', endsOn: '2027-01-10' })
  const answer = await until(ines, id, '2027-02-28', 1)
  assert.deepEqual([answer.status, answer.body.endsOn], [200, '2027-02-28'])
})

for (const [why, endsOn, code] of [
  ['to yesterday', '2027-01-19', 'campaign/period-over'],
  ['to before its first day', '2027-01-14', 'campaign/period-reversed'],
  ['for a year and a day', '2028-01-16', 'campaign/period-too-long'],
] as const)
  test(`CAM-15: shortened ${why}: refused, and nothing moves`, async () => {
    const id = await opened(ines, fresh(1))
    const answer = await until(ines, id, endsOn)
    assert.deepEqual([answer.status, answer.body.code], [422, code])
    assert.deepEqual([(await get(ines, id)).endsOn, (await holds(id))[0]![1]], ['2027-03-15', '2027-03-15'])
  })

test('CAM-15: only who pilots an open campaign moves its period', async () => {
  const id = await opened(ines, fresh(1))
  const refused = await until(reader, id, '2027-05-31')
  assert.deepEqual([refused.status, refused.body.code], [403, 'campaign/pilot-only'])
  assert.deepEqual((await until(paul, id, '2027-05-31')).status, 404)
  assert.equal((await house.call(paul, 'GET', `/campaigns/${id}/events`)).status, 404)
  assert.equal((await until(ines, id, '2027-02-31')).status, 400)
  for (const status of ['draft', 'closed', 'archived'] as const) {
    const { id: other } = await draft(ines, fresh(1), { status })
    const answer = await until(ines, other, '2027-05-31', 1)
    assert.deepEqual([status, answer.status, answer.body.code], [status, 409, 'campaign/not-open'])
  }
})

test('CAM-15, CAM-3: prolonged over another campaign: refused with how many; all or nothing; decided upon, it is done', async () => {
  const [one, two, three, free] = fresh(4) as [number, number, number, number]
  const id = await opened(ines, [one, two, three, free])
  const theirs = await opened(paul, [one, two, three], spring)
  const refused = await until(ines, id, '2027-05-31')
  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.facts],
    [409, 'campaign/undecided-conflicts', { count: 3 }],
  )
  assert.deepEqual(
    [(await get(ines, id)).endsOn, new Set((await holds(id)).map(([, day]) => day))],
    ['2027-03-15', new Set(['2027-03-15'])],
  )
  const list = async (query: string) => (await house.call(ines, 'GET', `/campaigns/${id}/conflicts?${query}`)).body
  assert.equal((await list('total=true')).total, 0, 'until its own last day there is none')
  assert.deepEqual(
    (await list('until=2027-05-31&total=true')).items.map((c: any) => [c.establishment.siret, c.kind]),
    [one, two, three].map(siret => [siretText(siret), 'held']),
  )
  const decide = (siret: number, decision: string, reason?: string) =>
    post(ines, id, 'conflicts/decide', { sirets: [siretText(siret)], until: '2027-05-31', decision, reason })
  assert.deepEqual(
    (await post(ines, id, 'conflicts/decide', { sirets: [siretText(one)], decision: 'leave' })).body.code,
    'campaign/not-draft',
  )
  assert.deepEqual((await decide(one, 'leave')).body, { decided: 1, awaiting: 0, undecided: 2 })
  assert.equal((await decide(two, 'share')).status, 200)
  assert.deepEqual((await decide(three, 'take', 'Accord du PLIE')).body, { decided: 1, awaiting: 0, undecided: 0 })
  assert.equal((await until(ines, id, '2027-05-31')).status, 200)
  assert.deepEqual(
    await holds(id),
    [three, free].map(siret => [siret, '2027-05-31']),
  )
  assert.deepEqual(
    [await target(id, one), await target(id, two), await target(id, three), await target(theirs, three)],
    [
      { status: 'ecarte', shared: false },
      { status: 'a-contacter', shared: true },
      { status: 'a-contacter', shared: false },
      { status: 'ecarte', shared: false },
    ],
  )
  const mails = await house.owner.query(
    `select to_account_id from mails where kind = 'targets-taken-over' and about_id = $1`,
    [id],
  )
  assert.deepEqual(
    mails.rows.map(m => m.to_account_id),
    [paul.id],
    'who held it is told',
  )
})

test('CAM-15, CAM-3: what an open campaign works already is no conflict for having been contacted by another', async () => {
  const [siret] = fresh(1) as [number]
  const id = await opened(ines, [siret])
  await insertContact(house.owner, crypto.randomUUID(), siret, paul, '2027-01-18')
  assert.equal((await until(ines, id, '2027-05-31')).status, 200)
})

test('CAM-15: two pilots move the period at once: the second is shown what the first wrote', async () => {
  const id = await opened(ines, fresh(2))
  const answers = await Promise.all([until(ines, id, '2027-05-31'), until(colleague, id, '2027-06-30')])
  assert.deepEqual(answers.map(a => a.status).sort(), [200, 412])
  const [won, lost] = answers[0]!.status === 200 ? answers : answers.toReversed()
  assert.deepEqual([lost!.body.code, lost!.body.current.endsOn], ['request/changed-meanwhile', won!.body.endsOn])
})

test('CAM-15, CAM-3: prolonged while another opens over the same establishments, thirty times: one holds each', async () => {
  const sirets = fresh(12)
  const retries = async () => (await transactionRetries.get()).values.reduce((sum, { value }) => sum + value, 0)
  const before = await retries()
  const id = await opened(ines, sirets)
  const began = performance.now()
  assert.equal((await until(ines, id, '2027-03-20')).status, 200)
  const took = performance.now() - began
  assert.equal((await until(ines, id, '2027-03-15', 3)).status, 200)
  let prolonged = 0
  for (let round = 0; round < 30; round++) {
    const { version } = await get(ines, id)
    const theirs = await draft(paul, sirets.toReversed(), spring)
    // One is done before the other begins in the first round, the other in the last; between, one is ever less ahead.
    const ahead = (round - 14.5) / 14.5
    const prolong = () => until(ines, id, '2027-05-31', version)
    const open = () => post(paul, theirs.id, 'open')
    const mineFirst = round === 0 ? await prolong() : undefined
    const otherFirst = round === 29 ? await open() : undefined
    const [mine, other] = await Promise.all([
      mineFirst ?? setTimeout(Math.max(0, ahead) * took).then(prolong),
      otherFirst ?? setTimeout(Math.max(0, -ahead) * took).then(open),
    ])
    assert.deepEqual([mine.status, other.status].sort(), [200, 409], JSON.stringify([mine.body, other.body]))
    const won = mine.status === 200
    prolonged += Number(won)
    assert.deepEqual(
      await holds(id),
      sirets.map(siret => [siret, won ? '2027-05-31' : '2027-03-15']),
    )
    assert.equal((await holds(theirs.id)).length, won ? 0 : 12)
    if (won) assert.equal((await until(ines, id, '2027-03-15', version + 1)).status, 200)
    else assert.equal((await post(paul, theirs.id, 'close')).status, 200)
  }
  assert.ok(prolonged > 0 && prolonged < 30, `${prolonged} of 30: both were met`)
  assert.equal(await retries(), before, 'without a deadlock that a second try would have hidden')
})

test('CAM-15: the description, the goals and the leads of an open campaign are corrected; territory and targets stay', async () => {
  const id = await opened(ines, fresh(1), { goals: [{ kind: 'besoins', value: 3 }] })
  const correct = (who: Person, body: object, version = 2) =>
    house.call(
      who,
      'PUT',
      `/campaigns/${id}/presentation`,
      { description: null, goals: [], leadIds: [], ...body },
      { 'if-match': `"${version}"` },
    )
  const answer = await correct(ines, {
    description: 'Avant l’été',
    goals: [{ kind: 'echanges', value: 40 }],
    leadIds: [ines.id],
  })
  assert.equal(answer.status, 200)
  const { description, goals, leads, territory, counts } = answer.body
  assert.deepEqual(
    [description, goals, leads.map((l: any) => l.id), territory.id, counts.targets],
    ['Avant l’été', [{ kind: 'echanges', value: 40 }], [ines.id], coeur, 1],
  )
  const last = (await trail(id)).at(-1)
  assert.deepEqual(
    [last.action, last.detail.before.goals, last.detail.after.goals],
    ['campaign.corrected', [{ kind: 'besoins', value: 3 }], [{ kind: 'echanges', value: 40 }]],
  )
  for (const [who, body, status, code] of [
    [reader, {}, 403, 'campaign/pilot-only'],
    [paul, {}, 404, 'not-found'],
    [ines, { leadIds: [paul.id] }, 422, 'campaign/lead-not-entitled'],
    [ines, { goals: [1, 2].map(value => ({ kind: 'besoins', value })) }, 422, 'campaign/goal-twice'],
  ] as const) {
    const refused = await correct(who, body, 3)
    assert.deepEqual([refused.status, refused.body.code], [status, code])
  }
  assert.equal((await correct(ines, {}, 2)).status, 412)
})
