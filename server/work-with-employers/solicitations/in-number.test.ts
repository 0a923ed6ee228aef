import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { once, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { type BulkHouse, counts, here, openBulkHouse, read } from '../bulk-works/testing.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { siretOf } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { sharing } from '../sharing/index.ts'
import { solicitations } from './index.ts'
import { goesBeyond } from './solicitation-rules.ts'

/* A Friday; the usual budget: four a month, one a week. */
const today = '2027-01-15'
let bulk: BulkHouse
let next = 1
before(async () => {
  bulk = await openBulkHouse(120, [...sharing, ...solicitations], {
    perMonth: 4,
    clock: () => new Date(`${today}T11:00:00Z`),
  })
})
after(() => bulk.close())

const employers = (many: number) => Array.from({ length: many }, () => next++)
const open = async (ns: readonly number[]) => {
  const { ines, member, house } = bulk
  const seed = aCampaign({
    pilotId: ines.organisationId,
    memberIds: [member.organisationId],
    place: here,
    status: 'open',
    startsOn: '2026-12-01',
    endsOn: '2027-06-30',
  })
  return (await insertCampaign(house.owner, seed, ines.id, ns.map(siretOf))).id
}
const contact = (n: number, occurredOn: string, over: Partial<Parameters<typeof anExchange>[0]> = {}) => {
  const by = { organisationId: bulk.stranger.organisationId, authorId: bulk.stranger.id }
  return insertExchange(bulk.house.owner, anExchange({ ...here, siret: siretOf(n), ...by, occurredOn, ...over }))
}
const spend = async (n: number) => {
  for (const day of ['2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07']) await contact(n, day)
}
const action = async (n: number, owner: Person, dueOn: string, kind: 'rappel' | 'transmission' = 'rappel') => {
  const by = { organisationId: owner.organisationId, authorId: owner.id }
  const nextAction = { kind, dueOn, dueAt: null, ownerId: owner.id }
  const { id } = await contact(n, '2026-11-02', { ...by, channel: 'evenement', nextAction })
  return (await bulk.house.owner.query('select id from next_actions where exchange_id = $1', [id])).rows[0].id as string
}
const simulate = async (campaignId: string, to: { organisationId: string; accountId?: string }, who = bulk.ines) => {
  const body = { which: { filter: {} }, how: { kind: 'main', to } }
  return (await bulk.house.call(who, 'POST', `/campaigns/${campaignId}/sharings`, body, once())).body
}
const share = (campaignId: string, id: string, body: object = {}, headers = once()) =>
  bulk.house.call(bulk.ines, 'POST', `/campaigns/${campaignId}/sharings/${id}/confirm`, body, headers)
const move = async (ids: readonly string[], to: string, who = bulk.advisor) =>
  (await bulk.house.call(who, 'POST', '/next-actions/bulk-works', { which: { ids }, move: { to } }, once())).body
const confirm = (id: string, body: object = {}, who = bulk.advisor) =>
  bulk.house.call(who, 'POST', `/bulk-works/${id}/confirm`, body, once())
const me = ({ organisationId, id }: Person) => ({ organisationId, accountId: id })
const holders = async (campaignId: string) =>
  (
    await bulk.house.owner.query('select taken_by from campaign_targets where campaign_id = $1 order by siret', [
      campaignId,
    ])
  ).rows.map(row => row.taken_by)
const overruns = async (ns: readonly number[]) =>
  (
    await bulk.house.owner.query(
      `select act, siret::text, reason, author_id, campaign_id, next_action_id, to_char(on_day, 'YYYY-MM-DD') as on_day, clpe_id
        from budget_overruns where siret = any ($1) order by siret, id`,
      [ns.map(siretOf)],
    )
  ).rows
const trail = async (n: number) =>
  (
    await bulk.house.owner.query(
      `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = 'solicitation-budget.exceeded' and e.subject_id = $1`,
      [siretText(siretOf(n))],
    )
  ).rows
const dueOn = async (id: string) =>
  (await bulk.house.owner.query(`select to_char(due_on, 'YYYY-MM-DD') as day from next_actions where id = $1`, [id]))
    .rows[0].day

test('CAM-12, CAM-4: sharing out to a person counts how many go past the budget, and asks one reason for the whole work', async () => {
  const ns = employers(3)
  await spend(ns[0]!)
  await contact(ns[1]!, '2027-01-13')
  const campaignId = await open(ns)
  const plan = await simulate(campaignId, me(bulk.advisor))
  assert.deepEqual([plan.planned, plan.beyondBudget], [3, 2])
  const key = once()
  const refused = await share(campaignId, plan.id, {}, key)
  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.facts],
    [409, 'solicitations/reason-needed', { spent: 2 }],
  )
  assert.equal((await share(campaignId, plan.id, { beyondBudget: '   ' })).status, 400)
  assert.equal((await share(campaignId, plan.id, { beyondBudget: 'x'.repeat(301) })).status, 400)
  assert.deepEqual(await holders(campaignId), [null, null, null], 'nothing is done yet')
  const done = await share(campaignId, plan.id, { beyondBudget: ' Rentrée des apprentis ', reason: 'Secteur' })
  assert.deepEqual([done.status, done.body.counts], [200, counts(0, 3, 0, 0, 0)])
  assert.deepEqual(await holders(campaignId), Array(3).fill(bulk.advisor.id))
  const one = {
    act: 'share',
    reason: 'Rentrée des apprentis',
    author_id: bulk.ines.id,
    campaign_id: campaignId,
    next_action_id: null,
    on_day: today,
    clpe_id: here.clpeId,
  }
  assert.deepEqual(await overruns(ns), [
    { ...one, siret: String(siretOf(ns[0]!)) },
    { ...one, siret: String(siretOf(ns[1]!)) },
  ])
  const [entry, ...others] = await trail(ns[0]!)
  assert.equal(others.length, 0)
  assert.deepEqual(
    [entry.actor_id, entry.detail],
    [
      bulk.ines.id,
      {
        campaignId,
        work: plan.id,
        onDay: today,
        reason: 'Rentrée des apprentis',
        perMonth: 4,
        before: { month: 4, week: 0 },
        after: { month: 5, week: 1 },
      },
    ],
  )
  const card = await bulk.house.call(bulk.advisor, 'GET', `/establishments/${siretText(siretOf(ns[0]!))}/solicitations`)
  assert.deepEqual(
    [card.body.month, card.body.overruns[0].act, card.body.overruns[0].reason],
    [5, 'share', 'Rentrée des apprentis'],
  )
  assert.equal((await share(campaignId, plan.id, { beyondBudget: 'Encore' })).body.code, 'sharing/already-done')
  assert.equal((await overruns(ns)).length, 2, 'twice keeps no more')
})

