import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { campaignStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  importChanged,
  isSeen,
  type Sight,
  sightsOf,
  withFunctionChanged,
} from '../../testing/parity.ts'
import { peopleOfAllKinds, pick, seededRandom } from '../../testing/people.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { aCampaign, insertCampaigns } from '../campaigns/testing.ts'
import { layTerritories, places } from '../campaigns/testing-world.ts'
import * as model from './progress.model.ts'
import * as policy from './progress.policy.ts'

const random = seededRandom(660)
const [people, campaignCount] = [260, 24]
const signature = 'ctx.campaign_progress(uuid,text,date,date)'

let house: House
let hashes: Buffer[]
let campaigns: Campaign[]
let everyone: Sight[]
/** An advisor in a campaign, with something taken there. */
let advisors: { id: string; campaign: Campaign; accountId: string; organisationId: string }[]

before(async () => {
  house = await openHouse([])
  await layTerritories(house.owner)
  const organisations = [await house.organisation(), await house.organisation(), await house.organisation()].map(
    o => o.id,
  )
  hashes = await peopleOfAllKinds(house, organisations, people, random)
  const accounts = (
    await house.owner.query<{ id: string; organisation: string }>(
      'select id, organisation_id as organisation from accounts order by id',
    )
  ).rows
  // A territory that no commune makes up today overlaps nothing: only its own name, or the whole country, opens it.
  const empty = 10099
  await house.owner.query(`insert into territories (id, kind, code, name) values ($1, 'clpe', '10099', 'Ancien')`, [
    empty,
  ])
  for (const organisationId of organisations)
    for (const territoryId of [empty, 0])
      hashes.push(
        tokenHash(
          (
            await house.person(organisationId, [{ tool: 'campagnes', profile: 'responsable', territoryId }])
          ).cookie.slice('session='.length),
        ),
      )
  const lines = new Map<number, TerritoryLine>()
  for (const id of [0, empty, ...Object.values(places)]) {
    const {
      rows: [l],
    } = await house.owner.query('select region_id, departement_id, epci_id, clpe_id from territory_line($1)', [id])
    lines.set(id, { regionId: l.region_id, departementId: l.departement_id, epciId: l.epci_id, clpeId: l.clpe_id })
  }
  campaigns = Array.from({ length: campaignCount }, (_, n) => {
    const surely = n < 6 // open to all, on the two territories that few perimeters reach
    const territoryId = surely ? [empty, 0][n % 2]! : pick(random, [...lines.keys()])
    return aCampaign({
      pilotId: pick(random, organisations),
      memberIds: organisations.filter(() => surely || random() < 0.6),
      territoryId,
      place: lines.get(territoryId)!,
      status: surely ? 'open' : pick(random, campaignStatuses),
    })
  })
  await insertCampaigns(house.owner, campaigns, accounts[0]!.id)
  advisors = campaigns.flatMap(campaign =>
    Array.from({ length: 24 }, () => pick(random, accounts))
      .filter((a, i, all) => all.indexOf(a) === i)
      .map(({ id, organisation }) => ({
        id: `${campaign.id}|${id}`,
        campaign,
        accountId: id,
        organisationId: organisation,
      })),
  )
  await house.owner.query(
    `insert into campaign_targets (campaign_id, siret, status, taken_by, taken_by_organisation, taken_at)
    select campaign, n, 'prise-en-charge', account, organisation, now()
      from jsonb_to_recordset($1) as t (n int, campaign uuid, account uuid, organisation uuid)`,
    [
      JSON.stringify(
        advisors.map((a, n) => ({
          n: n + 1,
          campaign: a.campaign.id,
          account: a.accountId,
          organisation: a.organisationId,
        })),
      ),
    ],
  )
  everyone = await shown()
})
after(() => house.close())

// Asked of every campaign by its id, as who guesses one would: no policy on campaigns stands before the function.
const shown = (of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{
      id: string
    }>`select c || '|' || (a ->> 'id') as id from unnest(${campaigns.map(c => c.id)}::uuid[]) c cross
      join lateral ctx.campaign_progress(c, 'epci', '2027-01-15', '2027-01-01') p
      cross join lateral jsonb_array_elements(p.advisors) a`,
  )
const differ = (sights: readonly Sight[], { mayReadAdvisor }: typeof model) =>
  disagreements(
    sights,
    advisors,
    (viewer, row) => viewer.state === 'active' && mayReadAdvisor(viewer, row.campaign, row),
  )

