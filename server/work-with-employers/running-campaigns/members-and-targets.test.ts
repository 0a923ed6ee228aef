import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite } from '../../testing/parity.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertContact, insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { runningCampaigns } from './index.ts'

const today = '2027-01-20'
const now = new Date(`${today}T11:00:00Z`)
const { aquitaine, gironde, graves, coeur } = places
const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }
const pool = Array.from({ length: 200 }, (_, n) => siretOf(n + 1))
const fresh = (n: number) => pool.splice(0, n)

let house: House
let ines: Person // pilots for the community of communes
let colleague: Person // pilots beside
let paul: Person // pilots for the PLIE
let claire: Person // advises there
let plie: string
before(async () => {
  house = await openHouse([...campaigns, ...runningCampaigns], { clock: () => now })
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    pool.map(siret => ({ siret })),
  )
  const cc = await house.organisation({ name: 'CC des Essais' })
  plie = (await house.organisation({ name: 'PLIE des Essais' })).id
  const pilot = [{ profile: 'pilote', territoryId: gironde }] as const
  ines = await house.person(cc.id, [...pilot], { provenAt: now })
  colleague = await house.person(cc.id, [...pilot], { provenAt: now })
  paul = await house.person(plie, [...pilot], { provenAt: now })
  claire = await house.person(plie, [{ profile: 'conseiller', territoryId: gironde }])
})
after(() => house.close())

const post = (who: Person, id: string, verb: string, body?: object) =>
  house.call(who, 'POST', `/campaigns/${id}/${verb}`, body)
const opened = async (who: Person, sirets: readonly number[], over: Parameters<typeof aCampaign>[0] = {}) => {
  const { id } = await insertCampaign(
    house.owner,
    aCampaign({ pilotId: who.organisationId, territoryId: coeur, place: here, ...over }),
    who.id,
    sirets,
  )
  const answer = await post(who, id, 'open')
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return id
}
const get = async (who: Person, id: string) => house.call(who, 'GET', `/campaigns/${id}`)
const events = async (id: string) => (await house.call(ines, 'GET', `/campaigns/${id}/events`)).body.items
const heldBy = async (sirets: readonly number[]) =>
  (
    await house.owner.query(
      'select siret, campaign_id as by from campaign_holds where siret = any ($1) order by siret',
      [sirets],
    )
  ).rows.map(row => row.by)
const target = async (id: string, siret: number) =>
  (
    await house.owner.query(
      'select status, shared, assigned_organisation as assigned, taken_by from campaign_targets where campaign_id = $1 and siret = $2',
      [id, siret],
    )
  ).rows[0]
const lastAct = async (subject: string) =>
  (
    await house.owner.query(
      'select e.action, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.subject_id = $1 order by e.at desc, e.id desc limit 1',
      [subject],
    )
  ).rows[0]
const add = (who: Person, id: string, sirets: readonly number[], decided?: object) =>
  post(who, id, 'targets', { sirets: sirets.map(siretText), ...(decided ? { decided } : {}) })

test('CAM-15: a member is added to an open campaign: its people read it; it leaves: what it held is to be taken again, with its history', async () => {
  const [given, taken, other] = fresh(3) as [number, number, number]
  const id = await opened(ines, [given, taken, other])
  assert.equal((await get(claire, id)).status, 404)
  const added = await post(ines, id, 'members', { organisationId: plie })
  assert.deepEqual([added.status, added.body.version, added.body.members.length], [200, 3, 2])
  assert.equal((await get(claire, id)).status, 200)
  assert.deepEqual((await post(claire, id, `targets/${siretText(taken)}/take`)).status, 200)
  await house.owner.query(
    'update campaign_targets set assigned_organisation = $3 where campaign_id = $1 and siret = $2',
    [id, given, plie],
  )
  await house.owner.query('insert into campaign_leads values ($1, $2), ($1, $3)', [id, paul.id, ines.id])
  const left = await post(ines, id, `members/${plie}/leave`)
  assert.deepEqual([left.status, left.body.released, left.body.campaign.members.length], [200, 2, 1])
  assert.deepEqual(
    left.body.campaign.leads.map((lead: any) => lead.id),
    [ines.id],
    'its leads leave with it',
  )
  const free = { status: 'a-contacter', shared: false, assigned: null, taken_by: null }
  assert.deepEqual([await target(id, given), await target(id, taken), await target(id, other)], [free, free, free])
  assert.deepEqual(new Set(await heldBy([given, taken, other])), new Set([id]), 'still held by the campaign')
  assert.equal((await get(claire, id)).status, 404)
  const { rows } = await house.owner.query(
    `select siret, from_account, coalesce(from_assigned, from_organisation) as from_organisation, by_id
      from target_assignments where campaign_id = $1 and to_organisation is null order by siret`,
    [id],
  )
  assert.deepEqual(
    rows.map(row => [Number(row.siret), row.from_account, row.from_organisation, row.by_id]),
    [
      [given, null, plie, ines.id],
      [taken, claire.id, plie, ines.id],
    ],
  )
  assert.deepEqual(
    (await events(id)).slice(0, 2).map((e: any) => [e.kind, e.organisation.name, e.targets]),
    [
      ['member-left', 'PLIE des Essais', 2],
      ['member-added', 'PLIE des Essais', null],
    ],
  )
  const act = await lastAct(id)
  assert.deepEqual(
    [act.action, act.detail],
    ['campaign.member-left', { before: { organisationId: plie }, after: { released: 2 } }],
  )
})