test('CAM-12: sharing out to a structure keeps no solicitation; a reason that was not needed keeps no overrun', async () => {
  const ns = employers(2)
  for (const n of ns) await spend(n)
  const campaignId = await open(ns)
  const plan = await simulate(campaignId, { organisationId: bulk.member.organisationId })
  assert.deepEqual([plan.planned, plan.beyondBudget], [2, 0])
  assert.equal((await share(campaignId, plan.id, { beyondBudget: 'Au cas où' })).body.counts.done, 2)
  assert.deepEqual(await overruns(ns), [])
})

test('CAM-12: passed on within the week that it was taken, or whose structure calls today, a target uses no more', async () => {
  const ns = employers(3)
  const campaignId = await open(ns)
  await bulk.house.owner.query(
    `update campaign_targets set status = 'prise-en-charge', taken_by = $2, taken_by_organisation = $3,
      taken_at = case siret when $4 then '2027-01-12T08:00:00Z'::timestamptz else '2027-01-04T08:00:00Z' end
      where campaign_id = $1 and siret = any ($5)`,
    [campaignId, bulk.ines.id, bulk.ines.organisationId, siretOf(ns[0]!), ns.slice(0, 2).map(siretOf)],
  )
  await contact(ns[1]!, '2027-01-11', { channel: 'visite' })
  await contact(ns[2]!, today, { organisationId: bulk.advisor.organisationId, authorId: bulk.advisor.id })
  const plan = await simulate(campaignId, me(bulk.advisor))
  // The second leaves the week of the 4th for one where the network went on Monday.
  assert.deepEqual([plan.planned, plan.beyondBudget], [3, 1])
  await share(campaignId, plan.id, { beyondBudget: 'Salon' })
  assert.deepEqual(
    (await overruns(ns)).map(({ siret }) => siret),
    [String(siretOf(ns[1]!))],
  )
})

test('CAM-12: spent since it was simulated, a target stays where it is, and the report says why', async () => {
  const ns = employers(2)
  const campaignId = await open(ns)
  const plan = await simulate(campaignId, me(bulk.advisor))
  assert.equal(plan.beyondBudget, 0)
  await contact(ns[1]!, today)
  const done = await share(campaignId, plan.id)
  assert.deepEqual([done.body.state, done.body.counts], ['done', counts(0, 1, 1, 0, 0)])
  assert.deepEqual(await holders(campaignId), [bulk.advisor.id, null])
  const report = await read(bulk.house, bulk.ines, plan.id)
  assert.deepEqual(report.left, [{ because: 'budget-spent', count: 1 }])
  assert.deepEqual(await overruns(ns), [])
})

