import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from '../campaigns/index.ts'
import { places } from '../campaigns/testing-world.ts'
import { exchanges } from '../exchanges/index.ts'
import { runningCampaigns } from '../running-campaigns/index.ts'
import { takingOver } from './index.ts'
import { layTerritories, openCampaign, plan, rights, suspend, take, waiting } from './testing.ts'

let house: House
let paul: Person // pilots in a member
let lead: Person // leads in that member
let own: string
before(async () => {
  house = await openHouse([...takingOver, ...exchanges, ...campaigns, ...runningCampaigns])
  await layTerritories(house.owner)
  own = (await house.organisation({ name: 'PLIE des Essais' })).id
  paul = await house.person(own, [...rights('pilote')])
  lead = await house.person(own, [...rights('responsable')])
})
after(() => house.close())

let siret = 34_000_000_000_000
/** A campaign of a structure under convention, its pilot and an advisor who leads there; what they hold in it. */
const led = async (over: { gone?: boolean } = {}) => {
  const former = (await house.organisation({ name: 'CC des Essais' })).id
  const ines = await house.person(former, [...rights('pilote')])
  const marc = await house.person(former, [...rights('responsable')])
  const sirets = [++siret, ++siret]
  const id = await openCampaign(house.owner, ines, [own], sirets)
  for (const { id: accountId } of [ines, marc, lead])
    await house.owner.query('insert into campaign_leads values ($1, $2)', [id, accountId])
  await take(house.owner, id, marc, sirets.slice(0, 1))
  await plan(house.owner, marc, sirets[0]!, { campaignId: id })
  if (over.gone ?? true) await suspend(house.owner, ines)
  return { former, ines, marc, id, sirets }
}
const takeOver = (who: Person, organisationId: string, to = who, parts: readonly object[] | null = null) =>
  house.call(
    who,
    'POST',
    '/work-to-take-over/take',
    { organisationId, accountId: null, toAccountId: to.id, parts },
    once(),
  )
const giveBack = (who: Person, organisationId: string, passedAt: string) =>
  house.call(who, 'POST', '/work-to-take-over/give-campaigns-back', { organisationId, passedAt }, once())
const seen = async (who: Person, former: string) =>
  (await waiting(house, who)).find(item => item.organisation.id === former)
const state = async (id: string) =>
  (
    await house.owner.query(
      `select c.pilot_id, c.version, (select array_agg(l.account_id order by l.account_id) from campaign_leads l where l.campaign_id = c.id) as leads,
        (select array_agg(t.taken_by) from campaign_targets t where t.campaign_id = c.id and t.taken_by is not null) as holders
      from campaigns c where c.id = $1`,
      [id],
    )
  ).rows[0]
const told = async (id: string) =>
  (
    await house.owner.query(
      `select account_id, subject from notifications where kind = 'campaign-taken-over' and about_id = $1 order by account_id, at`,
      [id],
    )
  ).rows.map(row => [row.account_id, row.subject])
const acts = async (id: string) =>
  (
    await house.owner.query(
      `select e.action, e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.subject_id = $1 order by e.id`,
      [id],
    )
  ).rows

test('CAM-15, CAM-16: nobody of its pilot can pilot a campaign any more: a member takes it over in one step; the structure stays a member, is told and keeps what it holds', async () => {
  const { former, ines, marc, id } = await led({ gone: false })
  assert.equal(await seen(paul, former), undefined, 'its pilot is there')
  await suspend(house.owner, ines)
  const found = await seen(paul, former)
  assert.deepEqual(
    [found.why, found.person, found.parts.map((part: any) => [part.kind, part.campaign.id, part.count])],
    ['no-pilot', null, [['piloting', id, 1]]],
  )
  assert.equal(await seen(lead, former), undefined, 'who leads without piloting is told nothing')
  const answer = await takeOver(paul, former)
  assert.deepEqual(answer.body, {
    targets: 0,
    nextActions: 0,
    needs: 0,
    campaigns: 1,
    taskForces: 0,
    passedAt: answer.body.passedAt,
    left: 0,
  })
  assert.deepEqual(await state(id), {
    pilot_id: own,
    version: 3,
    leads: [marc.id, lead.id, paul.id].toSorted(),
    holders: [marc.id],
  })
  assert.match(answer.body.passedAt, /Z$/)
  const body = (await house.call(paul, 'GET', `/campaigns/${id}`)).body
  assert.ok(body.allowed.includes('change-period'))
  assert.ok(body.members.some((member: any) => member.id === former))
  const [event] = (await house.call(marc, 'GET', `/campaigns/${id}/events`)).body.items
  assert.deepEqual([event.kind, event.organisation.id], ['handed-over', own])
  assert.deepEqual(
    await told(id),
    [ines.id, marc.id, lead.id].toSorted().map(accountId => [accountId, 'Une campagne change de pilote']),
  )
  assert.deepEqual(await acts(id), [
    {
      action: 'campaign.handed-over',
      actor_id: paul.id,
      detail: {
        before: { pilotId: former, leadIds: [ines.id, marc.id, lead.id].toSorted() },
        after: { pilotId: own, leadId: paul.id },
        why: 'no-pilot',
      },
    },
  ])
  assert.equal((await takeOver(paul, former)).body.code, 'taking-over/nothing-left', 'twice')
})

