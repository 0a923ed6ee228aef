import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { whileHeld } from '../../testing/while-held.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, places, siretOf } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { type BulkHouse, confirm, count, here, openBulkHouse, openCampaign } from './testing.ts'

const today = '2027-02-10'
const all = Array.from({ length: 8 }, (_, i) => i + 1)
let bulk: BulkHouse
let id: string
before(async () => {
  bulk = await openBulkHouse(all.length)
  const { house, ines, advisor, member } = bulk
  const campaign = (pilot: typeof ines, startsOn: string, endsOn: string, ns: readonly number[]) =>
    insertCampaign(
      house.owner,
      aCampaign({
        pilotId: pilot.organisationId,
        territoryId: places.coeur,
        place: here,
        status: 'open',
        startsOn,
        endsOn,
      }),
      pilot.id,
      ns.map(siretOf),
    )
  // It holds nothing yet: each of its targets is weighed, as one that is put back.
  id = (await campaign(ines, '2027-01-15', '2027-03-15', all)).id
  const [near, far] = [
    await campaign(member, '2027-03-01', '2027-04-01', [1, 2]),
    await campaign(member, '2027-03-31', '2027-04-15', [3]),
  ]
  for (const { campaign: c, ns } of [
    { campaign: near, ns: [1, 2] },
    { campaign: far, ns: [3] },
  ])
    await house.owner.query(
      `insert into campaign_holds select id, s, daterange(starts_on, ends_on, '[]') from campaigns, unnest($2::bigint[]) s where id = $1`,
      [c.id, ns.map(siretOf)],
    )
  const meet = (n: number, occurredOn: string, campaignId: string | null) =>
    insertExchange(
      house.owner,
      anExchange({
        ...here,
        siret: siretOf(n),
        organisationId: advisor.organisationId,
        authorId: advisor.id,
        occurredOn,
        campaignId,
      }),
    )
  await meet(2, '2027-02-01', null) // held too
  await meet(4, '2027-02-01', null)
  await meet(5, '2027-02-01', near.id)
  await meet(6, '2027-02-01', id) // in the campaign itself
  await meet(7, '2027-01-11', null) // thirty days ago
})
after(() => bulk.close())

const weighed = async () => {
  const { house, ines } = bulk
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash(ines.cookie.split('=')[1]!))
    const rows = await tx.all(
      sql<{
        siret: number
        kind: string
      }>`select distinct siret, kind from campaign_conflicts(${id}::uuid, ${today}::date)`,
    )
    return rows.map(({ siret, kind }) => `${siret} ${kind}`).sort()
  } finally {
    await tx.rollback()
  }
}
const answered = async () =>
  (
    await bulk.house.owner.query<{ siret: string; kind: string }>(
      'select siret, kind from ctx.conflicts_of($1, $2, $3)',
      [id, all.map(siretOf), today],
    )
  ).rows
    .map(({ siret, kind }) => `${siret} ${kind}`)
    .sort()

test('CAM-3, CAM-9: what keeps a target aside is what its campaign would have to decide on', async () => {
  const expected = await weighed()
  assert.deepEqual(expected.length, 4)
  assert.deepEqual(await answered(), expected)
})
for (const [clause, to] of [
  ['x.campaign_id <> c.id', 'true'],
  ['ctx.held_over(', 'not ctx.held_over('],
  ['x.campaign_id is distinct from c.id', 'true'],
  ['x.occurred_on > on_day - c.contact_delay_days', 'true'],
] as const)
  test(`CAM-9: without « ${clause} » they part`, async () => {
    await bulk.house.owner.query(`insert into campaign_holds values ($1, $2, '[2027-01-15,2027-03-16)')`, [
      id,
      siretOf(8),
    ])
    try {
      await withFunctionChanged(bulk.house.owner, 'ctx.conflicts_of(uuid, bigint[], date)', clause, to, async () =>
        assert.notDeepEqual(await answered(), await weighed()),
      )
    } finally {
      await bulk.house.owner.query('delete from campaign_holds where campaign_id = $1', [id])
    }
  })

test('EST-12, CAM-9: where companies are weighed, putting back waits for whoever opens next door, then sees what they hold', async () => {
  const { house, ines, member } = bulk
  // Of a company that no other test has.
  const [mine, next] = [20_001, 20_002]
  await insertEstablishments(
    house.owner,
    [mine, next].map(n => ({ siret: siretOf(n) })),
  )
  const campaign = await openCampaign(bulk, [mine], { conflictScope: 'company' })
  await confirm(house, ines, (await count(house, ines, campaign)).body.id)
  const work = (await count(house, ines, campaign, { act: { kind: 'put-back' } })).body
  const gate = await house.owner.connect()
  await gate.query('begin')
  await gate.query(`select pg_advisory_xact_lock(hashtextextended('conflicts-by-company', 0))`)
  let over = false
  const done = confirm(house, ines, work.id).finally(() => {
    over = true
  })
  const waiting = async () =>
    (
      await gate.query(`select from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`)
    ).rowCount
  while (!over && (await waiting())! < 1) await new Promise(resolve => setTimeout(resolve, 20))
  const waited = !over
  const beside = await insertCampaign(
    house.owner,
    aCampaign({ pilotId: member.organisationId, territoryId: places.coeur, place: here, status: 'open' }),
    member.id,
    [siretOf(next)],
  )
  await gate.query(`insert into campaign_holds values ($1, $2, '[2026-01-01,2099-12-31)')`, [beside.id, siretOf(next)])
  await gate.query('commit')
  gate.release()
  await done
  const { rows } = await house.owner.query('select state, because from bulk_work_lines where work_id = $1', [work.id])
  assert.deepEqual([waited, rows], [true, [{ state: 'left', because: 'beside' }]])
})

const inDays = (n: number) => addDays(parisDay(new Date()), n)
test('CAM-3, CAM-9: put back among others while another campaign opens, which starts before this one is closed: the second asked meets the first', async () => {
  const { house, ines, member } = bulk
  for (const [turned, n] of [
    [false, 20_101],
    [true, 20_102],
  ] as const) {
    await insertEstablishments(house.owner, [{ siret: siretOf(n) }])
    const mine = await openCampaign(bulk, [n], { startsOn: inDays(-30), endsOn: inDays(30) })
    await confirm(house, ines, (await count(house, ines, mine)).body.id)
    const work = (await count(house, ines, mine, { act: { kind: 'put-back' } })).body
    const days = { startsOn: inDays(40), endsOn: inDays(60) }
    const draft = aCampaign({ pilotId: member.organisationId, territoryId: places.coeur, place: here, ...days })
    const theirs = (await insertCampaign(house.owner, draft, member.id, [siretOf(n)])).id
    const asks = [
      () => confirm(house, ines, work.id),
      () => house.call(member, 'POST', `/campaigns/${theirs}/open`),
    ] as const
    // Each has weighed and holds before it waits here: what opens, to say it; what is put back, to be counted done.
    const answers = await whileHeld(
      house.owner,
      'lock table campaign_events in share mode',
      [],
      turned ? asks.toReversed() : asks,
    )
    const [done, opening] = turned ? answers.toReversed() : answers
    assert.deepEqual(
      [done!.body.state, done!.body.counts?.done, done!.body.counts?.left, opening!.status],
      turned ? ['done', 0, 1, 200] : ['done', 1, 0, 409],
    )
    const { rows } = await house.owner.query('select campaign_id from campaign_holds where siret = $1', [siretOf(n)])
    assert.deepEqual(
      rows.map(row => row.campaign_id),
      [turned ? theirs : mine],
    )
  }
})
