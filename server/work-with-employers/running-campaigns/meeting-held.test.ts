import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertContact, insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { runningCampaigns } from './index.ts'

const today = '2027-01-20'
const now = new Date(`${today}T11:00:00Z`)
const { aquitaine, gironde, graves, coeur } = places
const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }
const pool = Array.from({ length: 60 }, (_, n) => siretOf(n + 1))
const fresh = (n: number) => pool.splice(0, n)

let house: House
let ines: Person // pilots for the community of communes
let paul: Person // pilots for the PLIE, which holds
before(async () => {
  house = await openHouse([...campaigns, ...runningCampaigns], { clock: () => now })
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    pool.map(siret => ({ siret })),
  )
  const pilot = async (name: string) =>
    house.person((await house.organisation({ name })).id, [{ profile: 'pilote', territoryId: gironde }], {
      provenAt: now,
    })
  ;[ines, paul] = [await pilot('CC des Essais'), await pilot('PLIE des Essais')]
})
after(() => house.close())

const post = (who: Person, id: string, verb: string, body?: object) =>
  house.call(who, 'POST', `/campaigns/${id}/${verb}`, body)
const draft = async (who: Person, sirets: readonly number[]) =>
  (
    await insertCampaign(
      house.owner,
      aCampaign({ pilotId: who.organisationId, territoryId: coeur, place: here, contactDelayDays: 0 }),
      who.id,
      sirets,
    )
  ).id
const opened = async (who: Person, sirets: readonly number[]) => {
  const id = await draft(who, sirets)
  assert.equal((await post(who, id, 'open')).status, 200)
  return id
}
const take = (id: string) =>
  post(ines, id, 'conflicts/decide', { rule: { kind: 'held' }, decision: 'take', reason: 'Accord' })
const holder = async (siret: number) =>
  (await house.owner.query('select campaign_id as by from campaign_holds where siret = $1', [siret])).rows[0]?.by
const asked = async (id: string) =>
  (
    await house.owner.query(
      `select to_account_id, body from mails where kind = 'targets-meeting-asked' and about_id = $1`,
      [id],
    )
  ).rows
/** What the holder planned there, from an exchange of its campaign. */
const plan = async (campaign: string, siret: number, kind: string, dueOn: string, done = false) => {
  const exchange = crypto.randomUUID()
  await insertContact(house.owner, exchange, siret, paul, '2027-01-18')
  await house.owner.query('update exchanges set campaign_id = $2 where id = $1', [exchange, campaign])
  await house.owner.query(
    `insert into next_actions (id, exchange_id, siret, organisation_id, visibility, kind, due_on, owner_id, done_at)
      values (gen_random_uuid(), $1, $2, $3, 'reseau', $4, $5, $6, case when $7 then now() end)`,
    [exchange, siret, paul.organisationId, kind, dueOn, paul.id, done],
  )
}

test('CAM-15: a meeting that another campaign fixed is not taken without its word: it is asked, and the word given, it is', async () => {
  const [met, planned, free] = fresh(3) as [number, number, number]
  const theirs = await opened(paul, [met, planned, free])
  await house.owner.query(`update campaign_targets set status = 'rendez-vous' where campaign_id = $1 and siret = $2`, [
    theirs,
    met,
  ])
  await plan(theirs, planned, 'visite', '2027-01-25')
  const mine = await draft(ines, [met, planned, free])
  assert.deepEqual((await take(mine)).body, { decided: 3, awaiting: 2, undecided: 0 })
  const mails = await asked(mine)
  assert.deepEqual(
    mails.map(mail => mail.to_account_id),
    [paul.id],
  )
  assert.match(mails[0].body, /CC des Essais[\s\S]*- 2 de « /)
  const refused = await post(ines, mine, 'open')
  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.facts],
    [409, 'campaign/meeting-fixed', { count: 2 }],
  )
  assert.deepEqual([await holder(met), await holder(free)], [theirs, theirs], 'nothing is taken')
  for (const siret of [met, planned])
    assert.equal(
      (await post(paul, theirs, `targets/${siretText(siret)}/set-aside`, { reason: 'Laissé à la CC' })).status,
      200,
    )
  assert.equal((await post(ines, mine, 'open')).status, 200)
  assert.deepEqual([await holder(met), await holder(planned), await holder(free)], [mine, mine, mine])
})

