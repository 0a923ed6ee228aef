import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { insertPlaces, pick, seededRandom } from '../../testing/people.ts'
import type { Campaign } from '../../work-with-employers/campaigns/campaign-lifecycle.ts'
import { aCampaign, insertCampaigns } from '../../work-with-employers/campaigns/testing.ts'
import type { Filter } from './filter.ts'
import { indicators } from './index.ts'
import { countFigure } from './indicators.queries.ts'
import { keepReachedSets } from './keep-reached-sets.job.ts'
import { recountReached } from './testing.ts'

const random = seededRandom(1656)
const some = (most: number) => Math.floor(random() * most)
const dayOf = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)
const today = dayOf(200)

let house: House
let worker: pg.Client
let people: Person[]
let campaigns: Campaign[]
const rights = (territoryId: number, fiche = territoryId) =>
  [
    { tool: 'campagnes', profile: 'conseiller', territoryId },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: fiche },
  ] as const
before(async () => {
  house = await openHouse(indicators)
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  await insertPlaces(house)
  const [one, two, operator] = [
    await house.organisation(),
    await house.organisation(),
    await house.organisation({ kind: 'operateur' }),
  ]
  people = [
    await house.person(operator.id, [...rights(0)]),
    await house.person(one.id, [...rights(0)]),
    await house.person(two.id, [...rights(0)]),
    await house.person(two.id, [...rights(0, 2033)]),
    await house.person(two.id, [...rights(2033, 0)]),
    await house.person(one.id, [...rights(2040)]),
    await house.person(one.id, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }]),
  ]
  campaigns = Array.from({ length: 14 }, (_, n) =>
    aCampaign({
      status: 'open',
      territoryId: pick(random, [2033, 2040, 1075, 0]),
      pilotId: pick(random, [one.id, two.id, operator.id]),
      memberIds: [one.id, two.id, operator.id].filter(() => random() < 0.5),
      purpose: n % 3 ? 'prospection' : 'fidelisation',
      openedAt: `${dayOf(some(100))}T08:00:00Z`,
    }),
  )
  await insertCampaigns(house.owner, campaigns, people[0]!.id)
  await talk(900)
})
after(async () => {
  await worker.end()
  await house.close()
})

const spoken = () => {
  const author = people[some(4)]!
  return {
    ...{ siret: 31000000000000 + some(150), departement: pick(random, [2033, 2040, null]), day: dayOf(some(200)) },
    ...{ campaign: random() < 0.9 ? pick(random, campaigns).id : null, reached: random() < 0.7 },
    ...{ author: author.id, organisation: author.organisationId, status: random() < 0.9 ? 'recorded' : 'cancelled' },
  }
}
const talk = (count: number, by: pg.ClientBase | pg.Pool = house.owner) =>
  by.query(
    `insert into exchanges (id, siret, region_id, departement_id, campaign_id, organisation_id, author_id, occurred_on,
      reached, visibility, status, recorded_at)
    select gen_random_uuid(), siret, 1075, departement, campaign, organisation, author, day, reached, 'reseau', status,
      now()
    from jsonb_to_recordset($1) as t (siret bigint, departement int, campaign uuid, organisation uuid, author uuid,
      day date, reached boolean, status text)`,
    [JSON.stringify(Array.from({ length: count }, spoken))],
  )
const keep = (batch = 500, signal?: AbortSignal) => keepReachedSets({ within: within(worker), signal }, batch)

/** Each part of the figure as it is told, and as the owner of the tables counts it, contact by contact. */
const told = async (person: Person, filter: Filter) => {
  const apart = await recountReached(house.owner, person.id, filter)
  return house.database.transaction(async tx => {
    await tx.enter(tokenHash(person.cookie.slice('session='.length)))
    const figure = await countFigure(tx, 'etablissements', 2, filter)
    return [null, 'prospection', 'fidelisation'].map(part => [figure.get(part) ?? 0, apart.get(part) ?? 0] as const)
  })
}
const period = (): Filter => {
  const [a, b] = [some(200), some(230)].sort((x, y) => x - y) as [number, number]
  return { from: random() < 0.5 ? `${dayOf(a).slice(0, 7)}-01` : dayOf(a), to: dayOf(b), today }
}
/** The readings that differ from the count one by one. */
const differing = async (of: readonly Person[] = people, periods = 3) => {
  const odd: unknown[] = []
  for (const person of of)
    for (const filter of [
      { from: '2026-01-01', to: '2026-12-31', today },
      ...Array.from({ length: periods }, period),
    ]) {
      const figures = await told(person, filter)
      if (figures.some(([figure, apart]) => figure !== apart)) odd.push([people.indexOf(person), filter, figures])
    }
  return odd
}
/** What changes a figure: an exchange said, corrected, cancelled, erased, followed to another SIRET; who is in a campaign. */
const changes: readonly (() => Promise<unknown>)[] = [
  () => talk(1 + some(20)),
  () => house.owner.query(`update exchanges set status = 'cancelled' where siret = $1`, [31000000000000 + some(150)]),
  () =>
    house.owner.query(`update exchanges set occurred_on = $2 where occurred_on = $1`, [
      dayOf(some(200)),
      dayOf(some(200)),
    ]),
  () => house.owner.query('delete from exchanges where occurred_on = $1', [dayOf(some(200))]),
  () => house.owner.query('update exchanges set reached = not reached where occurred_on = $1', [dayOf(some(200))]),
  () =>
    house.owner.query('update exchanges set siret = $2 where siret = $1', [
      31000000000000 + some(150),
      31000000000000 + some(160),
    ]),
  () =>
    house.owner.query('update exchanges set campaign_id = $2 where occurred_on = $1 and campaign_id is not null', [
      dayOf(some(200)),
      pick(random, campaigns).id,
    ]),
  () =>
    house.owner.query(
      'delete from campaign_members m using campaigns c where c.id = m.campaign_id and c.pilot_id <> m.organisation_id and c.id = $1',
      [pick(random, campaigns).id],
    ),
  () =>
    house.owner.query('insert into campaign_members values ($1, $2) on conflict do nothing', [
      pick(random, campaigns).id,
      people[some(3)]!.organisationId,
    ]),
  () =>
    house.owner.query(
      `update campaign_memberships set joined_at = $2::timestamptz + $3 * interval '1 second'
        where campaign_id = $1 and left_at is null`,
      [pick(random, campaigns).id, dayOf(some(100)), some(80_000)],
    ),
  () =>
    house.owner.query(
      `update campaign_memberships m set left_at = greatest(joined_at, $2) from campaigns c
        where c.id = m.campaign_id and c.id = $1 and m.organisation_id <> c.pilot_id`,
      [pick(random, campaigns).id, dayOf(some(200))],
    ),
  () =>
    house.owner.query(`update campaigns set purpose = $2 where id = $1`, [
      pick(random, campaigns).id,
      pick(random, ['prospection', 'fidelisation']),
    ]),
  () => house.owner.query(`update organisations set kind = 'operateur' where id = $1`, [people[2]!.organisationId]),
  () => house.owner.query(`update organisations set kind = 'autre' where id = $1`, [people[2]!.organisationId]),
]