test('SEC-6, CAM-15: whatever the application forgets, what a member held is given back by who pilots alone, and to nobody else', async () => {
  const id = await opened(ines, fresh(1), { memberIds: [plie] })
  const note = (who: Person, { to = null, by = who.id }: { to?: string | null; by?: string } = {}) =>
    mayWrite(
      house.database,
      tokenHash(who.cookie.slice('session='.length)),
      sql`insert into target_assignments (campaign_id, siret, at, by_id, from_organisation, from_account,
          to_organisation, status, contacts)
        values (${id}::uuid, 1, now(), ${by}::uuid, ${ines.organisationId === who.organisationId ? plie : ines.organisationId}::uuid,
          null, ${to}::uuid, 'a-contacter', 0)`,
    )
  assert.deepEqual(
    [await note(ines), await note(paul), await note(ines, { to: plie }), await note(ines, { by: colleague.id })],
    [true, false, false, false],
  )
})

test('CAM-15: members are changed by who pilots, while it is open; the pilot stays', async () => {
  const id = await opened(ines, fresh(1), { memberIds: [plie] })
  for (const [who, verb, body, status, code] of [
    [paul, 'members', { organisationId: plie }, 403, 'campaign/pilot-only'],
    [paul, `members/${plie}/leave`, undefined, 403, 'campaign/pilot-only'],
    [ines, 'members', { organisationId: plie }, 409, 'campaign/already-member'],
    [ines, 'members', { organisationId: crypto.randomUUID() }, 422, 'organisation/unknown'],
    [ines, 'members', { organisationId: 'x' }, 400, 'request/malformed'],
    [ines, `members/${crypto.randomUUID()}/leave`, undefined, 409, 'campaign/not-member'],
    [ines, `members/${ines.organisationId}/leave`, undefined, 409, 'campaign/pilot-stays'],
  ] as const) {
    const answer = await post(who, id, verb, body)
    assert.deepEqual([verb, answer.status, answer.body.code], [verb, status, code])
  }
  await post(ines, id, 'close')
  assert.equal((await post(ines, id, `members/${plie}/leave`)).body.code, 'campaign/not-open')
})

test('CAM-15: one member added twice at once: one act, the other is told', async () => {
  const id = await opened(ines, fresh(1))
  const answers = await Promise.all([ines, colleague].map(who => post(who, id, 'members', { organisationId: plie })))
  assert.deepEqual(answers.map(a => a.status).sort(), [200, 409])
  assert.equal((await events(id)).filter((e: any) => e.kind === 'member-added').length, 1)
})

test('CAM-15: targets are added to an open campaign: held at once, told to its members, in the trail', async () => {
  const [old, one, two] = fresh(3) as [number, number, number]
  const id = await opened(ines, [old])
  const answer = await add(ines, id, [old, one, two])
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.deepEqual([answer.body.outcomes.counts.added, answer.body.campaign.counts.targets], [2, 3])
  assert.deepEqual(await heldBy([old, one, two]), [id, id, id])
  assert.deepEqual([(await events(id))[0].kind, (await events(id))[0].targets], ['targets-added', 2])
  const act = await lastAct(id)
  assert.deepEqual([act.action, act.detail.after], ['campaign.targets-added', { targets: 3 }])
  assert.equal(act.detail.held, 2)
})

