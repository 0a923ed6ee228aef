import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { actions } from '../../actions.ts'
import { siretText } from '../../platform/siret.ts'
import { insertTaskForce } from '../../territory-and-register/territories/testing.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { until } from '../../testing/until.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { anExchange, type ExchangeSeed, insertExchange } from '../exchanges/testing.ts'

// A Friday; the week begins on Monday the 11th.
const today = '2027-01-15'
let now = new Date(`${today}T11:00:00Z`)
const line = { regionId: places.aquitaine, departementId: places.gironde, epciId: places.graves, clpeId: places.coeur }
const rights = [
  { profile: 'conseiller', territoryId: places.gironde },
  { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
] as const
let house: House
let ines: Person // pilots the task force, and campaigns
let karim: Person // advises in a member, without the card
let claire: Person // advises in another member, with the card
let lucas: Person // the same elsewhere
let stranger: Person

before(async () => {
  house = await openHouse(actions, { clock: () => now })
  await layTerritories(house.owner)
  const [cc, mission, cap] = [
    await house.organisation(),
    await house.organisation(),
    await house.organisation({ name: 'Cap emploi' }),
  ]
  ines = await house.person(cc.id, [{ profile: 'pilote', territoryId: places.gironde }, rights[1]])
  karim = await house.person(mission.id, [rights[0]])
  claire = await house.person(mission.id, [...rights])
  lucas = await house.person(cap.id, [...rights])
  stranger = await house.person(cap.id, [{ ...rights[1], territoryId: places.garonne }])
  await insertTaskForce(house.owner, {
    clpeId: places.coeur,
    pilotId: cc.id,
    memberIds: [mission.id],
    sensitiveSectors: [],
  })
  await insertEstablishments(
    house.owner,
    Array.from({ length: 60 }, (_, i) => ({ siret: siretOf(i + 1), naf: i < 6 ? '10.71C' : '43.32A' })),
  )
})
after(() => house.close())

const text = (n: number) => siretText(siretOf(n))
const campaign = async (sirets: readonly number[], status: 'draft' | 'open' = 'open') => {
  const seed = aCampaign({
    pilotId: ines.organisationId,
    memberIds: [karim.organisationId, lucas.organisationId],
    territoryId: places.gironde,
    place: { ...line, epciId: null, clpeId: null },
    status,
  })
  return (await insertCampaign(house.owner, seed, ines.id, sirets)).id
}
const contact = (n: number, occurredOn: string, over: Partial<ExchangeSeed> = {}) =>
  insertExchange(
    house.owner,
    anExchange({
      siret: siretOf(n),
      organisationId: claire.organisationId,
      authorId: claire.id,
      occurredOn,
      ...line,
      ...over,
    }),
  )
/** Contacts of other weeks of the month. */
const contacts = async (n: number, count: number) => {
  for (let i = 0; i < count; i++) await contact(n, `2027-01-0${i + 1}`)
}
const take = (who: Person, id: string, n: number, reason?: string) =>
  reason === undefined
    ? house.call(who, 'POST', `/campaigns/${id}/targets/${text(n)}/take`, undefined, once())
    : house.call(who, 'POST', `/campaigns/${id}/targets/${text(n)}/take-beyond-budget`, { reason }, once())
const ask = async (n: number, who = claire, on = '') =>
  house.call(who, 'GET', `/establishments/${text(n)}/solicitations${on && `?on=${on}`}`)
const told = async (n: number) => {
  const { perMonth, month, week, kept, leftThisMonth, leftThisWeek } = (await ask(n)).body
  return { perMonth, month, week, kept, left: [leftThisMonth, leftThisWeek] }
}
const trail = async (action: string, subject: string) =>
  (
    await house.owner.query(
      `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.action = $1 and e.subject_id = $2 order by e.at`,
      [action, subject],
    )
  ).rows

test('CAM-12, EST-7: what is left says the month and the week, what is kept and by how much the company is solicited beside', async () => {
  assert.deepEqual(await told(1), { perMonth: 4, month: 0, week: 0, kept: 0, left: [4, 1] })
  await contact(1, '2027-01-04')
  await contact(1, '2026-12-31')
  await contact(1, '2027-01-05', { channel: 'accueil' })
  await contact(1, '2027-01-06', {
    channel: 'evenement',
    nextAction: { kind: 'rappel', dueOn: '2027-01-20', dueAt: null, ownerId: claire.id },
  })
  await contact(1, '2027-01-07', {
    channel: 'evenement',
    nextAction: { kind: 'transmission', dueOn: '2027-01-20', dueAt: null, ownerId: claire.id },
  })
  assert.deepEqual(await told(1), { perMonth: 4, month: 2, week: 0, kept: 1, left: [2, 1] })
  const id = await campaign([siretOf(1)])
  assert.equal((await take(claire, id, 1)).status, 200)
  assert.deepEqual(await told(1), { perMonth: 4, month: 3, week: 1, kept: 2, left: [1, 0] })
  assert.equal((await ask(1, claire, '2027-02-10')).body.month, 0)
})

test('CAM-12: a target given back, contacted, set aside or of a closed campaign keeps nothing more', async () => {
  const id = await campaign([siretOf(2), siretOf(3), siretOf(4)])
  for (const n of [2, 3, 4]) assert.equal((await take(claire, id, n)).status, 200)
  assert.equal(
    (await house.call(claire, 'POST', `/campaigns/${id}/targets/${text(2)}/release`, undefined, once())).status,
    200,
  )
  assert.equal((await told(2)).month, 0)
  const body = { siret: text(3), campaignId: id, occurredOn: today, channel: 'telephone', result: 'absent' }
  const recorded = await house.call(claire, 'POST', '/exchanges', body, once())
  assert.deepEqual([recorded.status, recorded.body.beyondBudget], [200, undefined])
  assert.deepEqual(await told(3), { perMonth: 4, month: 1, week: 1, kept: 0, left: [3, 0] })
  assert.equal((await told(4)).month, 1)
  await house.call(ines, 'POST', `/campaigns/${id}/close`, undefined, once())
  assert.equal((await told(4)).month, 0)
})

test('CAM-12, EST-11: what is kept to one’s structure counts, and a cancelled exchange does not', async () => {
  const own = await contact(5, '2027-01-04', { visibility: 'organisation' })
  await contact(5, '2027-01-05')
  const seen = await ask(5, lucas)
  assert.deepEqual([seen.status, seen.body.month], [200, 2])
  await house.owner.query(`update exchanges set status = 'cancelled' where id = $1`, [own.id])
  assert.equal((await told(5)).month, 1)
})

test('CAM-12: « Je m’en occupe » past the month is refused until a reason is given; it is kept, in the trail, and shown', async () => {
  await contacts(6, 4)
  const id = await campaign([siretOf(6)])
  const refused = await take(lucas, id, 6)
  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.facts],
    [409, 'solicitations/spent', { perMonth: 4, leftThisMonth: 0, leftThisWeek: 0, onDay: today }],
  )
  const untouched = await house.owner.query('select taken_by from campaign_targets where campaign_id = $1', [id])
  assert.equal(untouched.rows[0].taken_by, null)
  assert.equal((await take(lucas, id, 6, '  ')).status, 400)
  const done = await take(lucas, id, 6, ' L’employeur a rappelé de lui-même ')
  assert.deepEqual([done.status, done.body.takenBy.id], [200, lucas.id])
  const { overruns } = (await ask(6)).body
  assert.deepEqual(
    overruns.map((one: any) => [one.act, one.onDay, one.reason, one.organisation.name, one.author.id]),
    [['take', today, 'L’employeur a rappelé de lui-même', 'Cap emploi', lucas.id]],
  )
  const [entry] = await trail('solicitation-budget.exceeded', text(6))
  assert.equal(entry.actor_id, lucas.id)
  assert.deepEqual(entry.detail, {
    campaignId: id,
    onDay: today,
    reason: 'L’employeur a rappelé de lui-même',
    perMonth: 4,
    before: { month: 4, week: 0 },
    after: { month: 5, week: 1 },
  })
})

