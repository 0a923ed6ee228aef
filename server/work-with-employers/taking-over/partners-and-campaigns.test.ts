import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { absences } from '../../people-and-rights/absences/index.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { waiting as waitingForLocks } from '../../testing/while-held.ts'
import { campaigns } from '../campaigns/index.ts'
import { places } from '../campaigns/testing-world.ts'
import { exchanges } from '../exchanges/index.ts'
import { runningCampaigns } from '../running-campaigns/index.ts'
import { takingOver } from './index.ts'
import { endConvention, layTerritories, openCampaign, plan, rights, suspend, take, waiting } from './testing.ts'

const today = '2026-11-25'
let house: House
let pilot: Person
let successor: Person
let own: string
before(async () => {
  house = await openHouse([...takingOver, ...exchanges, ...campaigns, ...runningCampaigns, ...absences], {
    clock: () => new Date(`${today}T11:00:00Z`),
  })
  await layTerritories(house.owner)
  own = (await house.organisation({ name: 'CC des Essais' })).id
  pilot = await house.person(own, [...rights('pilote')])
  successor = await house.person(own, [...rights('responsable')])
})
after(() => house.close())

const takeOver = (
  who: Person,
  organisationId: string,
  accountId: string | null,
  to: Person,
  parts: readonly object[] | null = null,
) =>
  house.call(who, 'POST', '/work-to-take-over/take', { organisationId, accountId, toAccountId: to.id, parts }, once())
let siret = 32_000_000_000_000
const someSirets = (count: number) => Array.from({ length: count }, () => ++siret)

test('CAM-16: a partner whose convention is over: the pilot sees what it held and takes it over; what it kept for itself stays unseen', async () => {
  const partner = (await house.organisation({ name: 'PLIE des Essais' })).id
  const theirs = await house.person(partner, [...rights()])
  const [taken, entrusted, own1] = [someSirets(2), someSirets(1), someSirets(1)]
  const campaignId = await openCampaign(house.owner, pilot, [partner], [...taken, ...entrusted, ...own1])
  await take(house.owner, campaignId, theirs, taken)
  await house.owner.query(
    'update campaign_targets set assigned_organisation = $3 where campaign_id = $1 and siret = any ($2)',
    [campaignId, entrusted, partner],
  )
  const shared = await plan(house.owner, theirs, taken[0]!, { campaignId })
  await plan(house.owner, theirs, taken[1]!, { campaignId, visibility: 'organisation' })
  const ofPartner = async () => (await waiting(house, pilot)).find(item => item.organisation.id === partner)
  assert.equal(await ofPartner(), undefined, 'its convention is in force')
  await endConvention(house.owner, partner)
  const found = await ofPartner()
  assert.deepEqual(
    [found.why, found.person, found.parts.map((part: any) => [part.kind, part.count])],
    [
      'convention-over',
      null,
      [
        ['targets', 3],
        ['next-actions', 1],
      ],
    ],
  )
  assert.deepEqual(await waiting(house, successor), [], 'a lead of the pilot’s structure does not pilot')
  assert.equal((await takeOver(successor, partner, null, successor)).body.code, 'taking-over/nothing-left')
  const answer = await takeOver(pilot, partner, null, successor)
  assert.deepEqual(answer.body, { targets: 3, nextActions: 1, needs: 0, campaigns: 0, taskForces: 0, left: 0 })
  const { rows } = await house.owner.query(
    `select siret, taken_by, taken_by_organisation, assigned_organisation from campaign_targets
      where campaign_id = $1 and taken_by is not null order by siret`,
    [campaignId],
  )
  assert.deepEqual(
    rows.map(row => [row.taken_by, row.taken_by_organisation]),
    Array(3).fill([successor.id, own]),
  )
  const mine = (await house.call(successor, 'GET', '/next-actions')).body.items
  assert.deepEqual(
    mine.map((next: any) => next.exchangeId),
    [shared.id],
  )
  const finished = await house.call(successor, 'POST', `/next-actions/${mine[0].id}/finish`, undefined, once())
  assert.equal(finished.status, 200, 'and it is theirs to finish')
  const kept = await house.owner.query(
    `select owner_id from next_actions where siret = $1 and visibility = 'organisation'`,
    [taken[1]],
  )
  assert.equal(kept.rows[0].owner_id, theirs.id)
})

