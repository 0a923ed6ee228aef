import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { campaignStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import type { TerritoryLine, Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  isSeen,
  type Sight,
  sightsOf,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { peopleOfAllKinds, pick, seededRandom } from '../../testing/people.ts'
import type { Campaign } from './campaign-lifecycle.ts'
import * as policy from './campaigns.policy.ts'
import { aCampaign, aTarget, insertCampaigns } from './testing.ts'
import { layTerritories, places } from './testing-world.ts'

const random = seededRandom(2027)
const [people, campaignCount] = [280, 400]

let house: House
let hashes: Buffer[]
let campaigns: Campaign[]
/** Targets of the campaigns, as rows: their place differs from the campaign's. */
let targets: { id: string; campaign: Campaign; place: TerritoryLine }[]

before(async () => {
  house = await openHouse([])
  await layTerritories(house.owner)
  const organisations = [
    await house.organisation(),
    await house.organisation(),
    await house.organisation(),
    await house.organisation(),
  ].map(o => o.id)
  hashes = await peopleOfAllKinds(house, organisations, people, random)
  const anyone = (await house.owner.query('select id from accounts limit 1')).rows[0].id
  const lines = new Map<number, TerritoryLine>()
  for (const id of [0, ...Object.values(places)]) {
    const {
      rows: [l],
    } = await house.owner.query('select region_id, departement_id, epci_id, clpe_id from territory_line($1)', [id])
    lines.set(id, { regionId: l.region_id, departementId: l.departement_id, epciId: l.epci_id, clpeId: l.clpe_id })
  }
  campaigns = Array.from({ length: campaignCount }, () => {
    const territoryId = pick(random, [...lines.keys()])
    return aCampaign({
      pilotId: pick(random, organisations),
      memberIds: organisations.filter(() => random() < 0.4),
      territoryId,
      place: lines.get(territoryId)!,
      status: pick(random, campaignStatuses),
    })
  })
  await insertCampaigns(house.owner, campaigns, anyone)
  await house.owner.query('insert into campaign_leads select id, $1 from campaigns', [anyone])
  await house.owner.query(`insert into campaign_goals select id, 'besoins', 5 from campaigns`)
  targets = campaigns.map((campaign, i) => ({
    id: String(i + 1),
    campaign,
    place: lines.get(pick(random, [...lines.keys()]))!,
  }))
  await house.owner.query(
    `insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id)
    select campaign, id, "regionId", "departementId", "epciId", "clpeId"
      from jsonb_to_recordset($1) as t (id bigint, campaign uuid, "regionId" int, "departementId" int, "epciId" int,
      "clpeId" int)`,
    [JSON.stringify(targets.map(t => ({ id: t.id, campaign: t.campaign.id, ...t.place })))],
  )
})
after(() => house.close())

type May = (viewer: Viewer, campaign: Campaign) => unknown
const differ = (sights: readonly Sight[], may: May) =>
  disagreements(sights, campaigns, (viewer, campaign) => may(viewer, campaign) === true)
const readable = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from campaigns`)
// A locking read also asks the policies of writing: what one sees and may write.
const writable = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from campaigns for update`)
const around = (table: 'campaign_leads' | 'campaign_goals', of = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select campaign_id as id from ${sql.table(table)}`)
const removable = (table: 'campaign_leads' | 'campaign_goals', of = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`delete from ${sql.table(table)} returning campaign_id as id`)
const workable = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select siret::text as id from campaign_targets for update`)
const works =
  ({ mayPilot, mayRead, mayWork }: typeof policy) =>
  (viewer: Viewer, { campaign, place }: (typeof targets)[number]) =>
    mayPilot(viewer, campaign) === true ||
    (mayRead(viewer, campaign) === true && mayWork(viewer, campaign, aTarget({ place })) === true)

for (const [what, may, sights] of [
  ['reads', policy.mayRead, readable],
  ['writes', policy.mayPilot, writable],
] as const) {
  test(`SEC-6: who ${what} a campaign: the policy and the database agree on every pair`, async () => {
    const seen = await sights()
    const pairs = seen.length * campaigns.length
    const shown = seen.reduce((n, s) => n + s.ids.size, 0)
    assert.ok(pairs >= 100_000, `${pairs} pairs`)
    assert.ok(shown > pairs / 200 && shown < pairs / 2, `${shown} of ${pairs}: neither nearly all nor nearly none`)
    assert.deepEqual(differ(seen, may).slice(0, 2), [])
  })
}
test('SEC-6: who works a target: the policies and the database agree on every pair', async () => {
  const seen = await workable()
  assert.ok(seen.length * targets.length >= 100_000)
  assert.deepEqual(disagreements(seen, targets, works(policy)).slice(0, 2), [])
})

for (const table of ['campaign_leads', 'campaign_goals'] as const)
  test(`SEC-6: ${table} are read by who reads the campaign, and taken away by who pilots it and reads it`, async () => {
    assert.deepEqual(differ(await around(table), policy.mayRead).slice(0, 2), [])
    const may: May = (viewer, campaign) =>
      policy.mayRead(viewer, campaign) === true && policy.mayPilot(viewer, campaign)
    assert.deepEqual(differ(await removable(table), may).slice(0, 2), [])
    const few = hashes.slice(0, 60)
    await withPolicyChanged(house.owner, table, 'read', 'true', async () =>
      assert.notEqual(differ(await around(table, few), policy.mayRead).length, 0),
    )
    await withPolicyChanged(
      house.owner,
      table,
      'pilot_removes',
      'campaign_id in (select ctx.visible_campaigns())',
      async () => assert.notEqual(differ(await removable(table, few), may).length, 0),
    )
  })

test('SEC-6, EST-8: what became of a target is read by who reads its campaign', async () => {
  await house.owner.query(
    `insert into target_turns (campaign_id, siret, at, turn) select campaign_id, siret, now(), 'set-aside' from campaign_targets`,
  )
  const turns = (of: readonly Buffer[] = hashes) =>
    sightsOf(house.database, of, sql<{ id: string }>`select campaign_id as id from target_turns`)
  assert.deepEqual(differ(await turns(), policy.mayRead).slice(0, 2), [])
  await withPolicyChanged(house.owner, 'target_turns', 'read', 'true', async () =>
    assert.notEqual(differ(await turns(hashes.slice(0, 60)), policy.mayRead).length, 0),
  )
})

const file = new URL('./campaigns.policy.ts', import.meta.url)
test('SEC-6: the comparison fails when a clause of the policy goes', async () => {
  const [read, written, worked] = [await readable(), await writable(), await workable()]
  for (const [from, to, caught] of [
    ['isMember(viewer, campaign)\n  && touches', 'touches', (m: typeof policy) => differ(read, m.mayRead)],
    [
      `touches(viewer, 'campagnes', 'consultation', campaign.territory.id)`,
      'true',
      (m: typeof policy) => differ(read, m.mayRead),
    ],
    [
      `touches(viewer, 'campagnes', 'consultation', campaign.territory.id)`,
      `covers(viewer, 'campagnes', 'consultation', campaign.place)`,
      (m: typeof policy) => differ(read, m.mayRead),
    ],
    [
      `touches(viewer, 'campagnes', 'consultation',`,
      `touches(viewer, 'fiche-etablissement', 'consultation',`,
      (m: typeof policy) => differ(read, m.mayRead),
    ],
    [
      `touches(viewer, 'campagnes', 'consultation',`,
      `touches(viewer, 'campagnes', 'conseiller',`,
      (m: typeof policy) => differ(read, m.mayRead),
    ],
    [
      `(campaign.status !== 'draft' || isPilot(viewer, campaign))`,
      'true',
      (m: typeof policy) => differ(read, m.mayRead),
    ],
    [
      `(campaign.status !== 'draft' || isPilot(viewer, campaign))`,
      `campaign.status !== 'draft'`,
      (m: typeof policy) => differ(read, m.mayRead),
    ],
    [`isPilot(viewer, campaign)\n  && covers`, 'covers', (m: typeof policy) => differ(written, m.mayPilot)],
    [
      `isPilot(viewer, campaign)\n  && covers`,
      'isMember(viewer, campaign)\n  && covers',
      (m: typeof policy) => differ(written, m.mayPilot),
    ],
    [
      `covers(viewer, 'campagnes', 'pilote', campaign.place)`,
      'true',
      (m: typeof policy) => differ(written, m.mayPilot),
    ],
    [
      `covers(viewer, 'campagnes', 'pilote', campaign.place)`,
      `touches(viewer, 'campagnes', 'pilote', campaign.territory.id)`,
      (m: typeof policy) => differ(written, m.mayPilot),
    ],
    [
      `covers(viewer, 'campagnes', 'pilote', campaign.place)`,
      `covers(viewer, 'campagnes', 'responsable', campaign.place)`,
      (m: typeof policy) => differ(written, m.mayPilot),
    ],
    [
      `covers(viewer, 'campagnes', 'conseiller', target.place)`,
      'true',
      (m: typeof policy) => disagreements(worked, targets, works(m)),
    ],
    [
      `covers(viewer, 'campagnes', 'conseiller', target.place)`,
      `covers(viewer, 'campagnes', 'consultation', target.place)`,
      (m: typeof policy) => disagreements(worked, targets, works(m)),
    ],
  ] as const)
    assert.notEqual(caught(await importChanged<typeof policy>(file, from, to)).length, 0, `${from} → ${to}`)
})

test('SEC-6: … and when a clause of the database goes', async () => {
  const few = hashes.slice(0, 60) // enough people for each clause to be missed by one
  const [visible, piloted] = ['ctx.visible_campaigns()', 'ctx.piloted_campaigns()']
  const covered = 'ctx.covers((select ctx.pilote()), c.region_id, c.departement_id, c.epci_id, c.clpe_id)'
  for (const [signature, from, to, caught] of [
    [
      visible,
      'm.organisation_id = (select ctx.organisation())',
      'true',
      async (one: readonly Buffer[]) => differ(await readable(one), policy.mayRead),
    ],
    [
      visible,
      '(select ctx.national(ctx.campagnes()))',
      'true',
      async (one: readonly Buffer[]) => differ(await readable(one), policy.mayRead),
    ],
    [
      visible,
      '(select ctx.national(ctx.campagnes())) or ',
      '',
      async (one: readonly Buffer[]) => differ(await readable(one), policy.mayRead),
    ],
    [
      visible,
      ' or (c.territory_id = 0 and (select cardinality(ctx.campagnes()) > 0))',
      '',
      async (one: readonly Buffer[]) => differ(await readable(one), policy.mayRead),
    ],
    [
      visible,
      'c.territory_id = any ((select ctx.campagnes())::int[]) or ',
      '',
      async (one: readonly Buffer[]) => differ(await readable(one), policy.mayRead),
    ],
    [
      visible,
      'c.territory_id = any ((select ctx.campagnes())::int[])',
      'c.territory_id = any ((select ctx.conseiller())::int[])',
      async (one: readonly Buffer[]) => differ(await readable(one), policy.mayRead),
    ],
    [
      visible,
      `(c.status <> 'draft' or c.pilot_id = m.organisation_id)`,
      'true',
      async (one: readonly Buffer[]) => differ(await readable(one), policy.mayRead),
    ],
    [
      visible,
      `(c.status <> 'draft' or c.pilot_id = m.organisation_id)`,
      `c.status <> 'draft'`,
      async (one: readonly Buffer[]) => differ(await readable(one), policy.mayRead),
    ],
    [
      piloted,
      'c.pilot_id = (select ctx.organisation())',
      'true',
      async (one: readonly Buffer[]) => differ(await writable(one), policy.mayPilot),
    ],
    [piloted, covered, 'true', async (one: readonly Buffer[]) => differ(await writable(one), policy.mayPilot)],
    [
      piloted,
      covered,
      covered.replace('ctx.pilote()', 'ctx.conseiller()'),
      async (one: readonly Buffer[]) => differ(await writable(one), policy.mayPilot),
    ],
  ] as const)
    await withFunctionChanged(house.owner, signature, from, to, async () =>
      assert.ok(await isSeen(few, async one => (await caught(one)).length > 0), `${signature}: ${from} → ${to}`),
    )
  for (const [table, name, using, caught] of [
    ['campaigns', 'read', 'true', async (one: readonly Buffer[]) => differ(await readable(one), policy.mayRead)],
    ['campaigns', 'edit', 'true', async (one: readonly Buffer[]) => differ(await writable(one), policy.mayPilot)],
    [
      'campaign_targets',
      'pilot_edits',
      'false',
      async (one: readonly Buffer[]) => disagreements(await workable(one), targets, works(policy)),
    ],
    [
      'campaign_targets',
      'advisor_works',
      'campaign_id in (select ctx.visible_campaigns())',
      async (one: readonly Buffer[]) => disagreements(await workable(one), targets, works(policy)),
    ],
    [
      'campaign_targets',
      'advisor_works',
      'ctx.covers((select ctx.pilote()), region_id, departement_id, epci_id, clpe_id)',
      async (one: readonly Buffer[]) => disagreements(await workable(one), targets, works(policy)),
    ],
  ] as const)
    await withPolicyChanged(house.owner, table, name, using, async () =>
      assert.ok(await isSeen(few, async one => (await caught(one)).length > 0), `${table}.${name}: ${using}`),
    )
  assert.deepEqual(
    [
      differ(await readable(), policy.mayRead),
      differ(await writable(), policy.mayPilot),
      disagreements(await workable(), targets, works(policy)),
    ],
    [[], [], []],
    'all put back',
  )
})