test('CAM-12: a month is spread: what is used this week leaves nothing this week, to who has no card either', async () => {
  await contact(7, '2027-01-11')
  const id = await campaign([siretOf(7)])
  assert.equal((await take(karim, id, 7)).body.code, 'solicitations/spent')
  assert.equal((await take(karim, id, 7, 'Salon de vendredi')).status, 200)
})

test('CAM-12: a reason that was not needed keeps no overrun', async () => {
  const id = await campaign([siretOf(8)])
  assert.equal((await take(claire, id, 8, 'Au cas où')).status, 200)
  assert.deepEqual((await ask(8)).body.overruns, [])
  assert.deepEqual(await trail('solicitation-budget.exceeded', text(8)), [])
})

const waitingForBudget = async () =>
  (
    await house.owner.query(`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`)
  ).rows[0].n
/** Holds the budget of an employer until these acts wait for it. */
const atOnce = async <T>(n: number, acts: readonly (() => Promise<T>)[]): Promise<T[]> => {
  const holding = new pg.Client(house.urls.ownerUrl)
  await holding.connect()
  try {
    await holding.query('begin')
    await holding.query(`select pg_advisory_xact_lock(hashtextextended('solicitations of ' || $1::bigint, 0))`, [
      siretOf(n),
    ])
    const all = Promise.all(acts.map(act => act()))
    await until('each waiting for the budget', async () => (await waitingForBudget()) === acts.length)
    await holding.query('commit')
    return await all
  } finally {
    await holding.end()
  }
}