test('CAM-16, SEC-6: what a structure left is not given back to the person who held it there', async () => {
  const partner = (await house.organisation()).id
  const theirs = await house.person(partner, [...rights()])
  const sirets = someSirets(1)
  const campaignId = await openCampaign(house.owner, pilot, [partner], sirets)
  await take(house.owner, campaignId, theirs, sirets)
  await plan(house.owner, theirs, sirets[0]!, { campaignId })
  await endConvention(house.owner, partner)
  const { body } = await takeOver(pilot, partner, null, pilot)
  assert.deepEqual([body.targets, body.nextActions, body.passedAt], [1, 1, undefined])
  const back = await house.call(
    pilot,
    'POST',
    '/work-to-take-over/give-back',
    { accountId: theirs.id, toAccountId: pilot.id, passedAt: `${today}T11:00:00.000Z` },
    once(),
  )
  assert.deepEqual([back.status, back.body.code], [409, 'taking-over/nothing-to-give-back'])
  const { rows } = await house.owner.query(
    `select t.taken_by, t.taken_by_organisation, n.owner_id from campaign_targets t join next_actions n on n.siret = t.siret
      where t.campaign_id = $1`,
    [campaignId],
  )
  assert.deepEqual(rows, [{ taken_by: pilot.id, taken_by_organisation: own, owner_id: pilot.id }])
})

test('CAM-16: two pilots take over a partner’s work at once, eight times: all goes to one', async () => {
  const second = await house.person(own, [...rights('pilote')])
  for (let round = 0; round < 8; round++) {
    const partner = (await house.organisation()).id
    const theirs = await house.person(partner, [...rights()])
    const sirets = someSirets(3)
    const campaignId = await openCampaign(house.owner, pilot, [partner], sirets)
    for (const one of sirets) await plan(house.owner, theirs, one, { campaignId })
    await endConvention(house.owner, partner)
    const answers = await Promise.all([takeOver(pilot, partner, null, pilot), takeOver(second, partner, null, second)])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
    const winner = answers[0]!.status === 200 ? pilot : second
    const { rows } = await house.owner.query(
      'select distinct owner_id, organisation_id from next_actions where siret = any ($1)',
      [sirets],
    )
    assert.deepEqual(rows, [{ owner_id: winner.id, organisation_id: own }])
  }
})

/** A partner whose convention is over, and the next actions that it leaves on these establishments. */
const leftBehind = async (count: number) => {
  const partner = (await house.organisation()).id
  const theirs = await house.person(partner, [...rights()])
  const sirets = someSirets(count)
  const campaignId = await openCampaign(house.owner, pilot, [partner], sirets)
  for (const one of sirets) await plan(house.owner, theirs, one, { campaignId })
  await endConvention(house.owner, partner)
  return { partner, sirets }
}
const openOf = async (sirets: readonly number[], organisationId: string) =>
  (
    await house.owner.query(
      `select siret::float8 as siret from next_actions
        where siret = any ($1) and organisation_id = $2 and done_at is null and cancelled_at is null order by siret`,
      [sirets, organisationId],
    )
  ).rows.map(row => row.siret)

test('SEC-6, CAM-16: straight to the database, a partner’s next actions pass to who has both rights there, and those of one’s own structure do not', async () => {
  const [campagnes, fiche] = rights()
  const at = (right: object, territoryId: number) => ({ ...right, territoryId })
  const noRecord = await house.person(own, [campagnes, at(fiche, places.landes)])
  const noCampaign = await house.person(own, [at(campagnes, places.landes), fiche])
  const entitled = await house.person(own, [campagnes, fiche])
  const { partner, sirets } = await leftBehind(2)
  const away = await house.person(own, [...rights()])
  const [ownSiret] = someSirets(1)
  await plan(house.owner, away, ownSiret!)
  await suspend(house.owner, away)
  const adopted = async (from: string, recipient: Person) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(pilot.cookie.slice('session='.length)))
      return (
        await tx.all(
          sql<{
            siret: number
          }>`select siret from adopt_next_actions(${from}::uuid, ${recipient.id}::uuid, null, ${today}::date)`,
        )
      ).length
    } finally {
      await tx.rollback()
    }
  }
  for (const [from, recipient, count] of [
    [partner, noRecord, 0],
    [partner, noCampaign, 0],
    [own, entitled, 0],
    [partner, entitled, 2],
  ] as const)
    assert.equal(await adopted(from, recipient), count, recipient.name)
  assert.deepEqual(await openOf(sirets, partner), sirets, 'undone')
})

for (const [what, column] of [
  ['finished', 'done_at'],
  ['cancelled', 'cancelled_at'],
] as const)
  test(`CAM-16: a next action that is being ${what} when its structure’s work is taken over stays where it is`, async () => {
    const { partner, sirets } = await leftBehind(2)
    const other = await house.owner.connect()
    try {
      await other.query('begin')
      await other.query(`update next_actions set ${column} = now() where siret = $1`, [sirets[0]])
      const answer = takeOver(pilot, partner, null, pilot)
      while ((await waitingForLocks(house.owner)) === 0) await new Promise(resolve => setTimeout(resolve, 20))
      await other.query('commit')
      assert.equal((await answer).body.nextActions, 1)
    } finally {
      other.release()
    }
    assert.deepEqual(await openOf(sirets, own), [sirets[1]])
  })

