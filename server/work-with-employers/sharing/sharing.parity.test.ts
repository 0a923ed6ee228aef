import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { campaignStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  isSeen,
  mayWrite,
  type Sight,
  sightsOf,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { peopleOfAllKinds, pick, seededRandom } from '../../testing/people.ts'
import { allBut, forgetVersions, openCategories } from '../../testing/texts.ts'
import { insertWork } from '../bulk-works/bulk-works.queries.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { aCampaign, insertCampaign, insertCampaigns } from '../campaigns/testing.ts'
import { layTerritories, places } from '../campaigns/testing-world.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../correspondents/testing.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import * as policy from './sharing.policy.ts'

const random = seededRandom(620)
let house: House
let hashes: Buffer[]
let sharings: { id: string; campaign: Campaign; withinOrganisation: { id: string } | null }[]
let organisations: string[]

before(async () => {
  house = await openHouse([])
  await layTerritories(house.owner)
  organisations = [await house.organisation(), await house.organisation(), await house.organisation()].map(o => o.id)
  hashes = await peopleOfAllKinds(house, organisations, 150, random)
  for (const organisationId of organisations)
    for (const profile of ['responsable', 'pilote'] as const)
      for (const territoryId of [0, places.gironde])
        hashes.push(hashOf(await house.person(organisationId, [{ tool: 'campagnes', profile, territoryId }])))
  const anyone = (await house.owner.query('select id from accounts limit 1')).rows[0].id
  const lines = new Map<number, TerritoryLine>()
  for (const id of [0, ...Object.values(places)]) {
    const {
      rows: [l],
    } = await house.owner.query('select region_id, departement_id, epci_id, clpe_id from territory_line($1)', [id])
    lines.set(id, { regionId: l.region_id, departementId: l.departement_id, epciId: l.epci_id, clpeId: l.clpe_id })
  }
  const campaigns = Array.from({ length: 240 }, () => {
    const territoryId = pick(random, [...lines.keys()])
    return aCampaign({
      pilotId: pick(random, organisations),
      memberIds: organisations.filter(() => random() < 0.6),
      territoryId,
      place: lines.get(territoryId)!,
      status: pick(random, campaignStatuses),
    })
  })
  await insertCampaigns(house.owner, campaigns, anyone)
  sharings = campaigns.map(campaign => ({
    id: uuidv7(),
    campaign,
    withinOrganisation: random() < 0.5 ? null : { id: pick(random, organisations) },
  }))
  await house.owner.query(
    `insert into target_sharings (id, campaign_id, by_id, within_organisation, how, simulated_at, planned, done_at,
      moved)
    select id, campaign, $2, within, 'main', now(), 1, now(), 1
      from jsonb_to_recordset($1) as s (id uuid, campaign uuid, within uuid)`,
    [
      JSON.stringify(
        sharings.map(s => ({ id: s.id, campaign: s.campaign.id, within: s.withinOrganisation?.id ?? null })),
      ),
      anyone,
    ],
  )
})
after(() => house.close())

const hashOf = (who: Person) => tokenHash(who.cookie.slice('session='.length))
const readable = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from target_sharings`)
const settled = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from target_sharings for update`)
const reads = (sights: readonly Sight[]) =>
  disagreements(sights, sharings, (viewer, { campaign }) => mayRead(viewer, campaign) === true)
const settles = (sights: readonly Sight[], { maySettle }: typeof policy = policy) =>
  disagreements(
    sights,
    sharings,
    (viewer, sharing) =>
      mayRead(viewer, sharing.campaign) === true && maySettle(viewer, sharing.campaign, sharing) === true,
  )

test('SEC-6, CAM-4: who reads and who settles a sharing out: the policy and the database agree on every pair', async () => {
  const [seen, locked] = [await readable(), await settled()]
  assert.ok(locked.length * sharings.length > 25_000)
  const shown = locked.reduce((n, s) => n + s.ids.size, 0)
  assert.ok(shown > 200, `${shown}: neither nearly all nor nearly none`)
  assert.deepEqual([reads(seen).slice(0, 2), settles(locked).slice(0, 2)], [[], []])
})
/** What the parts of its bulk work ask: pilots, or a lead within their own organisation. */
const goneOnWith = (of: readonly Buffer[]) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`select id from target_sharings
      where campaign_id in (select ctx.piloted_campaigns()) or ctx.shares_within(id)`,
  )
