import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { channels, nextActionKinds } from '../../../contract/work-with-employers/exchanges.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays } from '../../platform/time.ts'
import { insertTaskForce } from '../../territory-and-register/territories/testing.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { budgetOf } from './solicitation-rules.ts'
import { countsOn, type Facts, solicitationsOf } from './solicitations.model.ts'
import { type UsedRow, usedAt } from './solicitations.queries.ts'
import { insertBudgets } from './testing.ts'

/*
 * Employers with exchanges, actions and targets drawn around a month, compared on days of it and of its ends.
 */
const random = seededRandom(12)
const employers = 80
const days = ['2027-03-31', '2027-04-01', '2027-04-14', '2027-04-30', '2027-05-01']
const someDay = () => addDays('2027-03-15', Math.floor(random() * 50))
const targetStatuses = ['prise-en-charge', 'en-cours', 'rendez-vous', 'besoin', 'traite', 'ecarte'] as const
const campaignStatuses = ['open', 'open', 'closed'] as const
// By the clock of London, the last hour of a day is the next day in Paris.
const instantOf = (day: string) => new Date(`${day}T${pick(random, ['08:00', '22:30', '23:30'])}:00Z`)

type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Row)[] ? Row[] : T[K] }
let house: House
let reader: Person
let people: Person[]
const factsOf = new Map<number, Writable<Facts>>()
const versions = [
  { clpeId: places.coeur, version: 1, perMonth: 7 },
  { clpeId: places.coeur, version: 2, perMonth: 3 },
]

const anAction = async (siret: number, facts: Writable<Facts>, author: Person) => {
  const kind = pick(random, nextActionKinds)
  const dueOn = someDay()
  const seed = anExchange({
    siret,
    organisationId: author.organisationId,
    authorId: author.id,
    occurredOn: '2026-10-05',
    nextAction: { kind, dueOn, dueAt: null, ownerId: author.id },
  })
  await insertExchange(house.owner, seed)
  const doneAt = random() < 0.2 ? new Date('2027-01-10T08:00:00Z') : null
  const cancelledAt = !doneAt && random() < 0.2 ? new Date('2027-01-10T08:00:00Z') : null
  await house.owner.query('update next_actions set done_at = $2, cancelled_at = $3 where exchange_id = $1', [
    seed.id,
    doneAt,
    cancelledAt,
  ])
  facts.exchanges.push({
    channel: 'telephone',
    occurredOn: '2026-10-05',
    cancelled: false,
    organisationId: author.organisationId,
  })
  facts.actions.push({ kind, dueOn, doneAt, cancelledAt })
}
const aContact = async (siret: number, facts: Writable<Facts>, author: Person) => {
  const [channel, occurredOn, cancelled] = [pick(random, channels), someDay(), random() < 0.3]
  const id = uuidv7()
  const by = { organisationId: author.organisationId, authorId: author.id }
  const visibility = random() < 0.3 ? 'organisation' : 'reseau'
  await insertExchange(house.owner, anExchange({ id, siret, ...by, occurredOn, channel, visibility }))
  if (cancelled) await house.owner.query(`update exchanges set status = 'cancelled' where id = $1`, [id])
  facts.exchanges.push({ channel, occurredOn, cancelled, organisationId: author.organisationId })
}
const aTarget = async (siret: number, facts: Writable<Facts>, holder: Person | null) => {
  const [campaignStatus, status] = [pick(random, campaignStatuses), pick(random, targetStatuses)]
  const takenAt = holder ? instantOf(someDay()) : null
  const seed = aCampaign({ pilotId: people[0]!.organisationId, status: campaignStatus })
  await insertCampaign(house.owner, seed, people[0]!.id, [siret])
  await house.owner.query(
    `update campaign_targets set status = $2, set_aside_reason = $3, taken_by = $4, taken_by_organisation = $5,
      taken_at = $6 where campaign_id = $1`,
    [
      seed.id,
      status,
      status === 'ecarte' ? 'Essai' : null,
      holder?.id ?? null,
      holder?.organisationId ?? null,
      takenAt,
    ],
  )
  facts.targets.push({ campaignStatus, status, takenAt, organisationId: holder?.organisationId ?? null })
}

before(async () => {
  house = await openHouse([])
  await layTerritories(house.owner)
  people = []
  for (let i = 0; i < 4; i++)
    people.push(await house.person((await house.organisation()).id, [{ profile: 'conseiller', territoryId: 0 }]))
  reader = people[3]!
  await insertTaskForce(house.owner, {
    clpeId: places.coeur,
    pilotId: people[0]!.organisationId,
    memberIds: [],
    sensitiveSectors: [],
  })
  await insertBudgets(house.owner, people[0]!, versions)
  await insertEstablishments(
    house.owner,
    Array.from({ length: employers }, (_, i) => ({ siret: siretOf(i + 1), ...(i % 2 ? { commune: '33003' } : {}) })),
  )
  for (let n = 1; n <= employers; n++) {
    const facts: Writable<Facts> = { exchanges: [], actions: [], targets: [] }
    factsOf.set(siretOf(n), facts)
    for (let i = 0; i < 8; i++) {
      const what = pick(random, [aContact, aContact, anAction, aTarget, aTarget])
      await what(siretOf(n), facts, pick(random, people))
    }
    if (n % 5 === 0) await aTarget(siretOf(n), facts, null)
  }
})
after(() => house.close())

