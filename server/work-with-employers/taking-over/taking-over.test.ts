import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { until } from '../../testing/until.ts'
import { places } from '../campaigns/testing-world.ts'
import { exchanges } from '../exchanges/index.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { portfolio } from '../portfolio/index.ts'
import { sharing } from '../sharing/index.ts'
import { takingOver } from './index.ts'
import { here, layTerritories, openCampaign, plan, rights, suspend, take, waiting } from './testing.ts'

const today = '2026-11-25'
const passedAt = `${today}T11:00:00.000Z`
let house: House
let own: string
let [lead, colleague, faraway, pilot, foreignLead] = [] as unknown as [Person, Person, Person, Person, Person]
before(async () => {
  house = await openHouse([...takingOver, ...exchanges, ...portfolio, ...sharing], {
    clock: () => new Date(`${today}T11:00:00Z`),
  })
  await layTerritories(house.owner)
  own = (await house.organisation({ name: 'Mission des Essais' })).id
  const partner = (await house.organisation({ name: 'CC des Essais' })).id
  lead = await house.person(own, [...rights('responsable')])
  colleague = await house.person(own, [...rights()])
  faraway = await house.person(own, [...rights('conseiller', places.landes)])
  pilot = await house.person(partner, [...rights('pilote')])
  foreignLead = await house.person(partner, [...rights('responsable')])
})
after(() => house.close())

const takeOver = (who: Person, from: Person, to: Person, parts: object[] | null = null) =>
  house.call(
    who,
    'POST',
    '/work-to-take-over/take',
    { organisationId: from.organisationId, accountId: from.id, toAccountId: to.id, parts },
    once(),
  )
let siret = 31_000_000_000_000
const someSirets = (count: number) => Array.from({ length: count }, () => ++siret)
/** Someone with three targets of a campaign and two next actions, one of them kept for their structure. */
const loaded = async () => {
  const gone = await house.person(own, [...rights()])
  const sirets = someSirets(3)
  const campaignId = await openCampaign(house.owner, pilot, [own], sirets)
  await take(house.owner, campaignId, gone, sirets)
  await plan(house.owner, gone, sirets[0]!, { campaignId })
  await plan(house.owner, gone, sirets[1]!, { campaignId, visibility: 'organisation', dueOn: '2026-12-10' })
  return { gone, sirets, campaignId }
}
const of = (items: any[], person: Person) => items.find(item => item.person?.id === person.id)
const holdersOf = async (campaignId: string) =>
  (
    await house.owner.query(
      'select distinct taken_by, taken_by_organisation from campaign_targets where campaign_id = $1',
      [campaignId],
    )
  ).rows
const ownersOf = async (sirets: number[]) =>
  (await house.owner.query('select distinct owner_id from next_actions where siret = any ($1)', [sirets])).rows.map(
    row => row.owner_id,
  )

test('CAM-16: who is suspended leaves nothing orphan: their lead sees targets and next actions, and takes all in one step, with its history', async () => {
  const { gone, sirets, campaignId } = await loaded()
  assert.equal(of(await waiting(house, lead), gone), undefined, 'who is there keeps their work')
  await suspend(house.owner, gone)
  const found = of(await waiting(house, lead), gone)
  assert.deepEqual(
    [found.why, found.awayUntil, found.parts.map((part: any) => [part.kind, part.count, part.late, part.firstDueOn])],
    [
      'no-access',
      null,
      [
        ['targets', 3, 0, null],
        ['next-actions', 2, 1, '2026-11-20'],
      ],
    ],
  )
  const answer = await takeOver(lead, gone, lead)
  assert.deepEqual(
    [answer.status, answer.body],
    [200, { targets: 3, nextActions: 2, needs: 0, campaigns: 0, taskForces: 0, passedAt, left: 0 }],
  )
  assert.deepEqual(await holdersOf(campaignId), [{ taken_by: lead.id, taken_by_organisation: own }])
  assert.deepEqual(await ownersOf(sirets), [lead.id])
  assert.equal(of(await waiting(house, lead), gone), undefined)
  const { items } = (await house.call(lead, 'GET', `/campaigns/${campaignId}/targets/${sirets[0]}/assignments`)).body
  assert.deepEqual([items[0].from.person.id, items[0].to.person.id, items[0].by.id], [gone.id, lead.id, lead.id])
  const acts = await house.owner.query(
    `select e.action, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.actor_id = $1 and (e.subject_id = $2 or e.action = 'next-action.handed-over') order by e.id`,
    [lead.id, gone.id],
  )
  assert.deepEqual(acts.rows.map(row => row.action).toSorted(), [
    'next-action.handed-over',
    'next-action.handed-over',
    'work.taken-over',
  ])
  assert.deepEqual(acts.rows.find(row => row.action === 'work.taken-over').detail, {
    to: lead.id,
    targets: [{ campaignId, count: 3 }],
    nextActions: 2,
    needs: 0,
    campaigns: 0,
  })
})

