import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Profile } from '../../../contract/route.ts'
import { campaignActions } from '../../../contract/work-with-employers/campaigns.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person, tokenOf } from '../../testing/house.ts'
import { mayWrite, withFunctionChanged } from '../../testing/parity.ts'
import { type Act, type Campaign, after as leadsTo, possible, type Status } from '../campaigns/campaign-lifecycle.ts'
import { mayPilot, mayRelease } from '../campaigns/campaigns.policy.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { targetById } from '../campaigns/targets.queries.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { layTerritories, places } from '../campaigns/testing-world.ts'

type Who = 'pilot' | 'advisor' | 'colleague' | 'lead' | 'leadElsewhere' | 'leadOfPilot' | 'reader' | 'partner'
let house: House
let people: Record<Who, Person>
let open: ReturnType<typeof aCampaign>
before(async () => {
  house = await openHouse([])
  await layTerritories(house.owner)
  const [own, other] = [(await house.organisation()).id, (await house.organisation()).id]
  const person = (organisationId: string, profile: Profile, ...more: { profile: Profile; territoryId: number }[]) =>
    house.person(organisationId, [{ profile, territoryId: places.gironde }, ...more])
  people = {
    pilot: await person(own, 'pilote'),
    advisor: await person(other, 'conseiller'),
    colleague: await person(other, 'conseiller'),
    lead: await person(other, 'responsable'),
    leadElsewhere: await person(other, 'conseiller', { profile: 'responsable', territoryId: places.landes }),
    leadOfPilot: await person(own, 'responsable'),
    reader: await person(other, 'consultation'),
    partner: await person(own, 'conseiller'),
  }
  const place = { regionId: places.aquitaine, departementId: places.gironde, epciId: null, clpeId: null }
  open = aCampaign({ pilotId: own, memberIds: [other], territoryId: places.gironde, place, status: 'open' })
  await insertCampaign(house.owner, open, people.pilot.id, [1, 2])
  await house.owner.query('update campaign_targets set region_id = $1, departement_id = $2', [
    places.aquitaine,
    places.gironde,
  ])
})
after(() => house.close())

const may = (who: Person, query: ReturnType<typeof sql>) =>
  mayWrite(house.database, tokenHash(who.cookie.slice('session='.length)), query)
const heldBy = (who: Person | null) =>
  house.owner.query(
    `update campaign_targets set taken_by = $1, taken_by_organisation = $2,
      taken_at = case when $1::uuid is not null then now() end, status = 'a-contacter'`,
    [who?.id ?? null, who?.organisationId ?? null],
  )
const takenBy = (who: Person | null, organisationId = who?.organisationId ?? null) =>
  sql`taken_by = ${who?.id ?? null}::uuid, taken_by_organisation = ${organisationId}::uuid,
    taken_at = ${who ? new Date() : null}::timestamptz`
const set = (who: Who, what: ReturnType<typeof sql>) =>
  may(people[who], sql`update campaign_targets set ${what} where campaign_id = ${open.id} and siret = 1`)

test('SEC-6, CAM-4: whatever the application forgets, an advisor takes in their own name what is free; who leads there passes on within their structure what it holds', async () => {
  const { pilot, advisor, colleague, lead, partner } = people
  for (const [held, by, to, expected] of [
    [null, 'advisor', advisor, true],
    [null, 'advisor', colleague, false],
    [null, 'advisor', pilot, false],
    [advisor, 'advisor', null, true],
    [advisor, 'advisor', colleague, false],
    [advisor, 'advisor', partner, false],
    [colleague, 'advisor', null, false],
    [colleague, 'advisor', advisor, false],
    [colleague, 'lead', advisor, true],
    [colleague, 'lead', lead, true],
    [lead, 'lead', colleague, true],
    [colleague, 'lead', partner, false],
    [partner, 'lead', lead, false],
    [null, 'lead', colleague, false],
    [colleague, 'leadElsewhere', advisor, false],
    [colleague, 'leadElsewhere', null, false],
    [partner, 'advisor', null, false],
    [partner, 'advisor', advisor, false],
    [partner, 'pilot', advisor, true],
  ] as const) {
    await heldBy(held)
    assert.equal(await set(by, takenBy(to)), expected, `${held?.name} → ${to?.name} by ${by}`)
  }
  await heldBy(null)
  assert.equal(await set('advisor', takenBy(advisor, pilot.organisationId)), false, 'for another structure')
  assert.equal(await set('advisor', takenBy(partner, advisor.organisationId)), false, 'a stranger, as one’s own')
})