test('CAM-12, CAM-9: actions moved in number are weighed each on its day, and those of one employer one after the other', async () => {
  const [a, b, c] = employers(3)
  const ids = [
    await action(a!, bulk.advisor, '2027-02-02'),
    await action(b!, bulk.advisor, '2027-02-02'),
    await action(b!, bulk.advisor, '2027-02-16'),
    await action(c!, bulk.advisor, '2027-02-03', 'transmission'),
  ]
  await contact(c!, '2027-02-23')
  const counted = await move(ids, '2027-02-24')
  assert.deepEqual([counted.planned, counted.beyondBudget], [4, 1])
  const refused = await confirm(counted.id)
  assert.deepEqual([refused.status, refused.body.code], [409, 'solicitations/reason-needed'])
  const done = await confirm(counted.id, { beyondBudget: 'Fermé avant le 24' })
  assert.deepEqual([done.status, done.body.counts], [200, counts(0, 4, 0, 0, 0)])
  for (const id of ids) assert.equal(await dueOn(id), '2027-02-24')
  const kept = await overruns([a!, b!, c!])
  assert.deepEqual(
    kept.map(one => [one.act, one.siret, one.on_day, one.campaign_id, one.reason]),
    [['plan', String(siretOf(b!)), '2027-02-24', null, 'Fermé avant le 24']],
  )
  assert.ok(ids.slice(1, 3).includes(kept[0].next_action_id))
  const [entry] = await trail(b!)
  assert.deepEqual(
    [entry.detail.nextActionId, entry.detail.before, entry.detail.after],
    [kept[0].next_action_id, { month: 2, week: 1 }, { month: 2, week: 2 }],
  )
})

test('CAM-12: without a reason, as many are moved as one by one would be; within their week, all are', async () => {
  const [a, b] = employers(2)
  const first = await action(a!, bulk.advisor, '2027-03-02')
  const second = await action(a!, bulk.advisor, '2027-03-09')
  const within = await action(b!, bulk.advisor, '2027-03-17')
  await contact(b!, '2027-03-16')
  const counted = await move([first, second, within], '2027-03-18')
  assert.equal(counted.beyondBudget, 1)
  // The worker never goes past without a reason, whatever was counted.
  await bulk.house.owner.query('update bulk_works set spent = 0 where id = $1', [counted.id])
  const done = await confirm(counted.id)
  assert.deepEqual(done.body.counts, counts(0, 2, 1, 0, 0))
  assert.deepEqual([await dueOn(first), await dueOn(second), await dueOn(within)].sort(), [
    '2027-03-09',
    '2027-03-18',
    '2027-03-18',
  ])
  assert.deepEqual(await overruns([a!, b!]), [])
})

test('CAM-12: handed to a colleague, an action keeps its day; undone, a work gives back what was: neither asks why', async () => {
  const [a, b] = employers(2)
  const id = await action(a!, bulk.advisor, '2027-04-08')
  await contact(a!, '2027-04-06')
  await contact(a!, '2027-04-07')
  const colleague = await bulk.house.person(bulk.advisor.organisationId, [
    { profile: 'conseiller', territoryId: here.departementId },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: here.departementId },
  ])
  const handing = { which: { ids: [id] }, toAccountId: colleague.id }
  const handed = (await bulk.house.call(bulk.advisor, 'POST', '/next-actions/hand-overs', handing, once())).body
  assert.deepEqual([handed.planned, handed.beyondBudget], [1, 0])
  assert.equal((await confirm(handed.id)).body.counts.done, 1)
  const moved = await action(b!, bulk.advisor, '2027-04-08')
  const away = await move([moved], '2027-04-21')
  await confirm(away.id)
  await contact(b!, '2027-04-07')
  const undone = await bulk.house.call(bulk.advisor, 'POST', `/bulk-works/${away.id}/undo`, undefined, once())
  assert.deepEqual([undone.status, undone.body.counts], [200, counts(0, 0, 0, 1, 0)])
  assert.equal(await dueOn(moved), '2027-04-08')
})

test('CAM-12: of a part that shares out and of one who takes the last one at once, one has it', async () => {
  for (const partFirst of [true, false]) {
    const ns = employers(1)
    const [shared, taken] = [await open(ns), await open(ns)]
    const plan = await simulate(shared, me(bulk.advisor))
    const doing = () => share(shared, plan.id)
    const taking = () =>
      bulk.house.call(
        bulk.member,
        'POST',
        `/campaigns/${taken}/targets/${siretText(siretOf(ns[0]!))}/take`,
        undefined,
        once(),
      )
    const answers = await waitingInTurn(ns[0]!, partFirst ? [doing, taking] : [taking, doing])
    const [part, take] = partFirst ? answers : answers.toReversed()
    assert.deepEqual(
      [part!.body.counts.done, part!.body.counts.left, take!.body.code ?? 'taken'],
      partFirst ? [1, 0, 'solicitations/spent'] : [0, 1, 'taken'],
    )
  }
})