test('CAM-16, CAM-11: by parts, and to a colleague, who is told once; who had targets in hand reads how many on their return; the rest waits', async () => {
  const { gone, sirets, campaignId } = await loaded()
  await suspend(house.owner, gone)
  const first = await takeOver(lead, gone, colleague, [{ kind: 'targets', campaignId }])
  assert.deepEqual(first.body, { targets: 3, nextActions: 0, needs: 0, campaigns: 0, taskForces: 0, passedAt, left: 0 })
  assert.deepEqual(await ownersOf(sirets), [gone.id], 'next actions were not chosen')
  const rest = of(await waiting(house, lead), gone)
  assert.deepEqual(
    rest.parts.map((part: any) => part.kind),
    ['next-actions'],
  )
  await takeOver(lead, gone, colleague)
  const mails = await house.owner.query(
    `select body from mails where kind = 'work-handed-over' and to_account_id = $1 order by created_at`,
    [colleague.id],
  )
  assert.match(mails.rows[0].body, /vous confie 3 cibles, jusqu’ici à la charge de : /)
  assert.match(mails.rows[1].body, /vous confie 2 prochaines actions/)
  assert.equal(mails.rows.length, 2)
  const back = await house.owner.query('select kind, delivery, text from notifications where account_id = $1', [
    gone.id,
  ])
  assert.deepEqual(
    back.rows.map(({ kind, delivery, text }) => [kind, delivery, /\d+ cibles?/.exec(text)![0]]),
    [['targets-taken-back', 'morning', '3 cibles']],
  )
  const mine = (await house.call(colleague, 'GET', '/portfolio?total=true')).body
  assert.ok(mine.items.some((line: any) => line.campaign.id === campaignId))
})

test('CAM-16: a colleague entitled elsewhere gets nothing of it; who is away, or of another structure, receives nothing', async () => {
  const { gone, campaignId } = await loaded()
  await suspend(house.owner, gone)
  const other = await house.person(own, [...rights()])
  await suspend(house.owner, other)
  for (const [to, code] of [
    [faraway, 'taking-over/recipient-elsewhere'],
    [other, 'taking-over/recipient-away'],
    [gone, 'taking-over/recipient-away'],
    [pilot, 'taking-over/recipient-away'],
  ] as const)
    assert.deepEqual([(await takeOver(lead, gone, to)).body.code, to.id], [code, to.id])
  assert.deepEqual(await holdersOf(campaignId), [{ taken_by: gone.id, taken_by_organisation: own }])
})

test('CAM-16, POR-5: what waits is read with the colleagues who may receive it, or without them', async () => {
  const { gone } = await loaded()
  await suspend(house.owner, gone)
  const read = async (query: string) => (await house.call(lead, 'GET', `/work-to-take-over${query}`)).body
  const [all, alone] = [await read(''), await read('?recipients=false')]
  assert.ok(of(all.items, gone))
  assert.deepEqual([alone.items, alone.recipients], [all.items, []])
  assert.ok(
    all.recipients.some(({ id }: Person) => id === lead.id) && !all.recipients.some(({ id }: Person) => id === gone.id),
  )
})

test('SEC-6, CAM-16: an advisor, a lead elsewhere or of another structure neither sees nor takes it; nobody takes from who is there', async () => {
  const { gone, campaignId } = await loaded()
  const elsewhere = await house.person(own, [...rights('responsable', places.landes)])
  assert.equal((await takeOver(lead, gone, lead)).body.code, 'taking-over/nothing-left', 'they are there')
  await suspend(house.owner, gone)
  assert.deepEqual((await house.call(colleague, 'GET', '/work-to-take-over')).status, 403)
  for (const who of [elsewhere, foreignLead, pilot]) {
    assert.equal(of(await waiting(house, who), gone), undefined)
    assert.equal((await takeOver(who, gone, who)).body.code, 'taking-over/nothing-left')
  }
  assert.deepEqual(await holdersOf(campaignId), [{ taken_by: gone.id, taken_by_organisation: own }])
})

test('CAM-16: two who take at once, twelve times: all goes to one, the other is told that nothing is left', async () => {
  const second = await house.person(own, [...rights('responsable')])
  for (let round = 0; round < 12; round++) {
    const { gone, sirets, campaignId } = await loaded()
    await suspend(house.owner, gone)
    const answers = await Promise.all([takeOver(lead, gone, lead), takeOver(second, gone, second)])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
    const winner = answers[0]!.status === 200 ? lead : second
    assert.equal(answers.find(({ status }) => status === 409)!.body.code, 'taking-over/nothing-left')
    assert.deepEqual(await holdersOf(campaignId), [{ taken_by: winner.id, taken_by_organisation: own }])
    assert.deepEqual(await ownersOf(sirets), [winner.id])
    const lines = await house.owner.query('select count(*)::int as n from target_assignments where campaign_id = $1', [
      campaignId,
    ])
    assert.equal(lines.rows[0].n, 3, 'each target has one line of history')
  }
})