for (const [why, kind, dueOn, done] of [
  ['a call to make', 'rappel', '2027-01-25', false],
  ['a visit of last week', 'visite', '2027-01-13', false],
  ['a meeting that was kept', 'rendez-vous', '2027-01-25', true],
] as const)
  test(`CAM-15: ${why} is no meeting to come: it is taken, and who held it is told`, async () => {
    const [siret] = fresh(1) as [number]
    const theirs = await opened(paul, [siret])
    await plan(theirs, siret, kind, dueOn, done)
    const mine = await draft(ines, [siret])
    assert.equal((await take(mine)).body.awaiting, 0)
    assert.equal((await post(ines, mine, 'open')).status, 200)
    assert.equal(await holder(siret), mine)
    assert.deepEqual(await asked(mine), [])
  })

test('CAM-15: a target with a meeting is shared without asking, and added to an open campaign only so', async () => {
  const [own, met] = fresh(2) as [number, number]
  const theirs = await opened(paul, [met])
  await plan(theirs, met, 'rendez-vous', '2027-01-25')
  const mine = await opened(ines, [own])
  const add = (decided: object) => post(ines, mine, 'targets', { sirets: [siretText(met)], decided })
  const refused = await add({ held: 'take', reason: 'Accord' })
  assert.deepEqual([refused.status, refused.body.code], [409, 'campaign/meeting-fixed'])
  assert.equal((await add({ held: 'share' })).status, 200)
  assert.equal(await holder(met), theirs)
})

test('SEC-6, CAM-15: whatever the application forgets, the database takes no meeting, and tells them to who pilots alone', async () => {
  const [met, free] = fresh(2) as [number, number]
  const theirs = await opened(paul, [met, free])
  await plan(theirs, met, 'rendez-vous', '2027-01-25')
  const mine = await draft(ines, [met, free])
  await take(mine)
  for (const [who, taken, meetings] of [
    [ines, 1, 1],
    [paul, 0, 0],
  ] as const) {
    const tx = await house.database.begin()
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    const seen = await tx.all(sql`select from taken_meetings(${mine}::uuid, ${today}::date)`)
    const gone = await tx.all(sql`select from take_holds(${mine}::uuid, 'x', ${today}::date)`)
    await tx.rollback()
    assert.deepEqual([gone.length, seen.length], [taken, meetings])
  }
})

/** Three days past its last one, and still open: a campaign of the PLIE. */
const past = async (sirets: readonly number[], closesOn: string | null = null) => {
  const id = await opened(paul, sirets)
  await house.owner.query(
    `update campaigns set starts_on = '2027-01-01', ends_on = '2027-01-17', closes_on = $2::date,
      closes_for = case when $2::date is not null then date '2027-01-17' end where id = $1`,
    [id, closesOn],
  )
  await house.owner.query(`update campaign_holds set period = '[2027-01-01,2027-01-17]' where campaign_id = $1`, [id])
  return id
}
const conflictsOf = async (id: string) =>
  (await house.call(ines, 'GET', `/campaigns/${id}/conflicts`)).body.items.map((c: any) => [
    c.establishment.siret,
    c.kind,
    c.on,
  ])