test('IND-4, SEC-6: establishments from kept sets are those counted one by one, for each reader, whatever changed', async () => {
  assert.deepEqual(await differing(), [], 'no set yet')
  assert.ok((await keep(20)) > 40)
  assert.deepEqual(await differing(people, 8), [], 'all of it in sets')
  const all = (await told(people[0]!, { from: '2026-01-01', to: '2026-12-31', today }))[0]![0]
  assert.ok(all > 100, `${all} establishments`)
  for (let round = 0; round < 40; round++) {
    for (let n = 0; n <= some(3); n++) await pick(random, changes)()
    assert.deepEqual(await differing([pick(random, people), people[0]!], 1), [], `round ${round}, before`)
    if (random() < 0.5) {
      await keep()
      assert.deepEqual(await differing([pick(random, people), people[0]!], 1), [], `round ${round}, after`)
    }
  }
})
test('IND-4: an exchange being recorded while its month is gathered is counted when it is kept', async () => {
  await keep()
  const writer = await house.owner.connect()
  try {
    await talk(30)
    await writer.query('begin')
    await talk(60, writer)
    assert.ok((await keep()) > 0)
    await writer.query('commit')
    assert.deepEqual(await differing(), [])
    assert.ok((await keep()) > 0, 'what it changed is gathered next')
    assert.deepEqual(await differing(), [])
    assert.equal(await keep(), 0)
  } finally {
    writer.release()
  }
})
test('IND-4, REL-6: a worker told to stop ends after its batch; the next run goes on', async () => {
  await keep()
  await talk(200)
  const stopping = new AbortController()
  const first = keep(3, stopping.signal)
  stopping.abort()
  assert.equal(await first, 3)
  assert.deepEqual(await differing([people[0]!], 1), [])
  assert.ok((await keep()) > 3)
  assert.deepEqual(await differing([people[0]!], 1), [])
})
test('IND-4, REL-6: while a run is under way, another leaves it the months and answers at once', async () => {
  await keep()
  await talk(200)
  const other = new pg.Client(house.urls.workerUrl)
  await other.connect()
  try {
    await other.query(`begin; set local lock_timeout = '5s'`)
    assert.ok((await other.query('select ctx.keep_reached_sets(500) as made')).rows[0].made > 0)
    await worker.query(`set lock_timeout = '1s'`)
    assert.equal(await keep(), 0)
    await other.query('commit')
    assert.deepEqual(await differing([people[0]!], 1), [])
  } finally {
    await worker.query('reset lock_timeout')
    await other.end()
  }
})
test('IND-4, SEC-6: nobody reads a set, whatever they count; and each trigger matters', async () => {
  for (const table of ['reached_sets', 'reached_changes', 'reached_numbers'])
    await assert.rejects(
      house.database.transaction(async tx => {
        await tx.enter(tokenHash(people[0]!.cookie.slice('session='.length)))
        await tx.all(sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`)
      }),
      { code: '42501' },
      table,
    )
  await house.owner.query(`update organisations set kind = 'autre' where id = $1`, [people[2]!.organisationId])
  for (const [table, trigger, change] of [
    ['exchanges', 'reached_insert', () => talk(200)],
    [
      'exchanges',
      'reached_update',
      () => house.owner.query(`update exchanges set status = 'cancelled' where siret % 2 = 0`),
    ],
    ['exchanges', 'reached_delete', () => house.owner.query('delete from exchanges where siret % 3 = 0')],
    [
      'organisations',
      'reached_by',
      () => house.owner.query(`update organisations set kind = 'operateur' where id = $1`, [people[1]!.organisationId]),
    ],
    [
      'campaign_memberships',
      'coordinations_update',
      () => house.owner.query(`update campaign_memberships set joined_at = $1 where left_at is null`, [dayOf(150)]),
    ],
  ] as const) {
    await keep()
    await house.owner.query(`alter table ${table} disable trigger ${trigger}`)
    await change()
    await house.owner.query(`alter table ${table} enable trigger ${trigger}`)
    assert.notDeepEqual(await differing([people[0]!, people[2]!]), [], trigger)
    await house.owner.query(`insert into reached_changes (campaign_id, month) select distinct campaign_id,
      date_trunc('month', occurred_on)::date from exchanges where campaign_id is not null`)
  }
})
