import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { killedMidway } from '../../testing/killed-midway.ts'
import { processStarter } from '../../testing/processes.ts'
import { campaigns } from '../campaigns/index.ts'
import { exchanges } from '../exchanges/index.ts'
import { runningCampaigns } from '../running-campaigns/index.ts'
import { sharing } from '../sharing/index.ts'
import { takingOver } from './index.ts'
import { layTerritories, openCampaign, plan, rights, suspend, take, waiting } from './testing.ts'

let house: House
let starter: ReturnType<typeof processStarter>
let [lead, gone, pilot, partner] = [] as unknown as [Person, Person, Person, Person]
before(async () => {
  house = await openHouse([...takingOver, ...campaigns, ...exchanges, ...runningCampaigns, ...sharing])
  await layTerritories(house.owner)
  const own = (await house.organisation({ name: 'Mission des Essais' })).id
  const other = (await house.organisation({ name: 'CC des Essais' })).id
  lead = await house.person(own, [...rights('responsable')])
  gone = await house.person(own, [...rights()])
  pilot = await house.person(other, [...rights('pilote')], { provenAt: new Date() })
  partner = await house.person(own, [...rights('pilote')])
  starter = processStarter(house.urls)
})
after(async () => {
  starter.killAll()
  await house.close()
})

const rows = async (text: string, ...values: unknown[]) => (await house.owner.query(text, values)).rows

test('CAM-16, REL-6: a process killed while it takes work over leaves it all to who had it; asked again, each passes once', {
  timeout: 240_000,
}, async () => {
  const sirets = [31_000_000_000_001, 31_000_000_000_002, 31_000_000_000_003]
  const campaignId = await openCampaign(house.owner, pilot, [lead.organisationId], sirets)
  await take(house.owner, campaignId, gone, sirets)
  await plan(house.owner, gone, sirets[0]!, { campaignId })
  await plan(house.owner, gone, sirets[1]!, { campaignId })
  await suspend(house.owner, gone)
  const state = () =>
    rows(
      `select (select array_agg(distinct taken_by) from campaign_targets where campaign_id = $1) as holders,
        (select array_agg(distinct owner_id) from next_actions where siret = any ($2)) as owners,
        (select count(*)::int from target_assignments where campaign_id = $1) as history,
        (select count(*)::int from audit_entries where action in ('work.taken-over', 'next-action.handed-over')) as trail,
        (select count(*)::int from notifications where account_id = $3) as told`,
      campaignId,
      sirets,
      gone.id,
    )
  const before = { holders: [gone.id], owners: [gone.id], history: 0, trail: 0, told: 0 }
  assert.deepEqual(await state(), [before])
  const path = '/work-to-take-over/take'
  const body = { organisationId: gone.organisationId, accountId: gone.id, toAccountId: lead.id, parts: null }
  const key = once()
  await killedMidway(house, starter, { who: lead, path, body, written: 'next_actions' }, key)
  assert.deepEqual(await state(), [before], 'nothing is half done')
  assert.ok((await waiting(house, lead)).some(({ person }) => person?.id === gone.id))

  const again = await house.call(lead, 'POST', path, body, key)
  assert.deepEqual([again.status, again.body.targets, again.body.nextActions, again.body.left], [200, 3, 2, 0])
  assert.deepEqual(await state(), [{ holders: [lead.id], owners: [lead.id], history: 3, trail: 3, told: 1 }])
})

test('CAM-15, REL-6: a process killed while a campaign is handed over leaves it to its pilot; asked again, it passes once', {
  timeout: 240_000,
}, async () => {
  const id = await openCampaign(house.owner, pilot, [partner.organisationId], [31_000_000_000_009])
  const state = () =>
    rows(
      `select c.pilot_id, c.version, (select count(*)::int from campaign_events e where e.campaign_id = c.id) as events,
        (select count(*)::int from mails m where m.about_id = c.id::text) as mails,
        (select count(*)::int from audit_entries a where a.subject_id = c.id::text) as trail
      from campaigns c where c.id = $1`,
      id,
    )
  const before = { pilot_id: pilot.organisationId, version: 1, events: 0, mails: 0, trail: 0 }
  const path = `/campaigns/${id}/hand-over`
  const body = { organisationId: partner.organisationId }
  const key = once()
  await killedMidway(house, starter, { who: pilot, path, body, written: 'campaigns' }, key)
  assert.deepEqual(await state(), [before], 'nothing is half done')
  assert.equal((await house.call(pilot, 'POST', path, body, key)).status, 200)
  assert.deepEqual(await state(), [{ pilot_id: partner.organisationId, version: 2, events: 1, mails: 1, trail: 1 }])
})

test('CAM-16, REL-6: a process killed while a campaign without a pilot is taken over, then while it is given back, leaves it as it was; asked again, it passes once', {
  timeout: 240_000,
}, async () => {
  const former = (await house.organisation({ name: 'Département des Essais' })).id
  const left = await house.person(former, [...rights('pilote')])
  const id = await openCampaign(house.owner, left, [partner.organisationId], [31_000_000_000_019])
  await house.owner.query('insert into campaign_leads values ($1, $2)', [id, left.id])
  await suspend(house.owner, left)
  const state = async () =>
    (
      await rows(
        `select c.pilot_id, c.version, (select array_agg(l.account_id) from campaign_leads l where l.campaign_id = c.id) as leads,
          (select count(*)::int from campaign_events e where e.campaign_id = c.id) as events,
          (select count(*)::int from campaign_handovers h where h.campaign_id = c.id and h.given_back_at is null) as taken,
          (select count(*)::int from notifications n where n.about_id = c.id::text) as told,
          (select count(*)::int from audit_entries a where a.subject_id = c.id::text) as trail
        from campaigns c where c.id = $1`,
        id,
      )
    )[0]
  const before = { pilot_id: former, version: 1, leads: [left.id], events: 0, taken: 0, told: 0, trail: 0 }
  const taken = {
    pilot_id: partner.organisationId,
    version: 3,
    leads: [partner.id],
    events: 1,
    taken: 1,
    told: 1,
    trail: 1,
  }
  const after = { pilot_id: former, version: 5, leads: [left.id], events: 2, taken: 0, told: 2, trail: 2 }
  const body = { organisationId: former, accountId: null, toAccountId: partner.id, parts: null }
  const take = { who: partner, path: '/work-to-take-over/take', body, written: 'campaign_handovers' }
  const key = once()
  await killedMidway(house, starter, take, key)
  assert.deepEqual(await state(), before, 'nothing is half done')
  const { status, body: done } = await house.call(partner, 'POST', take.path, body, key)
  assert.deepEqual([status, await state()], [200, taken])
  const back = { organisationId: former, passedAt: done.passedAt }
  const giving = {
    who: partner,
    path: '/work-to-take-over/give-campaigns-back',
    body: back,
    written: 'campaign_handovers',
  }
  const again = once()
  await killedMidway(house, starter, giving, again)
  assert.deepEqual(await state(), taken, 'nothing is half given back')
  assert.equal((await house.call(partner, 'POST', giving.path, back, again)).status, 200)
  assert.deepEqual(await state(), after)
})
