import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { addDays, parisDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { disagreements, importChanged, isSeen, sightsOf, withFunctionChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, places, seededRandom, somePlace } from '../../testing/people.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { aCampaign, insertCampaigns } from '../campaigns/testing.ts'
import * as model from './held-unread.model.ts'

const random = seededRandom(713)
const today = parisDay(new Date())
interface Row extends model.HeldTargetRow {
  readonly id: string
  readonly work: 'held' | 'shared' | 'neither'
  /** Whether its hold, or the campaign that shares it, stands today. */
  readonly stands: boolean
}
let house: House
let hashes: Buffer[]
let rows: Row[]

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  await house.owner.query(`insert into territory_overlaps select id, id from territories on conflict do nothing`)
  const organisations = (
    await Promise.all([house.organisation(), house.organisation(), house.organisation({ kind: 'operateur' })])
  ).map(({ id }) => id)
  hashes = await peopleOfAllKinds(house, organisations, 90, random)
  const author = (await house.person(organisations[0]!, [])).id
  const territories = [...places.regions, ...places.departements, ...places.epcis, ...places.clpes]
  const campaigns: Campaign[] = Array.from({ length: 24 }, (_, i) =>
    aCampaign({
      pilotId: pick(random, organisations),
      memberIds: random() < 0.3 ? [pick(random, organisations)] : [],
      territoryId: i % 9 === 0 ? 0 : pick(random, territories),
      status: i % 6 === 5 ? 'closed' : 'open',
      startsOn: addDays(today, i % 8 === 7 ? 3 : -30),
      endsOn: addDays(today, 30),
    }),
  )
  await insertCampaigns(house.owner, campaigns, author)
  rows = Array.from({ length: 500 }, (_, i) => {
    const campaign = pick(random, campaigns)
    const work = pick(random, ['held', 'held', 'shared', 'shared', 'neither'] as const)
    return {
      id: String(50_000_000_000_000 + i * 100_000),
      campaign,
      status: pick(random, ['a-contacter', 'a-contacter', 'en-cours', 'traite', 'ecarte']),
      place: somePlace(random),
      work,
      stands: work === 'held' ? random() < 0.8 : work === 'shared' && campaign.startsOn <= today,
    }
  })
  const lines = JSON.stringify(
    rows.map(({ id, campaign, status, place, work, stands }) => ({
      ...place,
      siret: Number(id),
      campaign: campaign.id,
      status,
      shared: work === 'shared',
      held: work === 'held',
      from: addDays(today, stands ? -3 : 1),
    })),
  )
  const given = `from jsonb_to_recordset($1) as r (siret bigint, campaign uuid, status text, shared boolean, held boolean,
    "from" date, "regionId" int, "departementId" int, "epciId" int, "clpeId" int)`
  await house.owner.query(
    `insert into campaign_targets (campaign_id, siret, status, shared, set_aside_reason, region_id, departement_id, epci_id, clpe_id)
      select campaign, siret, status, shared, case when status = 'ecarte' then 'Essai' end, "regionId", "departementId", "epciId",
        "clpeId" ${given}`,
    [lines],
  )
  await house.owner.query(
    `insert into campaign_holds (campaign_id, siret, period)
      select campaign, siret, daterange("from", "from" + 20, '[]') ${given} where held`,
    [lines],
  )
})
after(() => house.close())

const told = (of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`select h.siret::text as id from unnest(${rows.map(({ id }) => Number(id))}::bigint[]) s (siret)
      cross join lateral held_unread(s.siret, ${today}::date) h`,
  )
/** The same of a list of targets, where establishments are asked for one by one. */
const toldInLists = (of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`select w.siret::text as id
      from worked_unread(${rows.map(({ id }) => Number(id))}::bigint[], ${today}::date) w (siret)`,
  )
