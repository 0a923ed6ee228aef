import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { targetActs } from '../../../contract/work-with-employers/bulk-works.ts'
import type { Refused } from '../../platform/errors.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { parisDay } from '../../platform/time.ts'
import type { Person } from '../../testing/house.ts'
import { disagreements, mayWrite, sightsOf, withFunctionChanged, withPolicyChanged } from '../../testing/parity.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { places, siretOf } from '../campaigns/testing-world.ts'
import { checkCampaign, deedOf, type TargetActKind } from './bulk-work-rules.ts'
import { mayCount, mayCountReleases, mayReadWork } from './bulk-works.policy.ts'
import { doPart } from './bulk-works.queries.ts'
import { type BulkHouse, here, openBulkHouse } from './testing.ts'

const today = parisDay(new Date())
let bulk: BulkHouse
let people: readonly Person[]
const all: { campaign: Campaign; by: Person }[] = []
const works: { id: string; byId: string; act: TargetActKind; campaign: Campaign }[] = []
before(async () => {
  bulk = await openBulkHouse(3)
  const { house, ines, colleague, advisor, member, stranger } = bulk
  const at = (profile: 'pilote' | 'responsable' | 'consultation', territoryId: number) =>
    house.person(ines.organisationId, [{ profile, territoryId }])
  people = [
    ines,
    colleague,
    advisor,
    member,
    stranger,
    await at('pilote', places.garonne),
    await at('pilote', places.aquitaine),
    await at('responsable', places.gironde),
    await at('consultation', places.gironde),
    await house.person(ines.organisationId),
  ]
  for (const status of ['draft', 'open', 'closed', 'archived'] as const)
    for (const endsOn of ['2099-12-31', '2026-02-01'])
      for (const pilot of [ines, member]) {
        const made = aCampaign({
          pilotId: pilot.organisationId,
          memberIds: [ines.organisationId],
          territoryId: places.coeur,
          place: here,
          startsOn: '2026-01-01',
          endsOn,
          status,
        })
        all.push({ campaign: await insertCampaign(house.owner, made, pilot.id, [siretOf(1), siretOf(2)]), by: pilot })
      }
  for (const { campaign } of all)
    for (const person of people)
      for (const act of targetActs) {
        const id = uuidv7()
        await house.owner.query(
          `insert into bulk_works (id, campaign_id, by_id, act, reason, result, counted_at, state, way, origin, request_id, asked_at, part_at)
            values ($1, $2, $3, $4, $5, $6, now(), 'doing', 'proconnect', 'essai', 'essai', now(), now())`,
          [
            id,
            campaign.id,
            person.id,
            act,
            act === 'set-aside' ? 'Essai' : null,
            act === 'close' ? 'deja-suivi' : null,
          ],
        )
        await house.owner.query(
          `insert into bulk_work_lines (work_id, siret, before, state) values ($1, $2, '{}', 'to-do')`,
          [id, siretOf(3)],
        )
        works.push({ id, byId: person.id, act, campaign })
      }
})
after(() => bulk.close())

const hashOf = (person: Person) => tokenHash(person.cookie.split('=')[1]!)
const worksSeen = () =>
  sightsOf(bulk.house.database, people.map(hashOf), sql<{ id: string }>`select id from bulk_works`)
const linesSeen = () =>
  sightsOf(bulk.house.database, people.map(hashOf), sql<{ id: string }>`select work_id as id from bulk_work_lines`)
const reads = (viewer: Parameters<typeof mayReadWork>[0], row: { byId: string }) => mayReadWork(viewer, row) === true

test('SEC-6, CAM-9: who reads a work and its lines: the policy and the database agree on every pair', async () => {
  for (const sights of [await worksSeen(), await linesSeen()]) {
    assert.equal(sights.length, people.length)
    assert.deepEqual(disagreements(sights, works, reads), [])
  }
})
test('SEC-6: a policy of reading without « its author » is caught, of works and of lines', async () => {
  await withPolicyChanged(bulk.house.owner, 'bulk_works', 'read', 'ctx.ok()', async () =>
    assert.ok(disagreements(await worksSeen(), works, reads).length > 0),
  )
  await withPolicyChanged(bulk.house.owner, 'bulk_work_lines', 'read', 'ctx.ok()', async () =>
    assert.ok(disagreements(await linesSeen(), works, reads).length > 0),
  )
})

