import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mostStops } from '../../../contract/work-with-employers/rounds.ts'
import { actions } from '../../actions.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../correspondents/testing.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { place } from './testing.ts'

const today = '2027-01-15'
const numbers = Array.from({ length: 30 }, (_, i) => siretText(siretOf(i + 1)))
const rights = (territoryId: number) =>
  [
    { profile: 'conseiller', territoryId },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
  ] as const
const ana = (n: number, over: Partial<Parameters<typeof aCorrespondent>[0]> = {}) =>
  aCorrespondent({
    siret: siretOf(n),
    values: [
      aValue('givenName', 'Ana'),
      aValue('familyName', 'Sanz'),
      aValue('role', 'Gérante'),
      aValue('phone', '+33556000001'),
    ],
    ...over,
  })
let house: House
let claire: Person
let karim: Person
let far: Person
before(async () => {
  house = await openHouse(actions, { clock: () => new Date(`${today}T11:00:00Z`) })
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    numbers.map((_, i) => ({ siret: siretOf(i + 1) })),
  )
  const [cc, mission] = [await house.organisation({ name: 'CC des Essais' }), await house.organisation()]
  claire = await house.person(cc.id, [...rights(places.gironde)])
  karim = await house.person(mission.id, [...rights(places.gironde)])
  far = await house.person(mission.id, [...rights(places.occitanie)])
  await place(house, 1, 44.7, -0.6)
  await insertCorrespondent(house.owner, ana(1))
  const visit = (n: number, dueAt: string | null, over: object = {}, action: object = {}) =>
    insertExchange(
      house.owner,
      anExchange({
        siret: siretOf(n),
        organisationId: cc.id,
        authorId: claire.id,
        occurredOn: '2027-01-04',
        notes: `Mots de ${n}`,
        nextAction: { kind: 'visite', dueOn: '2027-01-19', dueAt, ownerId: claire.id, ...action },
        ...over,
      }),
    )
  await visit(1, '14:30', { personMet: 'Mme Sanz' })
  await visit(2, null)
  await visit(3, '09:00', {}, { kind: 'rendez-vous' })
  await visit(4, null, {}, { kind: 'rappel' })
  await visit(5, null, {}, { dueOn: '2027-01-20' })
  await visit(6, null, { organisationId: mission.id, authorId: karim.id }, { ownerId: karim.id })
  await visit(
    7,
    null,
    { visibility: 'organisation', organisationId: mission.id, authorId: karim.id },
    { ownerId: karim.id },
  )
})
after(() => house.close())

const stops = (who: Person | null, query: string) => house.call(who, 'GET', `/rounds/stops?${query}`)
const order = (body: { items: { establishment: { siret: string } }[] }) =>
  body.items.map(({ establishment: { siret } }) => numbers.indexOf(siret) + 1)