const counted = async (enters = true): Promise<Map<string, UsedRow | undefined>> => {
  const tx = await house.database.begin()
  try {
    if (enters) await tx.enter(tokenHash(reader.cookie.slice('session='.length)))
    const told = new Map<string, UsedRow | undefined>()
    for (const siret of factsOf.keys())
      for (const day of days) told.set(`${siret} ${day}`, await usedAt(tx, siret, day))
    return told
  } finally {
    await tx.rollback()
  }
}
const different = async () => {
  const told = await counted()
  return [...factsOf].flatMap(([siret, facts]) =>
    days.filter(day => {
      const { month, week, kept } = told.get(`${siret} ${day}`)!
      return JSON.stringify(countsOn(solicitationsOf(facts), day)) !== JSON.stringify({ month, week, kept })
    }),
  ).length
}

test('CAM-12: what is a solicitation, and of which month and week: the model and the database count the same, and not when a clause goes', async () => {
  const told = await counted()
  assert.ok([...told.values()].filter(row => row!.week > 0 && row!.kept > 0 && row!.month > row!.kept).length > 20)
  assert.equal(await different(), 0)
  for (const [signature, from, to] of [
    ['solicitations_between(date,date)', `x.status = 'recorded' and x.occurred_on between`, 'x.occurred_on between'],
    [
      'solicitations_between(date,date)',
      `'telephone', 'visite', 'visio', 'courriel'`,
      `'telephone', 'visite', 'visio'`,
    ],
    [
      'solicitations_between(date,date)',
      `'telephone', 'visite', 'visio', 'courriel'`,
      `'telephone', 'visite', 'visio', 'courriel', 'accueil'`,
    ],
    ['solicitations_between(date,date)', 'n.done_at is null and ', ''],
    ['solicitations_between(date,date)', 'n.cancelled_at is null and ', ''],
    ['solicitations_between(date,date)', `, 'envoi-information'`, ''],
    ['solicitations_between(date,date)', `g.status = 'open'`, 'true'],
    ['solicitations_between(date,date)', `('traite', 'ecarte')`, `('ecarte')`],
    ['solicitations_between(date,date)', `('traite', 'ecarte')`, `('traite')`],
    ['solicitations_between(date,date)', 'x.organisation_id = t.taken_by_organisation and ', ''],
    ['solicitations_between(date,date)', `x.status = 'recorded' and x.occurred_on >=`, 'x.occurred_on >='],
    [
      'solicitations_between(date,date)',
      'x.occurred_on >= ctx.paris_day(t.taken_at)',
      'x.occurred_on > ctx.paris_day(t.taken_at)',
    ],
    [
      'solicitations_between(date,date)',
      'select t.siret, ctx.paris_day(t.taken_at), true',
      'select t.siret, t.taken_at::date, true',
    ],
    ['solicitations_at(bigint,date)', 'week_start + 6)::int', 'week_start + 7)::int'],
    ['solicitations_at(bigint,date)', 'least(month_start, week_start)', 'month_start'],
    ['solicitations_at(bigint,date)', 'greatest(month_end, week_start + 6)', 'month_end'],
  ] as const)
    await withFunctionChanged(house.owner, signature, from, to, async () =>
      assert.notEqual(await different(), 0, `${from} → ${to}`),
    )
})

test('CAM-12: the budget of an employer is what its task force set last, or the usual one: the rule and the database agree', async () => {
  const told = await counted()
  const perMonth = (n: number) => told.get(`${siretOf(n)} ${days[0]}`)!.perMonth
  assert.deepEqual([perMonth(1), perMonth(2)], [budgetOf(versions), budgetOf([])])
  await withFunctionChanged(
    house.owner,
    'solicitations_per_month(int)',
    'order by b.version desc',
    'order by b.version',
    async () => assert.notEqual((await counted()).get(`${siretOf(1)} ${days[0]}`)!.perMonth, budgetOf(versions)),
  )
})

test('SEC-6, CAM-12: whoever opened no session is told of no solicitation, and whoever pilots no such campaign of none spent', async () => {
  assert.deepEqual([...new Set((await counted(false)).values())], [undefined])
  const { id, organisationId } = people[1]!
  const pilot = await house.person(organisationId, [{ profile: 'pilote', territoryId: 0 }])
  const seed = aCampaign({ pilotId: organisationId })
  await insertCampaign(house.owner, seed, id)
  const told = async (who: Person | null) => {
    const tx = await house.database.begin()
    try {
      if (who) await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      return await tx.first(sql<{ beside: boolean; spent: boolean }>`select
        solicitations_beside(${siretOf(1)}, '2027-04-01') is not null as beside,
        count_spent(${[...factsOf.keys()]}::bigint[], '2027-04-14', ${seed.id}::uuid) is not null as spent`)
    } finally {
      await tx.rollback()
    }
  }
  assert.deepEqual(await told(null), { beside: false, spent: false })
  assert.deepEqual(await told(reader), { beside: true, spent: false })
  assert.deepEqual(await told(pilot), { beside: true, spent: true })
})