test('SEC-6, CAM-9: who counts: the policy and the database agree on every pair, and nobody counts for another', async () => {
  const sights = await worksSeen()
  const seen = { yes: 0, no: 0, gives: 0 }
  const insert = (who: Person, byId: string, campaignId: string, act: TargetActKind = 'set-aside') =>
    mayWrite(
      bulk.house.database,
      hashOf(who),
      sql`insert into bulk_works (id, campaign_id, by_id, act, reason, counted_at)
        values (${uuidv7()}::uuid, ${campaignId}::uuid, ${byId}::uuid, ${act}, 'Essai', now())`,
    )
  for (const [index, who] of people.entries())
    for (const { campaign } of all) {
      const may = mayCount(sights[index]!.viewer, campaign) === true
      assert.equal(await insert(who, who.id, campaign.id), may, `${who.name} ${campaign.status}`)
      seen[may ? 'yes' : 'no']++
      const gives = mayCountReleases(sights[index]!.viewer, campaign) === true
      assert.equal(await insert(who, who.id, campaign.id, 'release'), gives, `release ${who.name} ${campaign.status}`)
      if (gives && !may) seen.gives++
    }
  assert.ok(seen.yes > 5 && seen.no > 5 && seen.gives > 5, JSON.stringify(seen))
  const open = all.find(({ campaign, by }) => campaign.status === 'open' && by.id === bulk.ines.id)!.campaign
  assert.equal(await insert(bulk.ines, bulk.colleague.id, open.id), false)
})
test('SEC-6: the application moves no work on by itself, nor says how a person signed in', async () => {
  const id = works.find(({ byId }) => byId === bulk.ines.id)!.id
  for (const change of [sql`state = 'done'`, sql`way = 'totp'`, sql`by_id = ${bulk.colleague.id}::uuid`])
    assert.equal(
      await mayWrite(
        bulk.house.database,
        hashOf(bulk.ines),
        sql`update bulk_works set ${change} where id = ${id}::uuid`,
      ),
      false,
    )
  await assert.rejects(bulk.house.database.first(sql`select ctx.enter_bulk_work(${id}::uuid)`), /permission denied/)
})

test('CAM-9: what a part does of its targets: deedOf and ctx.bulk_deed agree', async () => {
  for (const act of targetActs)
    for (const undo of [false, true]) {
      const { rows } = await bulk.house.owner.query('select ctx.bulk_deed($1, $2) as deed', [act, undo])
      assert.equal(rows[0].deed, deedOf(act, undo), `${act} ${undo}`)
    }
})

/** What the worker answers of each work, in turn: nothing, why it stops, or what refused it. Undone after. */
const outcomes = async () => {
  const found: (string | null)[] = []
  for (const work of works) {
    let outcome: string | null = null
    await within(bulk.worker)(async ({ db, now }) => {
      await bulk.worker.query('select ctx.enter_bulk_work($1)', [work.id])
      outcome = await doPart(db, work.id, 10, now)
      throw new Error('undone')
    }).catch(error => {
      // What a part calls may refuse it too.
      if (error.code === '42501') outcome = error.message
      else assert.equal(error.message, 'undone')
    })
    found.push(outcome)
  }
  return found
}
const expected = (viewer: Parameters<typeof mayCount>[0], work: (typeof works)[number]): string => {
  // The worker's own gate comes first, and says the same to a stranger as to a member.
  const gives = work.act === 'release'
  if ((gives ? mayCountReleases : mayCount)(viewer, work.campaign) !== true)
    return gives ? 'access/no-grant' : 'campaign/pilot-only'
  try {
    checkCampaign(work.campaign, work.act, today)
    return ''
  } catch (error) {
    return (error as Refused).code
  }
}
const parted = async () => {
  const sights = await worksSeen()
  const viewers = new Map(sights.map(({ viewer }) => [viewer.accountId, viewer]))
  return (await outcomes()).flatMap((outcome, i) => {
    const work = works[i]!
    return outcome === expected(viewers.get(work.byId)!, work) ? [] : [{ outcome, work }]
  })
}
test('SEC-6, CAM-9: the worker does, of each work, what the policy and the rules let the person do', async () => {
  assert.deepEqual(await parted(), [])
  assert.deepEqual(
    new Set(await outcomes()),
    new Set(['', 'access/no-grant', 'campaign/pilot-only', 'campaign/not-open', 'campaign/period-over']),
  )
})
for (const [clause, to] of [
  ['w.campaign_id not in (select ctx.piloted_campaigns())', 'false'],
  ['w.campaign_id not in (select ctx.visible_campaigns())', 'false'],
  ['cardinality((select ctx.conseiller())::int[]) = 0', 'false'],
  [`c.status <> 'open'`, `c.status = 'archived'`],
  ['c.ends_on < ctx.paris_day(at)', 'false'],
  [`deed = 'put-back' and c.ends_on`, 'c.ends_on'],
] as const)
  test(`SEC-6: a part that does not ask « ${clause} » is caught`, async () => {
    await withFunctionChanged(bulk.house.owner, 'ctx.do_bulk_part(uuid, int, timestamptz)', clause, to, async () =>
      assert.ok((await parted()).length > 0),
    )
  })