test('SEC-6, CAM-8: whose figures by advisor one reads: the policy and the database agree on every pair', async () => {
  const seen = everyone
  const pairs = seen.length * advisors.length
  assert.ok(pairs >= 100_000, `${pairs} pairs`)
  const open = seen.reduce((n, s) => n + s.ids.size, 0)
  assert.ok(open > 300 && open < pairs / 3, `${open} of ${pairs}`)
  assert.deepEqual(differ(seen, model).slice(0, 2), [])
})
test('CAM-8: nobody reads an advisor of another organisation', async () => {
  const organisationOf = new Map(advisors.map(a => [a.id, a.organisationId]))
  for (const { viewer, ids } of everyone)
    for (const id of ids) assert.equal(organisationOf.get(id), viewer.organisationId)
})

/** Who leads in which campaigns. */
const ledBy = (of = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`select c as id from unnest(${campaigns.map(c => c.id)}::uuid[]) c
      where c in (select ctx.visible_campaigns()) and ctx.leads(c)`,
  )
const leading = (sights: readonly Sight[], { mayLead }: typeof policy) =>
  disagreements(sights, campaigns, (viewer, campaign) => viewer.state === 'active' && mayLead(viewer, campaign))
test('SEC-6, CAM-4: who leads in a campaign: the policy and the database agree on every pair, and a clause lost is seen', async () => {
  const seen = await ledBy()
  assert.ok(seen.some(s => s.ids.size > 0))
  assert.deepEqual(leading(seen, policy).slice(0, 2), [])
  for (const [from, to] of [
    [`'responsable', campaign`, `'conseiller', campaign`],
    [`'responsable', campaign`, `'pilote', campaign`],
    [`touches(viewer, 'campagnes', 'responsable', campaign.territory.id)`, 'true'],
    [`mayRead(viewer, campaign) === true && `, ''],
  ] as const) {
    const mutant = await importChanged<typeof policy>(new URL('./progress.policy.ts', import.meta.url), from, to)
    assert.notEqual(leading(seen, mutant).length, 0, `${from} → ${to}`)
  }
})
test('SEC-6: the comparison fails when a clause of the policy goes', async () => {
  for (const [from, to] of [
    [`mayRead(viewer, campaign) === true\n  && advisor`, 'advisor'],
    [`advisor.organisationId === viewer.organisationId`, 'true'],
    [`advisor.accountId === viewer.accountId || `, ''],
    [`(advisor.accountId === viewer.accountId || mayLead(viewer, campaign))`, 'true'],
    [` || mayLead(viewer, campaign)`, ''],
  ] as const) {
    const mutant = await importChanged<typeof model>(new URL('./progress.model.ts', import.meta.url), from, to)
    assert.notEqual(differ(everyone, mutant).length, 0, `${from} → ${to}`)
  }
})
test('SEC-6: … and when a clause of the database goes', async () => {
  const few = [...hashes.slice(0, 90), ...hashes.slice(-6)]
  const led = 'ctx.led_campaigns()'
  for (const [of, from, to] of [
    [signature, 'campaign not in (select ctx.visible_campaigns())', 'false'],
    [signature, 't.taken_by_organisation = own', 'true'],
    [signature, 't.taken_by = me or ', ''],
    [signature, 't.taken_by = me or leads_here', 't.taken_by = me'],
    [signature, '(t.taken_by = me or leads_here)', 'true'],
    [led, 'ctx.rank(g.profile) >= 3', 'ctx.rank(g.profile) >= 2'],
    [led, 'ctx.rank(g.profile) >= 3', 'ctx.rank(g.profile) >= 4'],
    [led, `g.tool = 'campagnes' and `, ''],
    [led, 'g.territory_id in (0, c.territory_id)', 'g.territory_id = c.territory_id'],
    [led, 'g.territory_id in (0, c.territory_id)', 'g.territory_id = 0'],
    [led, ' or c.territory_id = 0\n', '\n'],
    [
      led,
      'select from public.territory_overlaps o where o.territory_id = g.territory_id and o.other_id = c.territory_id',
      'select from public.territory_overlaps o where o.territory_id = c.territory_id',
    ],
  ] as const)
    await withFunctionChanged(house.owner, of, from, to, async () =>
      assert.ok(await isSeen(few, async one => differ(await shown(one), model).length > 0), `${of}: ${from} → ${to}`),
    )
  assert.deepEqual(differ(await shown(few), model), [], 'all put back')
})
