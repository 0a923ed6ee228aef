import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { exchanges } from './index.ts'
import { anExchange, insertExchange } from './testing.ts'

const bakery = '31000000000001'
const garage = '31000000000002'
const elsewhere = '31000000000003'
const nowhere = '31999999999999'
const noon = new Date('2026-11-25T11:00:00Z')

let house: House
let claire: Person // advisor of the community of communes
let colleague: Person // advisor of the same organisation
let lead: Person // responsable of the same organisation
let karim: Person // advisor of the mission locale
let reader: Person // reads the card only
let stranger: Person // advisor of another department

const advisor = (territoryId: number, profile: 'conseiller' | 'responsable' = 'conseiller') =>
  [
    { tool: 'campagnes', profile, territoryId },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
  ] as const

before(async () => {
  house = await openHouse(exchanges, { clock: () => noon })
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (2033, 'departement', '33', 'Gironde'),
      (2040, 'departement', '40', 'Landes')`,
  )
  for (const [siret, name, departement] of [
    [bakery, 'BOULANGERIE ESSAI', 2033],
    [garage, 'GARAGE ESSAI', 2033],
    [elsewhere, 'SCIERIE ESSAI', 2040],
  ] as const) {
    await house.owner.query(
      `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
        departement_id, row_hash) values ($1::bigint, $1::bigint / 100000, $1::bigint % 100000, $2, true, true, 'O',
        1075, $3, 0)`,
      [siret, name, departement],
    )
  }
  const [cc, mission] = [
    await house.organisation({ name: 'CC des Essais', kind: 'epci' }),
    await house.organisation({ name: 'Mission locale des Essais', kind: 'mission-locale' }),
  ]
  claire = await house.person(cc.id, [...advisor(2033)])
  colleague = await house.person(cc.id, [...advisor(2033)])
  lead = await house.person(cc.id, [...advisor(1075, 'responsable')])
  karim = await house.person(mission.id, [...advisor(2033)])
  reader = await house.person(mission.id, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
    { tool: 'campagnes', profile: 'consultation', territoryId: 2033 },
  ])
  stranger = await house.person(mission.id, [...advisor(2040)])
})
after(() => house.close())

const said = {
  siret: bakery,
  occurredOn: '2026-11-25',
  channel: 'telephone',
  result: 'besoin-detecte',
  personMet: 'La gérante',
  notes: 'Cherche un apprenti pour janvier.',
  need: '1 apprenti boulanger',
}
const record = (who: Person, over: object = {}, headers: Record<string, string> = once()) =>
  house.call(who, 'POST', '/exchanges', { ...said, ...over }, headers)
const recorded = async (who: Person, over: object = {}) => {
  const answer = await record(who, over)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const { siret: _, ...correction } = said
const correct = (who: Person, id: string, version: number, over: object = {}) =>
  house.call(who, 'PUT', `/exchanges/${id}`, { ...correction, ...over }, { 'if-match': `"${version}"` })
const get = (who: Person, id: string) => house.call(who, 'GET', `/exchanges/${id}`)
const trailOf = async (id: string) =>
  (
    await house.owner.query(
      'select e.action, e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.subject_id = $1 order by e.id',
      [id],
    )
  ).rows

test('EST-7: what one partner records is seen at once by the others, and the trail says so', async () => {
  const mine = await recorded(claire, { nextAction: { kind: 'visite', dueOn: '2026-12-01', dueAt: '09:30' } })
  assert.equal(mine.establishmentName, 'BOULANGERIE ESSAI')
  assert.deepEqual(
    [mine.version, mine.status, mine.visibility, mine.allowed],
    [1, 'recorded', 'reseau', ['correct', 'cancel']],
  )
  assert.deepEqual(
    [mine.nextAction.dueAt, mine.nextAction.owner.id, mine.nextAction.late, mine.nextAction.allowed],
    ['09:30', claire.id, false, ['finish', 'plan-again']],
  )
  const seen = await get(karim, mine.id)
  assert.equal(seen.status, 200)
  assert.equal(seen.headers.etag, '"1"')
  assert.equal(seen.body.content.notes, said.notes)
  assert.equal(seen.body.author.name, claire.name)
  assert.deepEqual(seen.body.allowed, [])
  const trail = await trailOf(mine.id)
  assert.deepEqual(
    trail.map(t => [t.action, t.actor_id]),
    [['exchange.recorded', claire.id]],
  )
  assert.deepEqual(
    [trail[0].detail.after.result, trail[0].detail.after.characters.note],
    [said.result, said.notes.length],
  )
})

test('EST-7: before contacting, one sees who did what and what is planned', async () => {
  await insertExchange(
    house.owner,
    anExchange({
      siret: Number(garage),
      organisationId: claire.organisationId,
      authorId: claire.id,
      occurredOn: '2026-10-30',
      result: 'absent',
    }),
  )
  await recorded(claire, {
    siret: garage,
    occurredOn: '2026-11-02',
    nextAction: { kind: 'rappel', dueOn: '2026-11-28' },
  })
  const hidden = await recorded(claire, {
    siret: garage,
    occurredOn: '2026-11-03',
    visibility: 'organisation',
    nextAction: { kind: 'transmission', dueOn: '2026-11-29' },
  })
  const cancelled = await recorded(claire, { siret: garage, occurredOn: '2026-11-04' })
  assert.equal(
    (await house.call(claire, 'POST', `/exchanges/${cancelled.id}/cancel`, { reason: 'Saisi deux fois' })).status,
    200,
  )

  const { body } = await house.call(karim, 'GET', `/establishments/${garage}/before-contact`)
  assert.deepEqual(
    body.lastContacts.map((c: any) => [c.occurredOn, c.result, c.exchangeId === null]),
    [
      ['2026-11-03', null, true],
      ['2026-11-02', 'besoin-detecte', false],
      ['2026-10-30', 'absent', false],
    ],
  )
  assert.deepEqual(
    body.planned.map((p: any) => [p.kind, p.dueOn]),
    [['rappel', '2026-11-28']],
  )
  assert.deepEqual([body.contactsThisMonth, body.mayRecord, body.whyNot], [2, true, null])
  assert.equal(JSON.stringify(body).includes(hidden.id), false)

  const own = (await house.call(colleague, 'GET', `/establishments/${garage}/before-contact`)).body
  assert.deepEqual(
    own.planned.map((p: any) => p.kind),
    ['rappel', 'transmission'],
  )
  const onlyReads = (await house.call(reader, 'GET', `/establishments/${garage}/before-contact`)).body
  assert.equal(onlyReads.mayRecord, false)
  assert.match(onlyReads.whyNot, /n’a pas d’habilitation/)
  assert.deepEqual(
    [
      (await house.call(stranger, 'GET', `/establishments/${garage}/before-contact`)).body.code,
      (await house.call(karim, 'GET', `/establishments/${nowhere}/before-contact`)).status,
    ],
    ['access/outside-perimeter', 404],
  )
})

test('EST-11: kept to one organisation, the others see that a contact took place and when, not what was said', async () => {
  const kept = await recorded(claire, {
    visibility: 'organisation',
    nextAction: { kind: 'rappel', dueOn: '2026-12-02' },
  })
  const { body } = await get(karim, kept.id)
  assert.deepEqual(
    { ...body, recordedAt: undefined },
    {
      id: kept.id,
      siret: bakery,
      establishmentName: 'BOULANGERIE ESSAI',
      campaign: null,
      leftOut: null,
      organisation: { id: claire.organisationId, name: 'CC des Essais', kind: 'epci' },
      author: null,
      occurredOn: '2026-11-25',
      visibility: 'organisation',
      status: 'recorded',
      cancelReason: null,
      content: null,
      correspondent: null,
      nextAction: null,
      answers: null,
      recordedAt: undefined,
      correctedAt: null,
      version: 1,
      allowed: [],
    },
  )
  assert.deepEqual((await house.call(karim, 'GET', `/exchanges/${kept.id}/versions`)).body.items, [])
  assert.equal((await get(colleague, kept.id)).body.content.notes, said.notes)
  await house.call(claire, 'POST', `/exchanges/${kept.id}/cancel`, { reason: 'La gérante se retire' })
  assert.deepEqual(
    [(await get(karim, kept.id)).body.cancelReason, (await get(colleague, kept.id)).body.cancelReason],
    [null, 'La gérante se retire'],
  )
})

test('EST-11: a correction that does not speak of the visibility keeps it: another partner still reads nothing', async () => {
  const kept = await recorded(claire, {
    visibility: 'organisation',
    nextAction: { kind: 'rappel', dueOn: '2026-12-02' },
  })
  const corrected = await correct(claire, kept.id, 1, {
    notes: 'Mieux dit.',
    nextAction: { kind: 'rappel', dueOn: '2026-12-03' },
  })
  assert.deepEqual(
    [corrected.status, corrected.body.visibility, corrected.body.content.notes],
    [200, 'organisation', 'Mieux dit.'],
  )
  const { body } = await get(karim, kept.id)
  assert.deepEqual([body.visibility, body.content, body.nextAction], ['organisation', null, null])
  assert.deepEqual((await house.call(karim, 'GET', `/exchanges/${kept.id}/versions`)).body.items, [])
  assert.equal((await get(colleague, kept.id)).body.content.notes, 'Mieux dit.')
  for (const table of ['exchange_contents', 'exchange_versions', 'next_actions'])
    assert.deepEqual(
      (await house.owner.query(`select distinct visibility from ${table} where exchange_id = $1`, [kept.id])).rows,
      [{ visibility: 'organisation' }],
      table,
    )
  const open = await recorded(claire)
  assert.equal((await correct(claire, open.id, 1, { notes: 'Mieux dit.' })).body.visibility, 'reseau')
})

test('EST-11: narrowing the visibility narrows the versions before it too; widening does not open them', async () => {
  const { id } = await recorded(claire, { notes: 'Première version.' })
  const versions = async (who: Person) =>
    (await house.call(who, 'GET', `/exchanges/${id}/versions`)).body.items.map((v: any) => [v.version, v.content.notes])
  assert.deepEqual(await versions(karim), [[1, 'Première version.']])
  await correct(claire, id, 1, { notes: 'Deuxième version.', visibility: 'organisation' })
  assert.deepEqual(await versions(karim), [])
  await correct(claire, id, 2, { notes: 'Troisième version.', visibility: 'reseau' })
  assert.deepEqual(await versions(karim), [[3, 'Troisième version.']])
  assert.deepEqual((await versions(colleague)).length, 3)
})

test('EST-8: a correction keeps what was there, with who and when', async () => {
  const { id } = await recorded(claire)
  const answer = await correct(lead, id, 1, {
    result: 'rendez-vous-pris',
    notes: null,
    nextAction: { kind: 'rendez-vous', dueOn: '2026-12-03' },
  })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.deepEqual(
    [
      answer.body.version,
      answer.body.content.result,
      answer.body.content.notes,
      answer.body.author.id,
      answer.body.nextAction.owner.id,
    ],
    [2, 'rendez-vous-pris', null, claire.id, lead.id],
  )
  const { items } = (await house.call(karim, 'GET', `/exchanges/${id}/versions`)).body
  assert.deepEqual(
    items.map((v: any) => [v.version, v.change, v.by.id, v.content.result, v.content.notes]),
    [
      [2, 'corrected', lead.id, 'rendez-vous-pris', null],
      [1, 'recorded', claire.id, 'besoin-detecte', said.notes],
    ],
  )
  const [, corrected] = await trailOf(id)
  assert.deepEqual(
    [corrected.action, corrected.detail.before.result, corrected.detail.after.result],
    ['exchange.corrected', 'besoin-detecte', 'rendez-vous-pris'],
  )
})

test('EST-8: a cancellation keeps everything, with its reason', async () => {
  const { id } = await recorded(claire, { nextAction: { kind: 'rappel', dueOn: '2026-12-02' } })
  const { body } = await house.call(claire, 'POST', `/exchanges/${id}/cancel`, { reason: 'Mauvais établissement' })
  assert.deepEqual(
    [body.status, body.cancelReason, body.content.notes, body.nextAction, body.version, body.allowed],
    ['cancelled', 'Mauvais établissement', said.notes, null, 2, []],
  )
  assert.deepEqual(
    (await house.call(claire, 'GET', `/exchanges/${id}/versions`)).body.items.map((v: any) => v.change),
    ['cancelled', 'recorded'],
  )
  assert.equal((await correct(claire, id, 2)).body.code, 'exchange/cancelled')
  assert.equal(
    (await house.call(claire, 'POST', `/exchanges/${id}/cancel`, { reason: 'Encore' })).body.code,
    'exchange/cancelled',
  )
})

test('EST-8: the history is read by establishment, organisation and day, in pages', async () => {
  const siret = garage
  const all = (await house.call(claire, 'GET', `/exchanges?siret=${siret}&total=true`)).body
  assert.equal(all.total, all.items.length)
  assert.deepEqual(
    all.items.map((x: any) => x.occurredOn),
    ['2026-11-04', '2026-11-03', '2026-11-02', '2026-10-30'],
  )
  const first = (await house.call(claire, 'GET', `/exchanges?siret=${siret}&limit=3`)).body
  const second = (await house.call(claire, 'GET', `/exchanges?siret=${siret}&limit=3&after=${first.next}`)).body
  assert.deepEqual(
    [...first.items, ...second.items].map((x: any) => x.id),
    all.items.map((x: any) => x.id),
  )
  assert.equal(second.next, null)
  assert.equal(
    (await house.call(claire, 'GET', `/exchanges?siret=${siret}&from=2026-11-01&to=2026-11-02`)).body.items.length,
    1,
  )
  assert.equal(
    (await house.call(claire, 'GET', `/exchanges?siret=${siret}&organisation=${karim.organisationId}`)).body.items
      .length,
    0,
  )
  assert.equal((await house.call(claire, 'GET', '/exchanges?after=ici')).body.code, 'request/cursor-invalid')
  assert.equal((await house.call(stranger, 'GET', `/exchanges?siret=${siret}`)).body.items.length, 0)
})

test('EST-8: the history survives the people who wrote it', async () => {
  const gone = await house.person(claire.organisationId, [...advisor(2033)])
  const { id } = await recorded(gone)
  await house.owner.query(`update accounts set status = 'deleted' where id = $1`, [gone.id])
  assert.equal((await get(karim, id)).body.content.notes, said.notes)
  assert.deepEqual((await get(lead, id)).body.allowed, ['correct', 'cancel'])
})

test('API-4: the same recording sent twice is written once, also at the same moment', async () => {
  const count = async () => (await house.owner.query('select count(*)::int as n from exchanges')).rows[0].n
  const before = await count()
  const headers = once()
  const first = await record(claire, {}, headers)
  const again = await record(claire, {}, headers)
  assert.deepEqual(again.body, first.body)
  const sameMoment = once()
  const answers = await Promise.all(Array.from({ length: 6 }, () => record(claire, {}, sameMoment)))
  assert.equal(new Set(answers.map(a => a.body.id)).size, 1, JSON.stringify(answers.map(a => a.body)))
  assert.equal(await count(), before + 2)
  assert.equal((await record(claire, { notes: 'Autre chose' }, headers)).body.code, 'request/idempotency-key-reused')
})

test('API-4: corrected by two at once, the second is shown what the first wrote', async () => {
  const { id } = await recorded(claire)
  const answers = await Promise.all([
    correct(claire, id, 1, { notes: 'De Claire' }),
    correct(lead, id, 1, { notes: 'De la responsable' }),
  ])
  assert.deepEqual(answers.map(a => a.status).sort(), [200, 412])
  const [won, lost] = answers[0]!.status === 200 ? (answers as [any, any]) : ([answers[1], answers[0]] as [any, any])
  assert.equal(lost.body.code, 'request/changed-meanwhile')
  assert.equal(lost.body.current.version, 2)
  assert.equal(lost.body.current.content.notes, won.body.content.notes)
  assert.equal((await get(karim, id)).body.content.notes, won.body.content.notes)
  assert.equal((await house.call(claire, 'PUT', `/exchanges/${id}`, correction)).body.code, 'request/if-match-required')
  assert.equal(
    (await house.call(claire, 'POST', `/exchanges/${id}/cancel`, { reason: 'Trop tard' }, { 'if-match': '"1"' })).body
      .code,
    'request/changed-meanwhile',
  )
})

test('SEC-1: no trail, no write: when the trail cannot be written, nothing is', async () => {
  await house.owner.query(
    `alter table audit_entries add constraint broken check (action <> 'exchange.recorded'
      and action <> 'exchange.corrected') not valid`,
  )
  const {
    rows: [before],
  } = await house.owner.query(
    'select (select count(*) from exchanges) as exchanges, (select count(*) from exchange_contents) as contents, (select count(*) from exchange_versions) as versions, (select count(*) from next_actions) as actions, (select count(*) from idempotency_keys) as keys',
  )
  const existing = (await house.call(claire, 'GET', `/exchanges?siret=${bakery}`)).body.items.find(
    (x: any) => x.status === 'recorded' && x.author.id === claire.id,
  )
  assert.equal((await record(claire, { nextAction: { kind: 'rappel', dueOn: '2026-12-01' } })).body.code, 'service/bug')
  assert.equal(
    (await correct(claire, existing.id, existing.version, { notes: 'Jamais écrit' })).body.code,
    'service/bug',
  )
  await house.owner.query('alter table audit_entries drop constraint broken')
  const {
    rows: [after],
  } = await house.owner.query(
    'select (select count(*) from exchanges) as exchanges, (select count(*) from exchange_contents) as contents, (select count(*) from exchange_versions) as versions, (select count(*) from next_actions) as actions, (select count(*) from idempotency_keys) as keys',
  )
  assert.deepEqual(after, before)
  assert.deepEqual((await get(claire, existing.id)).body, existing)
})

for (const [code, over] of [
  ['exchange/in-future', { occurredOn: '2026-11-26' }],
  ['exchange/too-old', { occurredOn: '2023-11-24' }],
  ['exchange/call-back-needs-date', { result: 'a-rappeler' }],
  ['exchange/next-action-in-past', { nextAction: { kind: 'rappel', dueOn: '2026-11-24' } }],
  ['establishment/unknown', { siret: nowhere }],
  ['access/outside-perimeter', { siret: elsewhere }],
  [
    'account/unknown',
    { nextAction: { kind: 'rappel', dueOn: '2026-12-01', ownerId: '01890000-0000-7000-8000-000000000000' } },
  ],
  ['request/malformed', { notes: 'x'.repeat(4001) }],
  ['request/malformed', { notes: ' ' }],
] as const)
  test(`CAM-5: recording refused: ${code} ${Object.keys(over)}`, async () =>
    assert.equal((await record(claire, over)).body.code, code))

test('CAM-5: a next action is for oneself or a colleague, never for another organisation', async () => {
  const { nextAction } = await recorded(claire, {
    nextAction: { kind: 'rappel', dueOn: '2026-12-01', ownerId: colleague.id },
  })
  assert.equal(nextAction.owner.id, colleague.id)
  assert.equal(
    (await record(claire, { nextAction: { kind: 'rappel', dueOn: '2026-12-01', ownerId: karim.id } })).body.code,
    'account/unknown',
  )
})

test('CAM-5: correcting leaves the next action unless told otherwise, and withdraws it when told null', async () => {
  const { id, nextAction } = await recorded(claire, {
    result: 'a-rappeler',
    nextAction: { kind: 'rappel', dueOn: '2026-12-01' },
  })
  assert.equal((await correct(claire, id, 1, { result: 'a-rappeler' })).body.nextAction.id, nextAction.id)
  assert.equal(
    (await correct(claire, id, 2, { result: 'a-rappeler', nextAction: null })).body.code,
    'exchange/call-back-needs-date',
  )
  assert.equal((await correct(claire, id, 2, { result: 'absent', nextAction: null })).body.nextAction, null)
  const done = await recorded(claire, { nextAction: { kind: 'rappel', dueOn: '2026-12-01' } })
  await house.call(claire, 'POST', `/next-actions/${done.nextAction.id}/finish`)
  assert.notEqual(
    (await correct(claire, done.id, 1, { nextAction: { kind: 'rappel', dueOn: '2026-12-01', ownerId: claire.id } }))
      .body.nextAction.doneAt,
    null,
    'sent back as it was shown',
  )
  assert.equal(
    (await correct(claire, done.id, 2, { nextAction: { kind: 'rappel', dueOn: '2026-12-05', ownerId: claire.id } }))
      .body.nextAction.doneAt,
    null,
    'changed, and to do again',
  )
})

test('SEC-6: who may correct and cancel: the author and the leads of their organisation, within their perimeter', async () => {
  const { id } = await recorded(claire)
  for (const [who, status, code] of [
    [colleague, 403, 'exchange/author-or-lead-only'],
    [karim, 403, 'exchange/author-or-lead-only'],
    [reader, 403, 'access/no-grant'],
    [stranger, 404, 'not-found'],
  ] as const) {
    for (const answer of [
      await correct(who, id, 1),
      await house.call(who, 'POST', `/exchanges/${id}/cancel`, { reason: 'Non' }),
    ])
      assert.deepEqual([answer.status, answer.body.code], [status, code])
  }
  const moved = await house.person(claire.organisationId, [...advisor(2033)])
  const theirs = await recorded(moved)
  await house.owner.query(`update grants set territory_id = 2040 where account_id = $1 and tool = 'campagnes'`, [
    moved.id,
  ])
  assert.equal((await correct(moved, theirs.id, 1)).body.code, 'access/outside-perimeter')
  assert.equal((await correct(lead, id, 1)).status, 200)
})

test('SEC-6: outside the perimeter an exchange answers the same as one that does not exist', async () => {
  const { id } = await recorded(claire)
  const strip = ({ requestId, ...body }: any) => body
  const [hidden, none] = [await get(stranger, id), await get(stranger, '01890000-0000-7000-8000-000000000000')]
  assert.deepEqual([hidden.status, strip(hidden.body)], [none.status, strip(none.body)])
  assert.equal((await house.call(stranger, 'GET', `/exchanges/${id}/versions`)).status, 404)
  assert.equal((await house.call(null, 'GET', `/exchanges/${id}`)).status, 401)
})

test('CAM-5: my next actions, the oldest first, counted late, today and this week', async () => {
  const me = await house.person(karim.organisationId, [...advisor(2033)])
  for (const next of [
    { dueOn: '2026-11-20' },
    { dueOn: '2026-11-25' },
    { dueOn: '2026-11-25', dueAt: '11:59' },
    { dueOn: '2026-11-25', dueAt: '12:01' },
    { dueOn: '2026-12-01' },
    { dueOn: '2026-12-02' },
  ]) {
    await recorded(me, { occurredOn: '2026-11-18', nextAction: { kind: 'rappel', ...next } })
  }
  const { body } = await house.call(me, 'GET', '/next-actions?total=true')
  assert.deepEqual([body.counts, body.total], [{ late: 2, today: 2, week: 3 }, 6])
  assert.deepEqual(
    body.items.filter((a: any) => a.late).map((a: any) => [a.dueOn, a.dueAt]),
    [
      ['2026-11-20', null],
      ['2026-11-25', '11:59'],
    ],
  )
  assert.equal(body.items.filter((a: any) => a.late).length, body.counts.late, 'both twins say the same')
  const first = (await house.call(me, 'GET', '/next-actions?limit=4')).body
  const rest = (await house.call(me, 'GET', `/next-actions?limit=4&after=${first.next}`)).body
  assert.deepEqual(
    [...first.items, ...rest.items].map((a: any) => a.id),
    body.items.map((a: any) => a.id),
  )
  const soon = (await house.call(me, 'GET', '/next-actions?until=2026-11-25&total=true')).body
  assert.deepEqual([soon.items.length, soon.total, soon.counts], [4, 4, body.counts])

  const [late] = body.items
  assert.equal((await house.call(karim, 'POST', `/next-actions/${late.id}/finish`)).body.code, 'next-action/owner-only')
  assert.equal(
    (await house.call(claire, 'POST', `/next-actions/${late.id}/finish`)).body.code,
    'next-action/owner-only',
  )
  const finished = await house.call(me, 'POST', `/next-actions/${late.id}/finish`)
  assert.deepEqual(
    [finished.status, finished.body.doneAt, finished.body.late, finished.body.allowed],
    [200, noon.toISOString(), false, []],
  )
  assert.equal((await house.call(me, 'POST', `/next-actions/${late.id}/finish`)).body.code, 'next-action/already-done')
  assert.equal((await house.call(me, 'GET', '/next-actions')).body.counts.late, 1)
  assert.deepEqual(
    (await trailOf(late.id)).map(t => t.action),
    ['next-action.finished'],
  )
  const led = await recorded(claire, { nextAction: { kind: 'rappel', dueOn: '2026-12-01' } })
  assert.equal((await house.call(lead, 'POST', `/next-actions/${led.nextAction.id}/finish`)).status, 200)
})

test('CAM-5: before contacting, one reads whom the network met last, unless it was kept to one organisation', async () => {
  await recorded(claire, { siret: garage, occurredOn: '2026-11-20', personMet: 'M. Roy, chef d’atelier' })
  await recorded(claire, {
    siret: garage,
    occurredOn: '2026-11-21',
    visibility: 'organisation',
    personMet: 'Mme Duc, gérante',
  })
  const met = async (who: Person) =>
    (await house.call(who, 'GET', `/establishments/${garage}/before-contact`)).body.lastContacts
      .slice(0, 2)
      .map((c: any) => c.personMet)
  assert.deepEqual(
    [await met(karim), await met(colleague)],
    [
      [null, 'M. Roy, chef d’atelier'],
      ['Mme Duc, gérante', 'M. Roy, chef d’atelier'],
    ],
  )
})

test('CAM-5: a next action is handed to a colleague who works there, who finds it with who noted it; to one who does not, it is refused', async () => {
  const heir = await house.person(claire.organisationId, [...advisor(2033)])
  const away = await house.person(claire.organisationId, [...advisor(2040)])
  const half = await house.person(claire.organisationId, [
    { tool: 'campagnes', profile: 'conseiller', territoryId: 2033 },
  ])
  // Each right elsewhere, the other here; and the profile that one tool asks for, held in the other.
  const [apart, sideways, crossed] = [
    await house.person(claire.organisationId, [advisor(2033)[0]!, advisor(2040)[1]!]),
    await house.person(claire.organisationId, [advisor(2040)[0]!, advisor(2033)[1]!]),
    await house.person(claire.organisationId, [
      { tool: 'campagnes', profile: 'consultation', territoryId: 2033 },
      { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 2033 },
    ]),
  ]
  const ended = await house.person(claire.organisationId, [...advisor(2033)])
  await house.owner.query(`update grants set ends_on = '2026-11-24' where account_id = $1 and tool = 'campagnes'`, [
    ended.id,
  ])
  const watching = await house.person(claire.organisationId, [
    { tool: 'campagnes', profile: 'consultation', territoryId: 2033 },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ])
  const blocked = await house.person(claire.organisationId, [...advisor(2033)])
  await house.owner.query(
    `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at)
      values (gen_random_uuid(), $1, $2, 'suspect-use', 'Essai', '2026-11-01')`,
    [blocked.id, blocked.organisationId],
  )
  const offered = (await house.call(claire, 'GET', `/establishments/${bakery}/colleagues`)).body.items.map(
    (p: any) => p.id,
  )
  for (const one of [claire, colleague, lead, heir]) assert.ok(offered.includes(one.id))
  for (const one of [away, half, apart, sideways, crossed, ended, blocked, watching, karim, reader])
    assert.equal(offered.includes(one.id), false)
  for (const one of [away, half, ended, blocked, watching])
    assert.equal(
      (await record(claire, { nextAction: { kind: 'visite', dueOn: '2026-12-01', ownerId: one.id } })).body.code,
      'next-action/owner-elsewhere',
    )

  const { id, nextAction } = await recorded(claire, {
    nextAction: { kind: 'visite', dueOn: '2026-12-01', ownerId: heir.id },
  })
  assert.equal(nextAction.notedBy.id, claire.id)
  await recorded(heir, { nextAction: { kind: 'rappel', dueOn: '2026-12-02' } })
  const handed = (await house.call(heir, 'GET', '/next-actions?handed=true&total=true')).body
  assert.deepEqual(
    [handed.items.map((a: any) => [a.id, a.notedBy.name]), handed.total],
    [[[nextAction.id, claire.name]], 1],
  )
  assert.deepEqual(
    (await house.call(heir, 'GET', '/next-actions')).body.items.map((a: any) => a.notedBy?.id ?? null),
    [claire.id, null],
  )

  // Gone elsewhere since: who had it keeps it, and nobody else there may be given it.
  await house.owner.query(`update grants set territory_id = 2040 where account_id = $1 and tool = 'campagnes'`, [
    heir.id,
  ])
  const again = { nextAction: { kind: 'visite', dueOn: '2026-12-01', ownerId: heir.id } }
  assert.equal((await correct(claire, id, 1, { ...again, notes: 'Une précision.' })).status, 200)
  assert.equal(
    (await correct(claire, id, 2, { nextAction: { ...again.nextAction, ownerId: away.id } })).body.code,
    'next-action/owner-elsewhere',
  )
  assert.equal(
    (await correct(claire, id, 2, { nextAction: { ...again.nextAction, ownerId: karim.id } })).body.code,
    'account/unknown',
  )
})

test('SEC-6: colleagues are read by who may record there', async () => {
  const ask = async (who: Person | null, siret: string) => {
    const { status, body } = await house.call(who, 'GET', `/establishments/${siret}/colleagues`)
    return [status, body.code]
  }
  assert.deepEqual(
    [await ask(reader, bakery), await ask(stranger, bakery), await ask(claire, nowhere), await ask(null, bakery)],
    [
      [403, 'access/no-grant'],
      [403, 'access/outside-perimeter'],
      [404, 'not-found'],
      [401, 'session/required'],
    ],
  )
})