/** Of each person and holder: whether the policy and the database part on giving the target back. */
const parted = async (): Promise<string[]> => {
  const apart: string[] = []
  for (const [held, holder] of [[null, null], ...Object.entries(people)] as const) {
    await heldBy(holder)
    for (const by of Object.keys(people) as Who[]) {
      const tx = await house.database.begin()
      try {
        const viewer = await tx.enter(Buffer.from(tokenOf(people[by]), 'hex'))
        const campaign = await plainCampaign(tx, open.id)
        const target = await targetById(tx, open.id, 1, '2026-12-01')
        const may = mayRelease(viewer!, campaign!, target!) === true || mayPilot(viewer!, campaign!) === true
        if ((await set(by, takenBy(null))) !== may) apart.push(`${held} given back by ${by}: ${may} in the policy`)
      } finally {
        await tx.rollback()
      }
    }
  }
  return apart
}
test('SEC-6, CAM-4: giving back: the policy and the database agree for every role and holder, and not when a clause goes', async () => {
  assert.deepEqual(await parted(), [])
  for (const [from, to] of [
    ['is not true)))', 'is null)))'],
    ['is not true)))', 'is false)))'],
    ['(o.taken_by <> me or n.taken_by <> me) and', 'true and'],
    ['o.taken_by <> me and o.taken_by_organisation <> own', 'false'],
    ['ctx.covers((select ctx.responsable()),', 'ctx.covers((select ctx.conseiller()),'],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.check_target_work()', from, to, async () =>
      assert.notDeepEqual(await parted(), [], `${from} → ${to}`),
    )
  await withFunctionChanged(
    house.owner,
    'ctx.responsable()',
    'ctx.rank(g.profile) >= 3',
    'ctx.rank(g.profile) >= 2',
    async () => assert.notDeepEqual(await parted(), []),
  )
})

test('SEC-6, CAM-4: whatever the application forgets, an advisor writes the progress of a target; who pilots entrusts it, shares it and sets it aside', async () => {
  await heldBy(null)
  assert.equal(await set('advisor', sql`status = 'en-cours'`), true)
  for (const what of [
    sql`assigned_organisation = ${people.advisor.organisationId}::uuid`,
    sql`assigned_organisation = ${people.pilot.organisationId}::uuid`,
    sql`shared = true`,
    sql`status = 'ecarte', set_aside_reason = 'Sans suite'`,
    sql`departement_id = null`,
  ])
    assert.deepEqual([await set('advisor', what), await set('pilot', what)], [false, true])
})

test('SEC-6, CAM-1: whatever the application forgets, a campaign goes through its life as campaign-lifecycle.ts has it, in each of its states', async () => {
  const states = ['draft', 'open', 'closed', 'archived'] as const
  const acts: readonly Act[] = [...campaignActions, 'set-aside', 'put-back']
  const leads = (from: Status, to: Status) =>
    acts.some(act => {
      const counts = { targets: 1 } as Campaign['counts']
      const campaign = { status: from, startsOn: '2027-01-15', endsOn: '2027-03-15', counts }
      return possible(from, act) && leadsTo(campaign, act, '2027-01-01') === to
    })
  const found: string[] = []
  for (const from of states)
    for (const to of states) {
      if (from === to) continue
      const dates = (state: Status) => [state !== 'draft', state === 'closed' || state === 'archived']
      const stand = async () => {
        const [opened, closed] = dates(from)
        await house.owner.query(
          `update campaigns set status = $2, opened_at = case when $3 then now() end, closed_at = case when $4 then now() end
            where id = $1`,
          [open.id, from, opened, closed],
        )
      }
      await stand()
      const [opened, closed] = dates(to)
      const moved = await may(
        people.pilot,
        sql`update campaigns set status = ${to}, opened_at = case when ${opened} then now() end,
          closed_at = case when ${closed} then now() end where id = ${open.id}`,
      )
      assert.equal(moved, leads(from, to), `${from} → ${to}`)
      if (moved) found.push(`${from} → ${to}`)
    }
  assert.deepEqual(found, ['draft → open', 'open → closed', 'closed → open', 'closed → archived'])
  await house.owner.query(`update campaigns set status = 'open', closed_at = null where id = $1`, [open.id])
})

test('SEC-6, CAM-3: whatever the application forgets, a campaign holds its own targets, within its period', async () => {
  const hold = (siret: number, period: string) =>
    may(
      people.pilot,
      sql`insert into campaign_holds (campaign_id, siret, period) values (${open.id}, ${siret}, ${period}::daterange)`,
    )
  const { startsOn, endsOn } = open
  assert.deepEqual([await hold(1, `[${startsOn},${endsOn}]`), await hold(1, `[${endsOn},${endsOn}]`)], [true, true])
  assert.equal(await hold(3, `[${startsOn},${endsOn}]`), false, 'no target of it')
  assert.equal(await hold(1, `[${startsOn},2999-12-31]`), false, 'for good')
  assert.equal(await hold(1, `[2020-01-01,${endsOn}]`), false, 'before it begins')
  assert.equal(await hold(1, '(,)'), false, 'without an end')
})