test('CAM-16: the campaigns that someone answers for pass to who may; without leads, those they created', async () => {
  const gone = await house.person(own, [...rights('pilote')])
  const led = await openCampaign(house.owner, pilot, [], [])
  await house.owner.query('insert into campaign_leads values ($1, $2)', [led, gone.id])
  const created = await openCampaign(house.owner, gone, [], [])
  await suspend(house.owner, gone)
  const found = (await waiting(house, pilot)).find(item => item.person?.id === gone.id)
  assert.deepEqual(
    found.parts.map((part: any) => [part.kind, part.campaign.id]).toSorted(),
    [
      ['campaign', led],
      ['campaign', created],
    ].toSorted(),
  )
  const advisor = await house.person(own, [...rights()])
  assert.equal(
    (await takeOver(pilot, own, gone.id, advisor)).body.code,
    'taking-over/recipient-elsewhere',
    'an advisor answers for no campaign',
  )
  assert.deepEqual((await takeOver(pilot, own, gone.id, successor)).body, {
    targets: 0,
    nextActions: 0,
    needs: 0,
    campaigns: 2,
    taskForces: 0,
    left: 0,
  })
  for (const id of [led, created]) {
    const { leads, version } = (await house.call(pilot, 'GET', `/campaigns/${id}`)).body
    assert.deepEqual([leads.map((one: any) => one.id), version], [[successor.id], 2])
    const [event] = (await house.call(pilot, 'GET', `/campaigns/${id}/events`)).body.items
    assert.equal(event.kind, 'corrected')
  }
})

test('CAM-13: who says an absence with its dates is away on those days alone; back, or withdrawn, their work is theirs', async () => {
  const away = await house.person(own, [...rights()])
  const sirets = someSirets(1)
  const campaignId = await openCampaign(house.owner, pilot, [], sirets)
  await take(house.owner, campaignId, away, sirets)
  const seen = async () => (await waiting(house, successor)).find(item => item.person?.id === away.id)
  const say = (startsOn: string, endsOn: string) =>
    house.call(away, 'POST', '/absences', { accountId: away.id, startsOn, endsOn }, once())
  await say('2026-11-26', '2026-12-04')
  assert.equal(await seen(), undefined, 'not yet')
  const { body } = await say(today, today)
  const found = await seen()
  assert.deepEqual([found.why, found.awayUntil, found.parts[0].count], ['absent', today, 1])
  await house.call(away, 'POST', `/absences/${body.id}/withdraw`, {}, once())
  assert.equal(await seen(), undefined)
  await say(today, today)
  assert.deepEqual((await takeOver(successor, own, away.id, successor)).body.targets, 1)
})

/** Another structure pilots it with one's own as a member; its convention is over. */
const pilotless = async (over: { ended?: boolean } = {}) => {
  const former = (await house.organisation({ name: 'CC qui part' })).id
  const theirs = await house.person(former, [...rights('pilote')])
  const sirets = someSirets(3)
  const campaignId = await openCampaign(house.owner, theirs, [own], sirets)
  await house.owner.query('insert into campaign_leads values ($1, $2)', [campaignId, theirs.id])
  await take(house.owner, campaignId, theirs, sirets.slice(0, 2))
  await plan(house.owner, theirs, sirets[0]!, { campaignId })
  if (over.ended ?? true) await endConvention(house.owner, former)
  return { former, theirs, campaignId, sirets }
}
const whatPassed = async (campaignId: string, former: string) => {
  const { rows } = await house.owner.query(
    `select c.pilot_id, (select array_agg(l.account_id) from campaign_leads l where l.campaign_id = c.id) as leads,
        (select count(*)::int from campaign_targets t where t.campaign_id = c.id and t.taken_by_organisation = $2) as kept
      from campaigns c where c.id = $1`,
    [campaignId, former],
  )
  return rows[0]
}