test('SEC-6, CAM-9: who goes on with the parts of a sharing out: the policy and the database agree on every pair', async () => {
  const few = hashes.slice(-80)
  assert.deepEqual(settles(await goneOnWith(few)).slice(0, 2), [])
  for (const [from, to] of [
    ['s.within_organisation = (select ctx.organisation()) and', ''],
    ['and s.campaign_id in (select ctx.led_campaigns())', ''],
    ['s.id = sharing and', ''],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.shares_within(uuid)', from, to, async () =>
      assert.ok(await isSeen(few, async one => settles(await goneOnWith(one)).length > 0), `${from} → ${to}`),
    )
})
test('SEC-6: the comparison fails when a clause goes, on either side', async () => {
  const locked = await settled()
  const file = new URL('./sharing.policy.ts', import.meta.url)
  for (const [from, to] of [
    ['mayPilot(viewer, campaign) === true ||', ''],
    [
      'sharing.withinOrganisation?.id === viewer.organisationId && mayLead(viewer, campaign)',
      'mayLead(viewer, campaign)',
    ],
    [
      'sharing.withinOrganisation?.id === viewer.organisationId && mayLead(viewer, campaign)',
      'sharing.withinOrganisation?.id === viewer.organisationId',
    ],
  ] as const)
    assert.notEqual(settles(locked, await importChanged<typeof policy>(file, from, to)).length, 0, `${from} → ${to}`)
  const few = hashes.slice(-80)
  for (const using of [
    'true',
    'campaign_id in (select ctx.piloted_campaigns())',
    'campaign_id in (select ctx.piloted_campaigns()) or campaign_id in (select ctx.led_campaigns())',
  ])
    await withPolicyChanged(house.owner, 'target_sharings', 'settle', using, async () =>
      assert.ok(await isSeen(few, async one => settles(await settled(one)).length > 0), using),
    )
  for (const [from, to] of [['ctx.rank(g.profile) >= 3', 'ctx.rank(g.profile) >= 2']] as const)
    await withFunctionChanged(house.owner, 'ctx.led_campaigns()', from, to, async () =>
      assert.ok(await isSeen(few, async one => settles(await settled(one)).length > 0), `${from} → ${to}`),
    )
  await withPolicyChanged(house.owner, 'target_sharings', 'read', 'true', async () =>
    assert.ok(await isSeen(few, async one => reads(await readable(one)).length > 0)),
  )
  assert.deepEqual(settles(await settled(few)), [])
})

test('SEC-6, CAM-4: whatever the application forgets, a lead writes no line over another organisation’s targets, and nobody in another’s name', async () => {
  const [own, other] = organisations as [string, string]
  const lead = await house.person(own, [{ profile: 'responsable', territoryId: 0 }])
  const campaign = aCampaign({ pilotId: other, memberIds: [own], status: 'open' })
  await insertCampaigns(house.owner, [campaign], lead.id)
  const id = uuidv7()
  const within = async (work: (tx: Awaited<ReturnType<House['database']['begin']>>) => Promise<unknown>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(hashOf(lead))
      await work(tx)
      await tx.commit()
    } finally {
      await tx.rollback()
    }
  }
  const sharing = (over: { by?: string; within?: string | null }) =>
    within(tx =>
      tx.run(sql`insert into target_sharings (id, campaign_id, by_id, within_organisation, how, simulated_at, planned)
    values (${id}, ${campaign.id}, ${over.by ?? lead.id}, ${over.within === undefined ? own : over.within}, 'main',
      now(), 0)`),
    )
  const line = (from: string | null, to: string) =>
    within(tx =>
      tx.run(
        sql`insert into target_assignments (sharing_id, campaign_id, siret, from_assigned, to_organisation, status,
          contacts) values (${id}, ${campaign.id}, 1, ${from}, ${to}, 'a-contacter', 0)`,
      ),
    )
  await assert.rejects(sharing({ within: null }), /row-level security/)
  await assert.rejects(sharing({ within: other }), /row-level security/)
  await assert.rejects(sharing({ by: (await house.person(own)).id }), /row-level security/)
  await sharing({})
  await line(null, own)
  await line(own, own)
  await assert.rejects(line(other, own), /row-level security/)
  // A pilot's sharing out in the same campaign: a lead reads its lines and settles none.
  const [theirs, pilot] = [uuidv7(), await house.person(other)]
  await house.owner.query(
    `insert into target_sharings (id, campaign_id, by_id, how, simulated_at, planned)
      values ($1, $2, $3, 'main', now(), 1)`,
    [theirs, campaign.id, pilot.id],
  )
  await house.owner.query(
    `insert into target_assignments (sharing_id, campaign_id, siret, to_organisation, status, contacts)
      values ($1, $2, 2, $3, 'a-contacter', 0)`,
    [theirs, campaign.id, own],
  )
  await within(async tx => {
    assert.equal((await tx.all(sql`select 1 from target_assignments where sharing_id = ${theirs}::uuid`)).length, 1)
  })
  // What was done or undone is written by the parts of a bulk work alone.
  for (const change of [sql`target_assignments set undone = true`, sql`target_assignments set at = now()`])
    await assert.rejects(
      within(tx => tx.run(sql`update ${change} where sharing_id = ${id}::uuid`)),
      /permission denied/,
    )
  await assert.rejects(
    within(tx => tx.run(sql`update target_sharings set done_at = now(), moved = 0 where id = ${id}::uuid`)),
    /permission denied/,
  )
  const work = (sharingId: string) => within(tx => insertWork(tx, { ...counted, sharingId }))
  const counted = { id: uuidv7(), campaignId: campaign.id, byId: lead.id, act: 'share', countedAt: new Date() } as const
  await assert.rejects(work(theirs), /row-level security/, 'no work of the pilot’s sharing out')
  await work(id)
  await assert.rejects(line(null, other), /row-level security/)
  await assert.rejects(
    within(tx =>
      tx.run(
        sql`insert into target_assignments (campaign_id, siret, at, by_id, to_organisation, status, contacts)
          values (${campaign.id}, 1, now(), ${lead.id}, ${other}, 'a-contacter', 0)`,
      ),
    ),
    /row-level security/,
  )
})