const waiting = async () =>
  (
    await bulk.house.owner.query(`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`)
  ).rows[0].n
/** Holds the budget of an employer while these acts queue for it, in this order: PostgreSQL serves them in turn. */
const waitingInTurn = async <T>(n: number, acts: readonly (() => Promise<T>)[]): Promise<T[]> => {
  const holding = new pg.Client(bulk.house.urls.ownerUrl)
  await holding.connect()
  try {
    await holding.query('begin')
    await holding.query(`select pg_advisory_xact_lock(hashtextextended('solicitations of ' || $1::bigint, 0))`, [
      siretOf(n),
    ])
    const answers: Promise<T>[] = []
    for (const act of acts) {
      answers.push(act())
      for (let tries = 0; (await waiting()) < answers.length; tries++) {
        assert.ok(tries < 1_000, 'each waits for the budget')
        await new Promise(later => setTimeout(later, 10))
      }
    }
    const all = Promise.all(answers)
    await holding.query('commit')
    return await all
  } finally {
    await holding.end()
  }
}

test('CAM-12, CAM-9: a long work weighs each part under the rights of who asked, and keeps its reason to the end', async () => {
  const ns = employers(4)
  for (const n of ns) await spend(n)
  const campaignId = await open(ns)
  const plan = await simulate(campaignId, me(bulk.advisor))
  // As the web asks for more than it does at once.
  const { worker, house } = bulk
  const asked = await house.owner.query(
    `update bulk_works set state = 'doing', way = 'password', origin = 'essai', request_id = 'essai', asked_at = now(), part_at = now(),
      beyond_reason = 'Rentrée' where id = $1`,
    [plan.id],
  )
  assert.equal(asked.rowCount, 1)
  for (const kept of [2, 4]) {
    await worker.query('begin')
    await worker.query('select ctx.enter_bulk_work($1)', [plan.id])
    await worker.query(`select ctx.do_bulk_part($1, 2, '${today}T11:05:00Z')`, [plan.id])
    await worker.query('commit')
    assert.equal((await overruns(ns)).length, kept)
  }
  assert.equal((await read(house, bulk.ines, plan.id)).state, 'done')
})

test('CAM-12, SEC-6: the budget is counted of one’s own work alone, as long as it is only counted', async () => {
  const [n] = employers(1)
  await spend(n!)
  const campaignId = await open([n!])
  const plan = await simulate(campaignId, me(bulk.advisor))
  const asks = async (who: Person | null) => {
    const tx = await bulk.house.database.begin()
    try {
      if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return (await tx.first(
        sql<{ n: number | null }>`select count_beyond_budget(${plan.id}::uuid, ${today}::date) as n`,
      ))!.n
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual([await asks(null), await asks(bulk.member), await asks(bulk.ines)], [null, null, 1])
  await share(campaignId, plan.id, { beyondBudget: 'Salon' })
  assert.equal(await asks(bulk.ines), null)
})

test('CAM-12: the rule and the database say alike what goes past the budget, and not when a clause goes', async () => {
  const numbers = [0, 1, 2, 3, 4, 5, 9]
  const cases = [1, 2, 4, 5, 8].flatMap(perMonth =>
    numbers.flatMap(month =>
      numbers.flatMap(week =>
        [0, 1].flatMap(more => [0, 1].map(moreWeek => ({ perMonth, month, week, more, moreWeek }))),
      ),
    ),
  )
  const different = async () =>
    (
      await bulk.house.owner.query(
        `select ctx.goes_beyond("perMonth", month, week, month + more, week + "moreWeek") as beyond
          from jsonb_to_recordset($1) as c ("perMonth" int, month int, week int, more int, "moreWeek" int)`,
        [JSON.stringify(cases)],
      )
    ).rows.filter(({ beyond }, i) => {
      const { perMonth, month, week, more, moreWeek } = cases[i]!
      return beyond !== goesBeyond({ perMonth, month, week }, { perMonth, month: month + more, week: week + moreWeek })
    }).length
  assert.equal(await different(), 0)
  for (const [from, to] of [
    ['month_after > month and ', ''],
    ['month_after > per_month', 'month_after >= per_month'],
    ['week_after > week and ', ''],
    ['week_after > ceil', 'week_after >= ceil'],
    ['ceil(per_month / 4.0)', 'per_month / 4'],
  ] as const)
    await withFunctionChanged(bulk.house.owner, 'ctx.goes_beyond(int,int,int,int,int)', from, to, async () =>
      assert.notEqual(await different(), 0, `${from} → ${to}`),
    )
})