test('CAM-16: the pilot’s convention is over: a member that can pilot takes the campaign over, with what it held, in one step', async () => {
  const besides = await pilotless({ ended: false })
  const { former, theirs, campaignId } = await pilotless()
  const ofFormer = async (who: Person) => (await waiting(house, who)).find(item => item.organisation.id === former)
  const found = await ofFormer(pilot)
  assert.deepEqual(
    [found.why, found.person, found.parts.map((part: any) => [part.kind, part.campaign.id, part.count])],
    ['convention-over', null, [['piloting', campaignId, 1]]],
  )
  assert.equal(await ofFormer(successor), undefined, 'who does not pilot is told nothing')
  const answer = await takeOver(pilot, former, null, pilot)
  assert.deepEqual(answer.body, { targets: 2, nextActions: 1, needs: 0, campaigns: 1, taskForces: 0, left: 0 })
  assert.deepEqual(await whatPassed(campaignId, former), { pilot_id: own, leads: [pilot.id], kept: 0 })
  assert.equal((await whatPassed(besides.campaignId, besides.former)).pilot_id, besides.former, 'and no other')
  const { body } = await house.call(pilot, 'GET', `/campaigns/${campaignId}`)
  assert.ok(body.allowed.includes('change-period'))
  const [event] = (await house.call(pilot, 'GET', `/campaigns/${campaignId}/events`)).body.items
  assert.deepEqual([event.kind, event.organisation.id], ['handed-over', own])
  const { rows } = await house.owner.query(
    `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'campaign.handed-over' and e.subject_id = $1`,
    [campaignId],
  )
  assert.deepEqual(rows, [
    {
      actor_id: pilot.id,
      detail: { before: { pilotId: former, leadIds: [theirs.id] }, after: { pilotId: own, leadId: pilot.id } },
    },
  ])
  assert.equal((await takeOver(pilot, former, null, pilot)).body.code, 'taking-over/nothing-left', 'twice')
})

test('CAM-16: the piloting alone takes along what the former pilot held in that campaign, and nothing of another', async () => {
  const { former, theirs, campaignId, sirets } = await pilotless()
  const [besides, ...others] = someSirets(3)
  const piloted = await openCampaign(house.owner, pilot, [former], [besides!, ...others])
  await take(house.owner, piloted, theirs, [besides!])
  await plan(house.owner, theirs, besides!, { campaignId: piloted })
  const answer = await takeOver(pilot, former, null, pilot, [{ kind: 'piloting', campaignId }])
  assert.deepEqual(answer.body, { targets: 2, nextActions: 1, needs: 0, campaigns: 1, taskForces: 0, left: 0 })
  assert.deepEqual(await openOf(sirets, own), [sirets[0]])
  assert.equal((await whatPassed(piloted, former)).kept, 1)
  assert.deepEqual(await openOf([besides!], former), [besides])
  const left = (await waiting(house, pilot)).find(item => item.organisation.id === former)
  assert.deepEqual(
    left.parts.map((part: any) => [part.kind, part.campaign?.id, part.count]),
    [
      ['targets', piloted, 1],
      ['next-actions', undefined, 1],
    ],
  )
})

test('CAM-16: of what the former pilot held, what is out of the reach of who takes the campaign stays, and is counted', async () => {
  const { former, campaignId, sirets } = await pilotless()
  await house.owner.query(
    `update campaign_targets set region_id = null, departement_id = null, epci_id = null, clpe_id = null where campaign_id = $1 and siret = $2`,
    [campaignId, sirets[1]],
  )
  const answer = await takeOver(pilot, former, null, pilot)
  assert.deepEqual(answer.body, { targets: 1, nextActions: 1, needs: 0, campaigns: 1, taskForces: 0, left: 1 })
  assert.equal((await whatPassed(campaignId, former)).kept, 1)
})

test('CAM-16: a campaign whose pilot is there is nobody’s to take; to an advisor none passes', async () => {
  const { former, campaignId } = await pilotless({ ended: false })
  assert.equal((await takeOver(pilot, former, null, pilot)).body.code, 'taking-over/nothing-left')
  await endConvention(house.owner, former)
  const advisor = await house.person(own, [...rights()])
  assert.equal((await takeOver(pilot, former, null, advisor)).body.code, 'taking-over/recipient-elsewhere')
  assert.equal((await takeOver(advisor, former, null, advisor)).status, 403)
  assert.equal((await whatPassed(campaignId, former)).pilot_id, former)
})

test('CAM-16, SEC-6: straight to the database, a campaign passes to who may take it over, and two who take it at once share nothing', async () => {
  const { former, campaignId } = await pilotless()
  const outsider = await house.person((await house.organisation()).id, [...rights('pilote')])
  const narrow = await house.person(own, [...rights('pilote', places.landes)])
  const adopt = async (who: Person | null) => {
    const tx = await house.database.begin()
    try {
      if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return (await tx.first(
        sql<{ former: string | null }>`select adopt_campaign(${campaignId}::uuid, ${today}::date, now()) as former`,
      ))!.former
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(
    [await adopt(null), await adopt(outsider), await adopt(narrow), await adopt(pilot)],
    [null, null, null, former],
  )
  const elsewhere = (await house.organisation()).id
  const rival = await house.person(elsewhere, [...rights('pilote')])
  await house.owner.query('insert into campaign_members values ($1, $2)', [campaignId, elsewhere])
  const answers = await Promise.all([takeOver(pilot, former, null, pilot), takeOver(rival, former, null, rival)])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
  const winner = answers[0]!.status === 200 ? pilot : rival
  assert.deepEqual(await whatPassed(campaignId, former), {
    pilot_id: winner.organisationId,
    leads: [winner.id],
    kept: 0,
  })
})