test('CAM-16: given back once, its pilot and its leads are those of before, who are told; what was changed since stays', async () => {
  const { former, ines, marc, id } = await led()
  const before = await state(id)
  const { passedAt } = (await takeOver(paul, former)).body
  const colleague = await house.person(own, [...rights('pilote')])
  assert.equal((await giveBack(colleague, former, passedAt)).body.code, 'taking-over/nothing-to-give-back')
  assert.equal((await giveBack(lead, former, passedAt)).status, 403)
  const answers = await Promise.all([giveBack(paul, former, passedAt), giveBack(paul, former, passedAt)])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
  assert.deepEqual(answers.find(({ status }) => status === 200)!.body, { campaigns: 1 })
  assert.deepEqual(await state(id), { ...before, version: 5 })
  assert.deepEqual(
    (await told(id)).map(([accountId]) => accountId),
    [ines.id, marc.id, lead.id].flatMap(one => [one, one]).toSorted(),
  )
  assert.ok((await seen(paul, former)).parts.length, 'and it waits again')
  const [event] = (await house.call(marc, 'GET', `/campaigns/${id}/events`)).body.items
  assert.deepEqual([event.by.id, event.organisation.id], [own, former])
  const trail = await acts(id)
  assert.deepEqual(trail.at(-1).detail.after, { pilotId: former, leadIds: [ines.id, marc.id, lead.id].toSorted() })

  const again = (await takeOver(paul, former)).body.passedAt
  await house.owner.query('update campaigns set version = version + 1 where id = $1', [id])
  assert.equal((await giveBack(paul, former, again)).body.code, 'taking-over/nothing-to-give-back')
  assert.equal((await state(id)).pilot_id, own)
})

test('CAM-16: entrusted to a colleague, who is told once, and told again when it is given back', async () => {
  const { former, id } = await led()
  const advisor = await house.person(own, [...rights()])
  assert.equal((await takeOver(paul, former, advisor)).body.code, 'taking-over/recipient-elsewhere')
  const other = await house.person(own, [...rights('responsable')])
  const { passedAt } = (await takeOver(paul, former, other)).body
  assert.ok((await state(id)).leads.includes(other.id))
  assert.equal((await giveBack(paul, former, passedAt)).status, 200)
  const { rows } = await house.owner.query(
    'select kind from notifications where account_id = $1 order by at, kind desc',
    [other.id],
  )
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ['work-handed-over', 'campaign-taken-over'],
  )
})

test('CAM-16: a colleague there who can pilot, or who has only a text to accept, leaves nothing to take', async () => {
  const { former, id } = await led()
  assert.ok(await seen(paul, former))
  const back = await house.person(former, [...rights('pilote')])
  assert.equal(await seen(paul, former), undefined)
  await house.owner.query('delete from acceptances where account_id = $1', [back.id])
  assert.equal(await seen(paul, former), undefined, 'a text to accept sends nobody away')
  assert.equal((await takeOver(paul, former)).body.code, 'taking-over/nothing-left')
  await house.owner.query('update grants set territory_id = $2 where account_id = $1', [back.id, places.landes])
  assert.ok(await seen(paul, former), 'it pilots elsewhere')
  await house.owner.query(`update campaigns set status = 'closed', closed_at = now() where id = $1`, [id])
  assert.equal(await seen(paul, former), undefined, 'nothing runs')
})

test('CAM-16: two members take a campaign over at once, eight times: one pilots it', async () => {
  const elsewhere = (await house.organisation({ name: 'Mission des Essais' })).id
  const rival = await house.person(elsewhere, [...rights('pilote')])
  for (let round = 0; round < 8; round++) {
    const { former, id } = await led()
    await house.owner.query('insert into campaign_members values ($1, $2)', [id, elsewhere])
    const answers = await Promise.all([takeOver(paul, former), takeOver(rival, former)])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
    const winner = answers[0]!.status === 200 ? paul : rival
    const { pilot_id, leads } = await state(id)
    assert.equal(pilot_id, winner.organisationId)
    assert.ok(leads.includes(winner.id) && !leads.includes(winner === paul ? rival.id : paul.id))
  }
})

test('SEC-6, CAM-16: straight to the database, nobody gives a campaign away but who took it, on that day, as it was left', async () => {
  const { former, id } = await led()
  const { passedAt } = (await takeOver(paul, former)).body
  const before = (hours: number) => new Date(Date.parse(passedAt) - hours * 3_600_000).toISOString()
  const colleague = await house.person(own, [...rights('pilote')])
  const back = async (who: Person | null, at = passedAt) => {
    const tx = await house.database.begin()
    try {
      if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      const [row] = await tx.all(
        sql<{ done: boolean }>`select give_campaign_back(${id}::uuid, ${at}::timestamptz) as done`,
      )
      const rows = await tx.all(sql`select from campaign_handovers where campaign_id = ${id}::uuid`)
      return [row!.done, rows.length]
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(await back(paul), [false, 1], 'its leads are not put back')
  await house.owner.query('update campaigns set version = version + 1 where id = $1', [id])
  assert.deepEqual(await back(null), [false, 0])
  assert.deepEqual(await back(colleague), [false, 0])
  assert.deepEqual(await back(paul, before(1)), [false, 1])
  assert.deepEqual(await back(paul), [true, 0])
  await house.owner.query(`update campaign_handovers set at = at - interval '25 hours' where campaign_id = $1`, [id])
  assert.deepEqual(await back(paul, before(25)), [false, 1], 'a day is over')
})