test('CAM-16: sent twice with one key, it is done once', async () => {
  const { gone, campaignId } = await loaded()
  await suspend(house.owner, gone)
  const [key, body] = [once(), { organisationId: own, accountId: gone.id, toAccountId: lead.id, parts: null }]
  const answers = [
    await house.call(lead, 'POST', '/work-to-take-over/take', body, key),
    await house.call(lead, 'POST', '/work-to-take-over/take', body, key),
  ]
  assert.deepEqual(answers[0]!.body, answers[1]!.body)
  assert.deepEqual(await holdersOf(campaignId), [{ taken_by: lead.id, taken_by_organisation: own }])
})

test('CAM-16: finished or set aside meanwhile stays as it is', async () => {
  const { gone, sirets, campaignId } = await loaded()
  await suspend(house.owner, gone)
  await house.owner.query(`update campaign_targets set status = 'traite' where campaign_id = $1 and siret = $2`, [
    campaignId,
    sirets[2],
  ])
  await house.owner.query('update next_actions set done_at = now() where siret = $1', [sirets[1]])
  assert.deepEqual((await takeOver(lead, gone, lead)).body, {
    targets: 2,
    nextActions: 1,
    needs: 0,
    campaigns: 0,
    taskForces: 0,
    passedAt,
    left: 0,
  })
  assert.deepEqual((await ownersOf([sirets[1]!]))[0], gone.id)
})

const giveBack = (who: Person, from: Person, to: Person, at = passedAt) =>
  house.call(
    who,
    'POST',
    '/work-to-take-over/give-back',
    { accountId: from.id, toAccountId: to.id, passedAt: at },
    once(),
  )
const takenAt = async (campaignId: string) =>
  (
    await house.owner.query(
      'select siret, taken_by, taken_at from campaign_targets where campaign_id = $1 order by siret',
      [campaignId],
    )
  ).rows
const actsOf = async (who: Person, action: string) =>
  (
    await house.owner.query(
      `select e.subject_id as subject, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.actor_id = $1 and e.action = $2 order by e.id`,
      [who.id, action],
    )
  ).rows

test('CAM-16, SEC-1: entrusted by error, it is given back as it was: holders since when, actions, both told, its trail; then no more', async () => {
  const chief = await house.person(own, [...rights('responsable')])
  const { gone, sirets, campaignId } = await loaded()
  const before = await takenAt(campaignId)
  await suspend(house.owner, gone)
  await takeOver(chief, gone, colleague)
  const answer = await giveBack(chief, gone, colleague)
  assert.deepEqual([answer.status, answer.body], [200, { targets: 3, nextActions: 2 }])
  assert.deepEqual(await takenAt(campaignId), before)
  assert.deepEqual(await ownersOf(sirets), [gone.id])
  assert.deepEqual(
    of(await waiting(house, chief), gone).parts.map((part: any) => [part.kind, part.count]),
    [
      ['targets', 3],
      ['next-actions', 2],
    ],
    'it waits again',
  )
  const { items } = (await house.call(chief, 'GET', `/campaigns/${campaignId}/targets/${sirets[0]}/assignments`)).body
  assert.deepEqual(
    items.map((line: any) => [line.from.person.id, line.to.person.id, line.by.id]).toSorted(),
    [
      [gone.id, colleague.id, chief.id],
      [colleague.id, gone.id, chief.id],
    ].toSorted(),
  )
  assert.deepEqual(await actsOf(chief, 'work.given-back'), [
    { subject: gone.id, detail: { from: colleague.id, targets: [{ campaignId, count: 3 }], nextActions: 2 } },
  ])
  assert.deepEqual(
    (await actsOf(chief, 'next-action.taken-back')).map(({ detail }) => [detail.before.ownerId, detail.after.ownerId]),
    [
      [colleague.id, gone.id],
      [colleague.id, gone.id],
    ],
  )
  const told = await house.owner.query(
    `select body from mails where kind = 'work-handed-over' and to_account_id = $1`,
    [colleague.id],
  )
  assert.ok(
    told.rows.some(({ body }) => /reprend 3 cibles et 2 prochaines actions, de nouveau à la charge de : /.test(body)),
  )
  const back = await house.owner.query('select text from notifications where account_id = $1', [gone.id])
  assert.ok(back.rows.some(({ text }) => /vous a rendu 3 cibles, qui vous avaient été retirées par erreur/.test(text)))
  assert.equal((await giveBack(chief, gone, colleague)).body.code, 'taking-over/nothing-to-give-back')
})