test('CAM-3: what a campaign past its last day holds is a conflict until it closes: undecided, nothing opens', async () => {
  const [announced, unannounced] = fresh(2) as [number, number]
  const closing = await past([announced], '2027-01-26')
  await past([unannounced])
  const mine = await draft(ines, [announced, unannounced])
  assert.deepEqual(await conflictsOf(mine), [
    [siretText(announced), 'held', '2027-01-26'],
    [siretText(unannounced), 'held', '2027-02-01'],
  ])
  assert.equal((await post(ines, mine, 'open')).body.code, 'campaign/undecided-conflicts')
  const later = await draft(ines, [announced])
  await house.owner.query(`update campaigns set starts_on = '2027-01-27' where id = $1`, [later])
  assert.deepEqual(await conflictsOf(later), [], 'to begin after the closing')
  assert.equal((await post(paul, closing, 'close')).status, 200)
  assert.deepEqual(
    (await conflictsOf(mine)).map((c: string[]) => c[0]),
    [siretText(unannounced)],
    'closed, it is in nobody’s way',
  )
})
test('CAM-3: prepared before the last day of another, a campaign that starts within its fifteen days meets its holds, and no meeting is taken', async () => {
  const [held, met] = fresh(2) as [number, number]
  const theirs = await opened(paul, [held, met])
  await house.owner.query(`update campaigns set ends_on = '2027-01-25' where id = $1`, [theirs])
  await house.owner.query(
    `update campaign_holds set period = daterange(lower(period), '2027-01-25', '[]') where campaign_id = $1`,
    [theirs],
  )
  await plan(theirs, met, 'rendez-vous', '2027-02-03')
  const mine = await draft(ines, [held, met])
  const starting = async (day: string) => {
    await house.owner.query('update campaigns set starts_on = $2 where id = $1', [mine, day])
    return conflictsOf(mine)
  }
  assert.deepEqual(
    [await starting('2027-01-25'), await starting('2027-02-10')],
    [[held, met].map(siret => [siretText(siret), 'held', '2027-01-25']), []],
  )
  const within = [held, met].map(siret => [siretText(siret), 'held', '2027-02-09'])
  assert.deepEqual([await starting('2027-01-26'), await starting('2027-02-09')], [within, within])
  assert.equal((await post(ines, mine, 'open')).body.code, 'campaign/undecided-conflicts')
  assert.equal((await take(mine)).body.awaiting, 1)
  assert.equal((await post(ines, mine, 'open')).body.code, 'campaign/meeting-fixed')
  assert.deepEqual([await holder(held), await holder(met)], [theirs, theirs])
  await post(paul, theirs, `targets/${siretText(met)}/set-aside`, { reason: 'Laissé à la CC' })
  assert.equal((await post(ines, mine, 'open')).status, 200)
  assert.deepEqual([await holder(held), await holder(met)], [mine, mine])
})
test('CAM-15, CAM-11: past its last day too, a meeting waits for the word of who holds it; what is taken is told to the advisor, not the leads alone', async () => {
  const advisor = await house.person(paul.organisationId, [{ profile: 'conseiller', territoryId: gironde }])
  const planner = await house.person(paul.organisationId, [{ profile: 'conseiller', territoryId: gironde }])
  const [met, taken, visited] = fresh(3) as [number, number, number]
  const theirs = await past([met, taken, visited])
  await plan(theirs, met, 'rendez-vous', '2027-01-25')
  await plan(theirs, visited, 'visite', '2027-01-13')
  await house.owner.query('update next_actions set owner_id = $2 where siret = $1', [visited, planner.id])
  await house.owner.query(
    `update campaign_targets set status = 'prise-en-charge', taken_by = $3, taken_by_organisation = $4, taken_at = now()
      where campaign_id = $1 and siret = $2`,
    [theirs, taken, advisor.id, advisor.organisationId],
  )
  const mine = await draft(ines, [met, taken, visited])
  assert.equal((await take(mine)).body.awaiting, 1)
  assert.deepEqual((await post(ines, mine, 'open')).body.code, 'campaign/meeting-fixed')
  assert.equal(await holder(met), theirs)
  await post(paul, theirs, `targets/${siretText(met)}/set-aside`, { reason: 'Laissé à la CC' })
  assert.equal((await post(ines, mine, 'open')).status, 200)
  assert.deepEqual([await holder(met), await holder(taken), await holder(visited)], [mine, mine, mine])
  for (const who of [advisor, planner]) {
    const { rows } = await house.owner.query(
      `select text, delivery from notifications where account_id = $1 and kind = 'targets-taken-back'`,
      [who.id],
    )
    assert.deepEqual([rows.length, rows[0]?.delivery], [1, 'morning'], 'in the service, and in the mail of the morning')
    assert.match(rows[0].text, /CC des Essais.*1 cible de la campagne/)
  }
  const { rows: leads } = await house.owner.query(
    `select from mails where kind = 'targets-taken-over' and to_account_id = $1 and about_id = $2`,
    [paul.id, mine],
  )
  assert.equal(leads.length, 1, 'and who answers for the campaign')
})