const expected =
  ({ mayBeToldHold }: Pick<typeof model, 'mayBeToldHold'> = model) =>
  (viewer: Viewer, row: Row) =>
    row.stands && mayBeToldHold(viewer, row)

test('SEC-6, EST-7, EST-12, CAM-15: who is told of a hold or a share they do not read: the rule and the database agree, and not when a clause goes', async () => {
  const sights = await told()
  const pairs = sights.length * rows.length
  const seen = sights.reduce((n, { ids }) => n + ids.size, 0)
  assert.ok(pairs > 30_000 && seen > pairs / 50 && seen < pairs / 2, `${seen} of ${pairs}`)
  assert.deepEqual(disagreements(sights, rows, expected()).slice(0, 3), [])
  for (const [from, to] of [
    [`campaign.status === 'open' &&`, ''],
    [`status !== 'traite' &&`, ''],
    [`status !== 'ecarte' &&`, ''],
    ['mayReadCampaign(viewer, campaign) !== true &&', ''],
    [`covers(viewer, 'fiche-etablissement', 'consultation', place)`, 'true'],
  ] as const) {
    const changed = await importChanged<typeof model>(new URL('./held-unread.model.ts', import.meta.url), from, to)
    assert.notEqual(disagreements(sights, rows, expected(changed)).length, 0, from)
  }
  for (const [from, to] of [
    [`and c.status = 'open'`, ''],
    [`and t.status not in ('traite', 'ecarte')`, ''],
    ['where t.shared', 'where true'],
    [`false, daterange(c.starts_on, c.ends_on, '[]')`, 'false, daterange(null, null)'],
    ['and ctx.held_on(w.period, t.campaign_id, on_day)', ''],
    ['and t.campaign_id not in (select ctx.visible_campaigns())', ''],
    ['and ctx.covers((select ctx.fiche()), t.region_id', 'and ctx.covers((select ctx.campagnes()), t.region_id'],
  ] as const)
    await withFunctionChanged(house.owner, 'held_unread(bigint, date)', from, to, async () =>
      assert.ok(await isSeen(hashes, async one => disagreements(await told(one), rows, expected()).length > 0), from),
    )
})

test('SEC-6, CAM-3: whose list says that a campaign they do not read works a target: the rule and the database agree, and not when a clause goes', async () => {
  assert.deepEqual(disagreements(await toldInLists(), rows, expected()).slice(0, 3), [])
  for (const [from, to] of [
    [`and c.status = 'open'`, ''],
    [`and t.status not in ('traite', 'ecarte')`, ''],
    ['and (h.siret is not null or t.shared)', ''],
    ['and t.campaign_id not in (select ctx.visible_campaigns())', ''],
    ['and ctx.covers((select ctx.fiche()), t.region_id', 'and ctx.covers((select ctx.campagnes()), t.region_id'],
    [
      `and ctx.held_on(coalesce(h.period, daterange(c.starts_on, c.ends_on, '[]'))`,
      'and ctx.held_on(daterange(null, null)',
    ],
  ] as const)
    await withFunctionChanged(house.owner, 'worked_unread(bigint[], date)', from, to, async () =>
      assert.ok(
        await isSeen(hashes, async one => disagreements(await toldInLists(one), rows, expected()).length > 0),
        from,
      ),
    )
})

test('SEC-6, EST-7: whoever opened no session is told of no hold', async () => {
  const row = rows.find(
    ({ stands, status, campaign }) => stands && status === 'en-cours' && campaign.status === 'open',
  )!
  const tx = await house.database.begin()
  const held = await tx.all(
    sql<{ siret: number }>`select h.siret from held_unread(${Number(row.id)}::bigint, ${today}::date) h`,
  )
  const worked = await tx.all(
    sql<{ siret: number }>`select w.siret from worked_unread(${[Number(row.id)]}::bigint[], ${today}::date) w (siret)`,
  )
  await tx.rollback()
  assert.deepEqual([held, worked], [[], []])
})