test('CAM-15, CAM-3: of what is added, conflicts are weighed for the new ones alone: undecided, nothing is added; decided at once, it is', async () => {
  const [own, held, met, free] = fresh(4) as [number, number, number, number]
  const theirs = await opened(paul, [held])
  const id = await opened(ines, [own])
  // What the campaign works already was contacted by another since: that asks nothing.
  for (const siret of [own, met]) await insertContact(house.owner, crypto.randomUUID(), siret, paul, '2027-01-18')
  const preview = await post(ines, id, 'targets/preview', { sirets: [held, met, free].map(siretText) })
  assert.deepEqual(preview.body.conflicts, { held: 1, contacted: 1, beside: 0 })
  for (const [decided, status, code, facts] of [
    [undefined, 409, 'campaign/undecided-conflicts', { count: 2 }],
    [{ held: 'share' }, 409, 'campaign/undecided-conflicts', { count: 1 }],
    [{ held: 'take', contacted: 'leave' }, 422, 'campaign/reason-required', undefined],
    [{ contacted: 'share' }, 422, 'campaign/decision-impossible', { decision: 'share', kind: 'contacted' }],
  ] as const) {
    const answer = await add(ines, id, [held, met, free], decided)
    assert.deepEqual([answer.status, answer.body.code, answer.body.facts], [status, code, facts])
    assert.equal((await get(ines, id)).body.counts.targets, 1, 'nothing is added')
  }
  assert.equal((await add(ines, id, [held, met, free], { held: 'share', contacted: 'leave' })).status, 200)
  const statuses = await Promise.all([own, held, met, free].map(siret => target(id, siret)))
  assert.deepEqual(
    statuses.map(t => [t.status, t.shared]),
    [
      ['a-contacter', false],
      ['a-contacter', true],
      ['ecarte', false],
      ['a-contacter', false],
    ],
  )
  assert.deepEqual([await heldBy([held]), await heldBy([own, met, free])], [[theirs], [id, id]])
  const [another] = fresh(1) as [number]
  assert.equal((await add(ines, id, [another])).status, 200, 'what is shared already asks nothing anew')
  assert.equal((await target(id, held)).shared, true)
})

test('CAM-15: targets are added by who pilots, before the last day has passed', async () => {
  const [one, two] = fresh(2) as [number, number]
  const id = await opened(ines, [one], { memberIds: [plie] })
  assert.equal((await add(paul, id, [two])).body.code, 'campaign/pilot-only')
  await house.owner.query(`update campaigns set starts_on = '2026-12-01', ends_on = '2027-01-19' where id = $1`, [id])
  const answer = await add(ines, id, [two])
  assert.deepEqual([answer.status, answer.body.code], [422, 'campaign/period-over'])
  await post(ines, id, 'close')
  assert.equal((await add(ines, id, [two])).body.code, 'campaign/not-draft')
})

test('CAM-15, CAM-3: two campaigns add the same establishments at once, ten times: one holds them', async () => {
  const [mine, theirs] = [await opened(ines, fresh(1)), await opened(paul, fresh(1))]
  for (let round = 0; round < 10; round++) {
    const sirets = fresh(4)
    const answers = await Promise.all([add(ines, mine, sirets), add(paul, theirs, sirets.toReversed())])
    assert.deepEqual(answers.map(a => a.status).sort(), [200, 409], JSON.stringify(answers.map(a => a.body)))
    const winner = answers[0]!.status === 200 ? mine : theirs
    assert.deepEqual(new Set(await heldBy(sirets)), new Set([winner]))
  }
})