test('POR-5: my visits of a day are mine alone, meetings among them, by their hour; calls and other days are not', async () => {
  const { body } = await stops(claire, 'day=2027-01-19')
  assert.deepEqual([order(body), body.within, body.unknown, body.more], [[3, 1, 2], places.graves, [], 0])
  assert.deepEqual(order((await stops(claire, 'day=2027-01-20')).body), [5])
  assert.deepEqual(order((await stops(karim, 'day=2027-01-19')).body), [6, 7])
  assert.deepEqual((await stops(claire, '')).body, { items: [], within: null, unknown: [], more: 0 })
})
test('EST-7: each stop says where it is, whom to ask for, my action, what others planned and said', async () => {
  const { body } = await stops(claire, `sirets=${numbers[5]},${numbers[0]}&day=2027-01-19`)
  assert.deepEqual(order(body), [6, 1], 'in the order asked')
  const [other, mine] = body.items
  assert.deepEqual(mine.people, [{ correspondent: 'Ana Sanz', role: 'Gérante', phone: '+33556000001', email: null }])
  assert.deepEqual(
    [mine.position, mine.action.dueAt, mine.action.allowed, mine.planned, mine.contactsThisMonth, mine.allowed],
    [{ lat: 44.7, lon: -0.6 }, '14:30', ['finish', 'plan-again'], [], 1, ['record']],
  )
  assert.match(mine.address, /^3 rue des Pins, 33610/)
  assert.deepEqual(
    mine.lastContacts.map((c: any) => [c.occurredOn, c.personMet, c.notes]),
    [['2027-01-04', 'Mme Sanz', 'Mots de 1']],
  )
  assert.deepEqual(
    [other.position, other.people, other.action, other.planned.map((p: any) => [p.kind, p.dueOn, p.owner.name])],
    [null, [], null, [['visite', '2027-01-19', karim.name]]],
  )
})
test('EST-7: what is over is not said at a door: actions done or cancelled, exchanges taken back, people gone, values replaced', async () => {
  const write = (dueOn: string, over: object = {}) =>
    insertExchange(
      house.owner,
      anExchange({
        siret: siretOf(20),
        organisationId: claire.organisationId,
        authorId: claire.id,
        occurredOn: '2027-01-05',
        nextAction: { kind: 'visite', dueOn, dueAt: null, ownerId: claire.id },
        ...over,
      }),
    )
  const end = (id: string, column: 'done_at' | 'cancelled_at') =>
    house.owner.query(`update next_actions set ${column} = now() where exchange_id = $1`, [id])
  await end((await write('2027-01-25')).id, 'done_at')
  await end((await write('2027-01-25')).id, 'cancelled_at')
  const { id } = await write('2027-01-25', { occurredOn: '2027-01-14', notes: 'Saisi par erreur' })
  await end(id, 'cancelled_at')
  await house.owner.query(`update exchanges set status = 'cancelled' where id = $1`, [id])
  await insertCorrespondent(
    house.owner,
    ana(20, {
      values: [
        aValue('familyName', 'Sanz'),
        aValue('phone', '+33556000009', { recordedAt: '2026-10-01T08:00:00Z', replacedAt: '2026-10-02T08:00:00Z' }),
      ],
    }),
  )
  await insertCorrespondent(house.owner, ana(20, { retiredAt: '2026-12-01T08:00:00Z' }))
  const [stop] = (await stops(claire, `sirets=${numbers[19]}`)).body.items
  assert.deepEqual([stop.action, stop.planned, stop.contactsThisMonth], [null, [], 2])
  assert.deepEqual(
    stop.lastContacts.map((c: any) => c.occurredOn),
    ['2027-01-05', '2027-01-05'],
  )
  assert.deepEqual(stop.people, [{ correspondent: 'Sanz', role: null, phone: null, email: null }])
  assert.deepEqual(order((await stops(claire, 'day=2027-01-25')).body), [])
})
test('EST-7: a stop has three people, three contacts and three actions of others at most, and mine of the day asked', async () => {
  for (let n = 0; n < 4; n++) {
    await insertCorrespondent(house.owner, ana(21))
    await insertExchange(
      house.owner,
      anExchange({
        siret: siretOf(21),
        organisationId: karim.organisationId,
        authorId: karim.id,
        occurredOn: `2026-12-0${n + 1}`,
        nextAction: { kind: 'visite', dueOn: `2027-01-2${n}`, dueAt: null, ownerId: n < 2 ? claire.id : karim.id },
      }),
    )
  }
  for (let n = 0; n < 2; n++)
    await insertExchange(
      house.owner,
      anExchange({
        siret: siretOf(21),
        organisationId: karim.organisationId,
        authorId: karim.id,
        occurredOn: '2026-11-30',
        nextAction: { kind: 'rappel', dueOn: '2027-01-28', dueAt: null, ownerId: karim.id },
      }),
    )
  const [stop] = (await stops(claire, `sirets=${numbers[20]}&day=2027-01-21`)).body.items
  assert.deepEqual([stop.people.length, stop.action.dueOn], [3, '2027-01-21'])
  assert.deepEqual(
    stop.lastContacts.map((c: any) => c.occurredOn),
    ['2026-12-04', '2026-12-03', '2026-12-02'],
  )
  assert.deepEqual(
    stop.planned.map((p: any) => p.dueOn),
    ['2027-01-22', '2027-01-23', '2027-01-28'],
  )
})
test('EST-7: closed in the register is a caution; contacts of another month are not often', async () => {
  await house.owner.query('update establishments set active = false where siret = $1', [siretOf(22)])
  for (let n = 0; n < 3; n++)
    await insertExchange(
      house.owner,
      anExchange({
        siret: siretOf(22),
        organisationId: claire.organisationId,
        authorId: claire.id,
        occurredOn: n ? `2027-01-0${n}` : '2026-12-31',
      }),
    )
  const [stop] = (await stops(claire, `sirets=${numbers[21]}`)).body.items
  assert.deepEqual([stop.contactsThisMonth, stop.cautions], [2, ['closed']])
})
test('EST-11, SEC-6: what a structure keeps to itself is not said; outside one’s perimeter no exchange is, nor that there was none', async () => {
  const [reserved] = (await stops(claire, `sirets=${numbers[6]}`)).body.items
  assert.deepEqual(
    [
      reserved.lastContacts.map((c: any) => [c.notes, c.author, c.exchangeId]),
      reserved.planned,
      reserved.contactsThisMonth,
    ],
    [[[null, null, null]], [], 1],
  )
  const [outside] = (await stops(far, `sirets=${numbers[0]}&day=2027-01-19`)).body.items
  assert.deepEqual(
    [outside.lastContacts, outside.contactsThisMonth, outside.people, outside.action, outside.planned, outside.allowed],
    [null, null, [], null, [], []],
  )
  const reader = await house.person(claire.organisationId, [{ profile: 'conseiller', territoryId: places.gironde }])
  assert.deepEqual(
    [(await stops(reader, `sirets=${numbers[0]}`)).body.code, (await stops(null, `sirets=${numbers[0]}`)).status],
    ['access/no-grant', 401],
  )
})
test('POR-5: at most twenty-five stops; what is unknown is named, what is repeated said once, what is malformed refused', async () => {
  const strange = siretText(siretOf(99))
  const { body } = await stops(claire, `sirets=${numbers[1]},${strange},${numbers[1]}`)
  assert.deepEqual([order(body), body.unknown], [[2], [strange]])
  assert.equal((await stops(claire, `sirets=${numbers.slice(0, mostStops).join()}`)).body.items.length, mostStops)
  for (const query of [
    `sirets=${numbers.slice(0, mostStops + 1).join()}`,
    'sirets=123',
    'sirets=',
    'day=demain',
    'x=1',
  ])
    assert.equal((await stops(claire, query)).status, 400, query)
})
test('POR-5: past twenty-five visits of a day, the first ones are shown and the others counted', async () => {
  const omar = await house.person(claire.organisationId, [...rights(places.gironde)])
  for (const n of numbers.keys())
    await insertExchange(
      house.owner,
      anExchange({
        siret: siretOf(n + 1),
        organisationId: omar.organisationId,
        authorId: omar.id,
        occurredOn: '2027-01-04',
        nextAction: { kind: 'visite', dueOn: '2027-02-02', dueAt: null, ownerId: omar.id },
      }),
    )
  const { body } = await stops(omar, 'day=2027-02-02')
  assert.deepEqual([body.items.length, body.more], [mostStops, 5])
})