test('SEC-6, CAM-4: whatever the application forgets, a simulation is forgotten by who may settle it, and what was done by nobody', async () => {
  const [own, other] = organisations as [string, string]
  const [pilot, lead, advisor, foreign] = [
    await house.person(other, [{ profile: 'pilote', territoryId: 0 }]),
    await house.person(own, [{ profile: 'responsable', territoryId: 0 }]),
    await house.person(own, [{ profile: 'conseiller', territoryId: 0 }]),
    await house.person(organisations[2]!, [{ profile: 'pilote', territoryId: 0 }]),
  ]
  const campaign = aCampaign({ pilotId: other, memberIds: organisations, status: 'open' })
  await insertCampaigns(house.owner, [campaign], pilot.id)
  const sharing = async (within: string | null, done: boolean) => {
    const id = uuidv7()
    await house.owner.query(
      `insert into target_sharings (id, campaign_id, by_id, within_organisation, how, simulated_at, planned, done_at,
        moved) values ($1, $2, $3, $4, 'main', now(), 1, $5, $6)`,
      [id, campaign.id, pilot.id, within, done ? new Date() : null, done ? 1 : null],
    )
    await house.owner.query(
      `insert into target_assignments (sharing_id, campaign_id, siret, to_organisation, status, contacts)
        values ($1, $2, 1, $3, 'a-contacter', 0)`,
      [id, campaign.id, own],
    )
    return id
  }
  const [whole, within, done, doneWithin] = [
    await sharing(null, false),
    await sharing(own, false),
    await sharing(null, true),
    await sharing(own, true),
  ]
  for (const [table, column] of [
    ['target_sharings', 'id'],
    ['target_assignments', 'sharing_id'],
  ] as const) {
    const forgets = (who: Person, id: string) =>
      mayWrite(house.database, hashOf(who), sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${id}::uuid`)
    assert.deepEqual(
      [await forgets(pilot, whole), await forgets(pilot, within), await forgets(lead, within)],
      [true, true, true],
      table,
    )
    assert.deepEqual(
      [await forgets(advisor, within), await forgets(foreign, whole), await forgets(foreign, within)],
      [false, false, false],
      table,
    )
    for (const who of [pilot, lead, foreign])
      assert.deepEqual([await forgets(who, done), await forgets(who, doneWithin)], [false, false], `${table}: done`)
  }
  assert.equal(
    await mayWrite(house.database, hashOf(lead), sql`delete from target_sharings where id = ${whole}::uuid`),
    false,
    'a lead does not forget the pilot’s',
  )
})

test('SEC-6, CAM-4, AGR-12: whatever the application forgets, who may receive and who knows an employer is told to who pilots, of their own organisation alone to a lead, and to nobody else', async () => {
  const [own, other, third] = organisations as [string, string, string]
  const person = (
    organisationId: string,
    profile: 'consultation' | 'conseiller' | 'responsable' | 'pilote',
    territoryId = 0,
  ) => house.person(organisationId, [{ profile, territoryId }])
  const [pilot, lead, advisor, elsewhere, outside] = [
    await person(other, 'pilote'),
    await person(own, 'responsable'),
    await person(own, 'conseiller', places.gironde),
    await person(own, 'conseiller', places.garonne),
    await person((await house.organisation()).id, 'pilote'),
  ]
  const place = { regionId: places.aquitaine, departementId: places.gironde, epciId: null, clpeId: null }
  const campaign = aCampaign({
    pilotId: other,
    memberIds: [own, third],
    territoryId: places.gironde,
    place,
    status: 'open',
  })
  await insertCampaign(house.owner, campaign, pilot.id, [71, 72, 73])
  await insertExchange(house.owner, anExchange({ siret: 71, organisationId: own, authorId: advisor.id }))
  await insertExchange(house.owner, anExchange({ siret: 72, organisationId: third, authorId: lead.id }))
  const told = async (
    who: Person,
    query: ReturnType<typeof sql<{ organisationId: string; accountId: string | null }>>,
  ) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(hashOf(who))
      return await tx.all(query)
    } finally {
      await tx.rollback()
    }
  }
  const recipients = (who: Person) =>
    told(who, sql`select organisation_id, account_id from sharing_recipients(${campaign.id}::uuid, '2027-01-15')`)
  const forPilot = await recipients(pilot)
  assert.deepEqual(
    new Set(forPilot.filter(r => r.accountId === null).map(r => r.organisationId)),
    new Set([own, other, third]),
  )
  assert.deepEqual(
    new Set(forPilot.filter(r => r.accountId !== null).map(r => r.organisationId)),
    new Set([other]),
    'people of one’s own organisation alone',
  )
  const forLead = await recipients(lead)
  assert.deepEqual(new Set(forLead.map(r => r.organisationId)), new Set([own]))
  assert.ok(
    forLead.some(r => r.accountId === advisor.id) &&
      forLead.every(r => r.accountId !== null && r.accountId !== elsewhere.id),
  )
  const referents = (who: Person) =>
    told(who, sql`select organisation_id, account_id from sharing_referents(${campaign.id}::uuid, '{71,72}')`)
  assert.deepEqual(
    (await referents(pilot)).map(r => [r.organisationId, r.accountId]).sort(),
    [
      [own, null],
      [third, null],
    ].sort(),
  )
  assert.deepEqual(
    (await referents(lead)).map(r => [r.organisationId, r.accountId]),
    [[own, advisor.id]],
  )
  for (const who of [advisor, outside]) assert.deepEqual([await recipients(who), await referents(who)], [[], []])

  const by = { organisationId: third, authorId: lead.id }
  await insertCorrespondent(
    house.owner,
    aCorrespondent({ siret: 73, values: [{ ...aValue('familyName', 'Essai'), ...by }] }),
  )
  const byPerson = async () =>
    (
      await told(pilot, sql`select organisation_id, account_id from sharing_referents(${campaign.id}::uuid, '{73}')`)
    ).map(r => r.organisationId)
  assert.deepEqual(await byPerson(), [third])
  await openCategories(house.owner, allBut('interlocuteurs'))
  const closed = [await byPerson(), (await referents(pilot)).length]
  await forgetVersions(house.owner)
  assert.deepEqual(closed, [[], 2], 'AGR-12: while annex 4 closes « interlocuteurs », who contacted it alone is told')
})