test('CAM-15: a target set aside is put back, where its contacts left it, and held again', async () => {
  const [siret] = fresh(1) as [number]
  const id = await opened(ines, [siret, ...fresh(1)], { memberIds: [plie] })
  const back = (who: Person, body: object = {}) => post(who, id, `targets/${siretText(siret)}/put-back`, body)
  assert.deepEqual([(await back(ines)).status, (await back(ines)).body.code], [409, 'target/not-set-aside'])
  const aside = await post(ines, id, `targets/${siretText(siret)}/set-aside`, { reason: 'Fermé un mois' })
  assert.deepEqual(aside.body.allowed, ['put-back'])
  assert.deepEqual(await heldBy([siret]), [])
  assert.equal((await back(paul)).body.code, 'campaign/pilot-only')
  const exchange = crypto.randomUUID()
  await insertContact(house.owner, exchange, siret, paul, '2027-01-18')
  await house.owner.query('update exchanges set campaign_id = $2 where id = $1', [exchange, id])
  const answer = await back(ines)
  assert.deepEqual([answer.status, answer.body.status, answer.body.setAsideReason], [200, 'en-cours', null])
  assert.deepEqual(await heldBy([siret]), [id])
  assert.deepEqual((await events(id))[0].kind, 'target-put-back')
  const act = await lastAct(`${id}/${siretText(siret)}`)
  assert.deepEqual(
    [act.action, act.detail],
    ['target.put-back', { before: { status: 'ecarte' }, after: { status: 'en-cours', shared: false } }],
  )
})

test('CAM-15, CAM-3: put back while another holds it: refused with how many; shared or taken, it is back', async () => {
  const [siret] = fresh(1) as [number]
  const id = await opened(ines, [siret, ...fresh(1)])
  await post(ines, id, `targets/${siretText(siret)}/set-aside`, { reason: 'Ailleurs' })
  const theirs = await opened(paul, [siret])
  const back = (body: object = {}) => post(ines, id, `targets/${siretText(siret)}/put-back`, body)
  const refused = await back()
  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.facts],
    [409, 'campaign/undecided-conflicts', { count: 1 }],
  )
  assert.equal((await target(id, siret)).status, 'ecarte')
  assert.deepEqual([(await back({ held: 'share' })).body.shared, await heldBy([siret])], [true, [theirs]])
  await post(ines, id, `targets/${siretText(siret)}/set-aside`, { reason: 'Encore' })
  assert.equal((await back()).body.code, 'campaign/undecided-conflicts', 'the former decision is asked anew')
  assert.equal((await back({ held: 'take', reason: 'Accord du PLIE' })).status, 200)
  assert.deepEqual([await heldBy([siret]), (await target(theirs, siret)).status], [[id], 'ecarte'])
})

test('EST-12, CAM-15: put back where another establishment of the company is held: with a reason, it is back', async () => {
  const [siret] = fresh(1) as [number]
  const id = await opened(ines, [siret, ...fresh(1)])
  await opened(paul, fresh(1)) // all are of one company here
  await house.owner.query(`update campaigns set conflict_scope = 'company' where id = $1`, [id])
  await post(ines, id, `targets/${siretText(siret)}/set-aside`, { reason: 'Ailleurs' })
  const back = (body: object = {}) => post(ines, id, `targets/${siretText(siret)}/put-back`, body)
  assert.equal((await back()).body.code, 'campaign/undecided-conflicts')
  assert.equal((await back({ held: 'take', contacted: 'take', reason: 'Accord' })).status, 409)
  assert.equal((await back({ beside: 'take' })).body.code, 'campaign/reason-required')
  assert.equal((await back({ beside: 'take', reason: 'Autre métier' })).status, 200)
  assert.deepEqual(await heldBy([siret]), [id])
})

test('CAM-15: in a draft, a target is put back without holding, and decides nothing yet', async () => {
  const [siret] = fresh(1) as [number]
  const { id } = await insertCampaign(
    house.owner,
    aCampaign({ pilotId: ines.organisationId, territoryId: coeur, place: here }),
    ines.id,
    [siret],
  )
  await post(ines, id, `targets/${siretText(siret)}/set-aside`, { reason: 'Non' })
  const back = (body: object) => post(ines, id, `targets/${siretText(siret)}/put-back`, body)
  for (const decided of [{ held: 'share' }, { contacted: 'leave' }, { beside: 'leave' }])
    assert.equal((await back(decided)).body.code, 'campaign/decision-impossible')
  assert.equal((await add(ines, id, fresh(1), { held: 'share' })).body.code, 'campaign/decision-impossible')
  assert.equal((await back({})).body.status, 'a-contacter')
  assert.deepEqual(await heldBy([siret]), [])
})