test('CAM-16: what was worked since stays with who has it: a contact, a state, an action done or moved', async () => {
  const { gone, sirets, campaignId } = await loaded()
  await suspend(house.owner, gone)
  await takeOver(lead, gone, colleague)
  await plan(house.owner, colleague, sirets[0]!, { campaignId })
  await house.owner.query('update exchanges set recorded_at = $2 where siret = $1 and author_id = $3', [
    sirets[0],
    `${today}T11:05:00Z`,
    colleague.id,
  ])
  await house.owner.query(`update campaign_targets set status = 'en-cours' where campaign_id = $1 and siret = $2`, [
    campaignId,
    sirets[1],
  ])
  const theirs = 'owner_id = $2 and siret = $1'
  await house.owner.query(
    `update next_actions set done_at = now() where ${theirs} and due_on = '2026-11-20'
    and exchange_id in (select id from exchanges where author_id = $3)`,
    [sirets[0], colleague.id, gone.id],
  )
  await house.owner.query(`update next_actions set version = version + 1 where ${theirs}`, [sirets[1], colleague.id])
  assert.deepEqual((await giveBack(lead, gone, colleague)).body, { targets: 1, nextActions: 0 })
  assert.deepEqual(
    (await takenAt(campaignId)).map(row => row.taken_by),
    [colleague.id, colleague.id, gone.id],
  )
  assert.deepEqual(await ownersOf(sirets), [colleague.id])
})

test('CAM-16, SEC-6: nobody gives back what another passed, at another instant, from another, nor where they lead no more', async () => {
  const { gone, sirets, campaignId } = await loaded()
  const [second, other] = [await house.person(own, [...rights('responsable')]), await house.person(own, [...rights()])]
  const leaving = await house.person(own, [...rights('responsable'), ...rights('responsable', places.landes)])
  await suspend(house.owner, gone)
  await takeOver(leaving, gone, colleague)
  for (const [who, from, to, at] of [
    [second, gone, colleague, passedAt],
    [foreignLead, gone, colleague, passedAt],
    [pilot, gone, colleague, passedAt],
    [leaving, other, colleague, passedAt],
    [leaving, gone, other, passedAt],
    [leaving, gone, colleague, `${today}T10:59:59.000Z`],
  ] as const)
    assert.equal((await giveBack(who, from, to, at)).body.code, 'taking-over/nothing-to-give-back')
  assert.equal((await giveBack(colleague, gone, colleague)).status, 403)
  await house.owner.query('update grants set revoked_at = now() where account_id = $1 and territory_id = $2', [
    leaving.id,
    places.gironde,
  ])
  assert.equal((await giveBack(leaving, gone, colleague)).body.code, 'taking-over/nothing-to-give-back')
  assert.deepEqual(await holdersOf(campaignId), [{ taken_by: colleague.id, taken_by_organisation: own }])
  assert.deepEqual(await ownersOf(sirets), [colleague.id])
})

test('CAM-16: given back twice at once: once, and each target has its two lines of history', async () => {
  for (let round = 0; round < 6; round++) {
    const { gone, sirets, campaignId } = await loaded()
    await suspend(house.owner, gone)
    await takeOver(lead, gone, colleague)
    const answers = await Promise.all([giveBack(lead, gone, colleague), giveBack(lead, gone, colleague)])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
    assert.deepEqual(await ownersOf(sirets), [gone.id])
    const lines = await house.owner.query('select count(*)::int as n from target_assignments where campaign_id = $1', [
      campaignId,
    ])
    assert.equal(lines.rows[0].n, 6)
  }
})

test('CAM-16: an exchange that is being recorded keeps its target: giving back waits for it, and leaves that one', async () => {
  const { gone, sirets, campaignId } = await loaded()
  await suspend(house.owner, gone)
  await takeOver(lead, gone, colleague)
  const recording = await house.owner.connect()
  await recording.query('begin')
  await recording.query('select from campaign_targets where campaign_id = $1 and siret = $2 for update', [
    campaignId,
    sirets[0],
  ])
  const answer = giveBack(lead, gone, colleague)
  const waits =
    'select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0'
  await until('giving back waits', async () => (await house.owner.query(waits)).rowCount! > 0)
  const { organisationId, id: authorId } = colleague
  await insertExchange(
    recording,
    anExchange({ ...here, siret: sirets[0]!, organisationId, authorId, campaignId, recordedAt: `${today}T11:00:01Z` }),
  )
  await recording.query('commit')
  recording.release()
  assert.equal((await answer).body.targets, 2)
  assert.deepEqual(
    (await takenAt(campaignId)).map(row => row.taken_by),
    [colleague.id, gone.id, gone.id],
  )
})