test('CAM-12: of two who take the last one at once, one does and the other is asked why', async () => {
  for (const n of [10, 11, 12]) {
    await contacts(n, 3)
    const [one, other] = [await campaign([siretOf(n)]), await campaign([siretOf(n)])]
    const answers = await atOnce(n, [() => take(claire, one, n), () => take(lucas, other, n)])
    assert.deepEqual(answers.map(({ body }) => body.code ?? 'taken').sort(), ['solicitations/spent', 'taken'])
    assert.deepEqual(await told(n), { perMonth: 4, month: 4, week: 1, kept: 1, left: [0, 0] })
  }
})

test('CAM-12: of a target taken and an action moved at once, one takes the last one', async () => {
  await contacts(13, 3)
  const seed = await contact(13, '2026-12-20', {
    nextAction: { kind: 'visite', dueOn: '2027-02-20', dueAt: null, ownerId: claire.id },
  })
  const { rows } = await house.owner.query('select id from next_actions where exchange_id = $1', [seed.id])
  const id = await campaign([siretOf(13)])
  const move = () =>
    house.call(
      claire,
      'PUT',
      `/next-actions/${rows[0].id}`,
      { dueOn: '2027-01-29', dueAt: null, ownerId: claire.id },
      { 'if-match': '"1"' },
    )
  const answers = await atOnce(13, [move, () => take(lucas, id, 13)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
  assert.equal((await told(13)).month, 4)
})

test('CAM-12: an action moved to a full month or week is refused until a reason is given; within its week it is not', async () => {
  await contacts(14, 4)
  const seed = await contact(14, '2026-12-20', {
    nextAction: { kind: 'rappel', dueOn: '2027-02-09', dueAt: null, ownerId: claire.id },
  })
  await contact(14, '2026-12-21', {
    nextAction: { kind: 'rappel', dueOn: '2027-02-17', dueAt: null, ownerId: claire.id },
  })
  const { rows } = await house.owner.query('select id from next_actions where exchange_id = $1', [seed.id])
  const move = (dueOn: string, version: number, beyondBudget?: string) =>
    house.call(
      claire,
      'PUT',
      `/next-actions/${rows[0].id}`,
      { dueOn, dueAt: null, ownerId: claire.id, ...(beyondBudget ? { beyondBudget } : {}) },
      { 'if-match': `"${version}"` },
    )
  assert.equal((await move('2027-02-11', 1)).status, 200)
  assert.equal((await move('2027-02-16', 2)).body.code, 'solicitations/spent', 'another is planned that week')
  assert.equal((await move('2027-01-22', 2)).body.code, 'solicitations/spent', 'the month is full')
  const done = await move('2027-01-22', 2, 'Rendez-vous fixé par l’employeur')
  assert.deepEqual([done.status, done.body.dueOn], [200, '2027-01-22'])
  const [overrun] = (await ask(14)).body.overruns
  assert.deepEqual(
    [overrun.act, overrun.onDay, overrun.reason],
    ['plan', '2027-01-22', 'Rendez-vous fixé par l’employeur'],
  )
  const [entry] = await trail('solicitation-budget.exceeded', text(14))
  assert.deepEqual([entry.detail.nextActionId, entry.detail.after.month], [rows[0].id, 5])
})

test('CAM-12: an exchange that took place is always recorded; it says what goes past the budget, and so does the trail', async () => {
  await contacts(15, 4)
  const record = (channel: string, nextAction?: object) =>
    house.call(
      claire,
      'POST',
      '/exchanges',
      {
        siret: text(15),
        occurredOn: today,
        channel,
        result: 'a-rappeler',
        nextAction: nextAction ?? { kind: 'rappel', dueOn: '2027-02-03' },
      },
      once(),
    )
  const first = await record('telephone')
  assert.deepEqual([first.status, first.body.beyondBudget], [200, ['exchange']])
  const [entry] = await trail('exchange.recorded', first.body.id)
  assert.deepEqual(entry.detail.beyondBudget, ['exchange'])
  assert.equal((await house.call(claire, 'GET', `/exchanges/${first.body.id}`)).body.beyondBudget, undefined)
  assert.deepEqual((await record('accueil', { kind: 'rappel', dueOn: '2027-01-26' })).body.beyondBudget, [
    'next-action',
  ])
  assert.equal((await record('accueil', { kind: 'transmission', dueOn: '2027-01-26' })).body.beyondBudget, undefined)
})

test('CAM-12, TER-2: the task force sets the budget, read with its history; it counts at once', async () => {
  const path = `/territories/${places.coeur}/solicitation-budget`
  const unset = await house.call(karim, 'GET', path)
  assert.deepEqual([unset.status, unset.body], [200, { perMonth: 4, perWeek: 1, version: 0, history: [], allowed: [] }])
  const set = (who: Person, perMonth: number, version: number) =>
    house.call(who, 'PUT', path, { perMonth }, { 'if-match': `"${version}"` })
  assert.deepEqual([(await set(karim, 9, 0)).status, (await set(ines, 0, 0)).status], [403, 400])
  const done = await set(ines, 6, 0)
  assert.deepEqual([done.status, done.body.perMonth, done.body.perWeek, done.body.version], [200, 6, 2, 1])
  const stale = await set(ines, 8, 0)
  assert.deepEqual([stale.body.code, stale.body.current.perMonth], ['request/changed-meanwhile', 6])
  const answers = await Promise.all([set(ines, 7, 1), set(ines, 8, 1)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412])
  assert.equal((await set(ines, 4, 2)).status, 200)
  const { body } = await house.call(claire, 'GET', path)
  assert.deepEqual([body.perMonth, body.history.length, body.history[2].perMonth], [4, 3, 6])
  assert.deepEqual([body.history[0].setBy.id, body.history[0].organisation.id], [ines.id, ines.organisationId])
  const entries = await trail('solicitation-budget.set', String(places.coeur))
  assert.deepEqual(entries[0].detail, { before: { perMonth: 4, version: 0 }, after: { perMonth: 6, version: 1 } })
  assert.equal(entries.length, 3)
  await set(ines, 1, 3)
  assert.equal((await told(40)).perMonth, 1)
  await set(ines, 4, 4)
})

test('CAM-12: who does not read the card there is refused; a CLPE without a task force has no budget to read', async () => {
  assert.equal((await ask(1, stranger)).body.code, 'access/outside-perimeter')
  assert.equal((await ask(1, karim)).status, 403)
  assert.equal((await house.call(claire, 'GET', `/territories/${places.sud}/solicitation-budget`)).status, 404)
  assert.equal((await house.call(stranger, 'GET', `/territories/${places.coeur}/solicitation-budget`)).status, 404)
})

test('CAM-12, EST-12: the card says how often the other establishments of the company were solicited this month', async () => {
  const [here, beside] = [81234567800017, 81234567800025]
  await insertEstablishments(house.owner, [{ siret: here }, { siret: beside }])
  const at = (siret: number, occurredOn: string) =>
    insertExchange(
      house.owner,
      anExchange({ siret, organisationId: claire.organisationId, authorId: claire.id, occurredOn, ...line }),
    )
  await at(beside, '2027-01-04')
  await at(beside, '2027-01-05')
  await at(beside, '2026-12-31')
  await at(here, '2027-01-06')
  // Kept for other months: an action, and a target that nobody contacted since.
  const nextAction = { kind: 'rappel', dueOn: '2027-02-01', dueAt: null, ownerId: claire.id }
  const by = { organisationId: claire.organisationId, authorId: claire.id }
  await insertExchange(
    house.owner,
    anExchange({ siret: beside, ...by, occurredOn: '2026-12-01', channel: 'accueil', nextAction, ...line }),
  )
  await house.owner.query(
    `update campaign_targets set status = 'prise-en-charge', taken_by = $2, taken_by_organisation = $3,
      taken_at = '2026-12-31T22:30:00Z' where campaign_id = $1`,
    [await campaign([beside]), lucas.id, lucas.organisationId],
  )
  const { body } = await house.call(claire, 'GET', `/establishments/${siretText(here)}/solicitations`)
  assert.deepEqual([body.beside, body.month], [2, 1])
})

test('CAM-12: a campaign being prepared says for how many nothing is left, in the month of its start', async () => {
  await contacts(20, 4)
  await contacts(21, 3)
  const draft = await campaign([], 'draft')
  const preview = (sirets: string[]) => house.call(ines, 'POST', `/campaigns/${draft}/targets/preview`, { sirets })
  const sirets = [20, 21, 22].map(text)
  assert.equal((await preview(sirets)).body.budgetSpent, 1)
  assert.equal((await preview([text(22)])).body.budgetSpent, 0)
  await house.owner.query(`update campaigns set starts_on = '2027-02-15' where id = $1`, [draft])
  assert.equal((await preview(sirets)).body.budgetSpent, 0)
})

test('CAM-12: the month is the one of Paris: at 23:30 in London on the last of January, it is February', async () => {
  await contacts(23, 4)
  const id = await campaign([siretOf(23), siretOf(24)])
  const before = now
  try {
    now = new Date('2027-01-31T22:30:00Z')
    assert.equal((await take(lucas, id, 23)).body.code, 'solicitations/spent')
    now = new Date('2027-01-31T23:30:00Z')
    assert.equal((await take(lucas, id, 23)).status, 200)
    assert.deepEqual([(await ask(23)).body.month, (await ask(23, claire, '2027-01-31')).body.month], [1, 4])
  } finally {
    now = before
  }
})
