import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { notes } from '../notes/index.ts'
import { services } from './index.ts'
import { aService, insertServices } from './testing.ts'

// Past midnight in Paris, still the 14th in UTC.
const now = new Date('2027-01-14T23:30:00Z')
const today = '2027-01-15'

let house: House
let nadia: Person // the operator's, keeps the card in Gironde
let omar: Person // the operator's, does too
let watcher: Person // the operator's, reads the card
let distant: Person // the operator's, keeps the card in Landes
let claire: Person // a partner's, keeps the card
let recruiter: Person // a partner's, holds the recruitment card alone
let campaigner: Person // a partner's, holds campaigns alone

before(async () => {
  house = await openHouse([...services, ...notes], { clock: () => now })
  await layTerritories(house.owner)
  const [operator, cc] = [
    await house.organisation({ name: 'Opérateur des Essais', kind: 'operateur' }),
    await house.organisation({ name: 'CC des Essais' }),
  ]
  const card = (id: string, profile: 'consultation' | 'conseiller', territoryId: number = places.gironde) =>
    house.person(id, [{ tool: 'fiche-etablissement', profile, territoryId }])
  nadia = await card(operator.id, 'conseiller')
  omar = await card(operator.id, 'conseiller')
  watcher = await card(operator.id, 'consultation')
  distant = await card(operator.id, 'conseiller', places.landes)
  claire = await card(cc.id, 'conseiller')
  recruiter = await house.person(cc.id, [
    { tool: 'fiche-recrutement', profile: 'consultation', territoryId: places.gironde },
  ])
  campaigner = await house.person(cc.id, [{ profile: 'conseiller', territoryId: places.gironde }])
  await insertEstablishments(
    house.owner,
    Array.from({ length: 20 }, (_, i) => ({ siret: siretOf(i + 1) })),
  )
})
after(() => house.close())

let next = 0
const shop = () => siretText(siretOf(++next))
const said = {
  kind: 'mrs',
  usedOn: '2026-03-02',
  endedOn: '2026-03-20',
  result: 'abouti',
  words: 'Deux postes pourvus',
}
const at = (siret: string) => `/establishments/${siret}/services`
const read = (siret: string, who = nadia) => house.call(who, 'GET', at(siret))
const enter = (siret: string, body: object = said, who = nadia) => house.call(who, 'POST', at(siret), body)
const correct = (id: string, body: object, version: number, who = nadia) =>
  house.call(
    who,
    'PUT',
    `/services/${id}`,
    { ...said, reason: 'Mauvais jour', ...body },
    { 'if-match': `"${version}"` },
  )
const withdraw = (id: string, version: number, who = nadia) =>
  house.call(who, 'PUT', `/services/${id}/withdrawal`, { reason: 'Autre employeur' }, { 'if-match': `"${version}"` })
const trail = async (id: string) =>
  (
    await house.owner.query(
      `select e.action, e.actor_id as by, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.subject_kind = 'operator-service' and e.subject_id = $1 order by e.at, e.id`,
      [id],
    )
  ).rows

test('REC-3, EST-3: an advisor of the operator enters a service with its days and result; both cards read it', async () => {
  const siret = shop()
  assert.deepEqual((await read(siret)).body, { items: [], total: 0, use: 'none', mayEnter: true })
  const { status, body } = await enter(siret)
  assert.equal(status, 200, JSON.stringify(body))
  const { id, history, author, organisation, establishmentName: _, ...rest } = body
  assert.deepEqual(rest, {
    siret,
    ...said,
    source: 'entered',
    recordedAt: now.toISOString(),
    withdrawnAt: null,
    version: 1,
    allowed: ['correct', 'withdraw'],
  })
  assert.deepEqual([author.id, organisation.name], [nadia.id, 'Opérateur des Essais'])
  assert.deepEqual([history.length, history[0].change, history[0].reason], [1, 'entered', null])
  const seen = (await read(siret, claire)).body
  assert.deepEqual([seen.mayEnter, seen.items, seen.use], [false, [{ ...body, allowed: [] }], 'new'])
  const beside = await house.call(recruiter, 'GET', `/establishments/${siret}/recruitment/services`)
  assert.deepEqual([beside.status, beside.body.items[0].id], [200, id])
  const [entry, ...more] = await trail(id)
  assert.deepEqual([entry.action, entry.by, more.length], ['operator-service.entered', nadia.id, 0])
  const { words: _words, ...told } = said
  assert.deepEqual(entry.detail, { siret: Number(siret), version: 1, before: null, after: told })
})

test('REC-3: who may not enters, corrects and withdraws nothing, and who reads neither card there is refused it', async () => {
  const siret = shop()
  const { body: entered } = await enter(siret)
  for (const [who, code] of [
    [claire, 'operator-service/operator-only'],
    [watcher, 'access/no-grant'],
    [distant, 'access/outside-perimeter'],
    [recruiter, 'access/no-grant'],
    [campaigner, 'access/no-grant'],
  ] as const) {
    const { status, body } = await enter(siret, { ...said, kind: 'poei' }, who)
    assert.deepEqual([status, body.code], [403, code])
  }
  for (const change of [correct(entered.id, {}, 1, claire), withdraw(entered.id, 1, claire)])
    assert.equal((await change).body.code, 'operator-service/operator-only')
  for (const change of [correct(entered.id, {}, 1, distant), withdraw(entered.id, 1, distant)])
    assert.equal((await change).status, 404)
  assert.equal((await read(siret, distant)).body.code, 'access/outside-perimeter')
  assert.equal((await read(siret, recruiter)).body.code, 'access/no-grant')
  const card = (who: Person) => house.call(who, 'GET', `/establishments/${siret}/recruitment/services`)
  assert.equal((await card(claire)).body.code, 'access/no-grant')
  assert.equal((await card(campaigner)).status, 403)
  assert.equal((await enter(siretText(siretOf(99)))).body.code, 'establishment/unknown')
  assert.equal((await read(siretText(siretOf(99)))).status, 404)
  assert.equal((await trail(entered.id)).length, 1)
})

test('REC-3: what is malformed or impossible is refused in words, and writes nothing; the AFPR is entered nowhere', async () => {
  const siret = shop()
  for (const [over, code] of [
    [{ usedOn: '2027-01-16', endedOn: null }, 'operator-service/days'],
    [{ usedOn: '1999-12-31' }, 'operator-service/days'],
    [{ endedOn: '2026-03-01' }, 'operator-service/days'],
    [{ kind: 'afpr', usedOn: '2023-03-02' }, 'operator-service/past-label'],
    [{ kind: 'autre' }, 'request/malformed'],
    [{ result: 'embauche' }, 'request/malformed'],
    [{ words: 'x'.repeat(201) }, 'request/malformed'],
    [{ usedOn: 'hier' }, 'request/malformed'],
  ] as const)
    assert.equal((await enter(siret, { ...said, ...over })).body.code, code, JSON.stringify(over))
  assert.deepEqual((await read(siret)).body.items, [])
  assert.equal((await enter(siret, { ...said, usedOn: today, endedOn: null })).status, 200, 'today, in Paris')
})

test('REC-3: of two who enter the same at once one is kept; another day or service is; the same request twice enters once', async () => {
  const siret = shop()
  const answers = await Promise.all([enter(siret), enter(siret, said, omar)])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
  assert.equal(answers.find(({ status }) => status === 409)!.body.code, 'operator-service/already')
  assert.equal((await enter(siret, said, omar)).body.code, 'operator-service/already')
  assert.equal((await enter(siret, { ...said, usedOn: '2026-03-03' })).status, 200)
  const twice = once()
  const poei = { ...said, kind: 'poei' }
  for (const _ of [1, 2]) assert.equal((await house.call(nadia, 'POST', at(siret), poei, twice)).status, 200)
  assert.equal((await read(siret)).body.items.length, 3)
})

test('REC-3, EST-8: corrected for a reason, by any of the operator’s advisors there; the former value stays with its author', async () => {
  const siret = shop()
  const { body: entered } = await enter(siret)
  const { status, body } = await correct(
    entered.id,
    { usedOn: '2026-03-04', result: 'sans-suite', words: null },
    1,
    omar,
  )
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual([body.usedOn, body.result, body.words, body.version], ['2026-03-04', 'sans-suite', null, 2])
  assert.deepEqual(
    body.history.map((one: any) => [
      one.change,
      one.siret,
      one.usedOn,
      one.result,
      one.words,
      one.reason,
      one.author.id,
    ]),
    [
      ['corrected', siret, '2026-03-04', 'sans-suite', null, 'Mauvais jour', omar.id],
      ['entered', siret, '2026-03-02', 'abouti', 'Deux postes pourvus', null, nadia.id],
    ],
  )
  assert.equal((await correct(entered.id, { reason: undefined }, 2)).body.code, 'request/malformed')
  assert.equal(
    (await correct(entered.id, { kind: 'afpr', usedOn: '2023-01-02' }, 2)).body.code,
    'operator-service/past-label',
  )
  await enter(siret, { ...said, kind: 'poei' })
  assert.equal((await correct(entered.id, { kind: 'poei' }, 2)).body.code, 'operator-service/already')
  const entry = (await trail(entered.id)).at(-1)!
  assert.deepEqual([entry.action, entry.by, entry.detail.version], ['operator-service.corrected', omar.id, 2])
})

test('REC-3: two who change it at once, or who read an older version: one changes it, the other reads what changed', async () => {
  const { body: entered } = await enter(shop())
  const answers = await Promise.all([correct(entered.id, { result: 'en-cours' }, 1), withdraw(entered.id, 1, omar)])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 412])
  const late = answers.find(({ status }) => status === 412)!.body
  assert.deepEqual([late.code, late.current.version], ['request/changed-meanwhile', 2])
  assert.equal((await trail(entered.id)).length, 2)
})

test('REC-3: noted by mistake, it is withdrawn for a reason, stays readable, counts no more and gives its place', async () => {
  const siret = shop()
  const { body: entered } = await enter(siret)
  assert.equal(
    (await house.call(nadia, 'PUT', `/services/${entered.id}/withdrawal`, {}, { 'if-match': '"1"' })).status,
    400,
  )
  const { body } = await withdraw(entered.id, 1)
  assert.deepEqual([body.withdrawnAt, body.allowed, body.history[0].reason], [now.toISOString(), [], 'Autre employeur'])
  assert.equal((await correct(entered.id, {}, 2)).body.code, 'operator-service/withdrawn')
  assert.equal((await withdraw(entered.id, 2)).body.code, 'operator-service/withdrawn')
  const { items, use } = (await read(siret, claire)).body
  assert.deepEqual([items.length, use], [1, 'none'])
  assert.equal((await enter(siret)).status, 200)
  assert.equal((await trail(entered.id)).at(-1)!.action, 'operator-service.withdrawn')
})

test('REC-3: loyalty and new use are told from what counts as used over twenty-four months', async () => {
  const use = async (...seeds: Partial<Parameters<typeof aService>[0]>[]) => {
    const siret = shop()
    await insertServices(
      house.owner,
      seeds.map(seed => aService({ siret: Number(siret), ...seed })),
    )
    return (await read(siret, claire)).body.use
  }
  assert.equal(await use({ usedOn: '2026-06-01' }, { usedOn: '2025-06-01' }), 'faithful')
  assert.equal(await use({ usedOn: '2026-06-01' }, { usedOn: '2025-06-01', result: 'annule' }), 'new')
  assert.equal(
    await use({ usedOn: '2025-06-01' }, { usedOn: '2026-06-01', withdrawnAt: '2026-07-01T08:00:00Z' }),
    'lost',
  )
  assert.equal(await use({ usedOn: '2024-06-01' }), 'none')
})

test('EST-8, REC-3: the history tells services among the rest, alone by kind, by who entered them and by period; kept from who reads no card', async () => {
  const siret = shop()
  const { body: entered } = await enter(siret)
  const brought = aService({ siret: Number(siret), usedOn: '2026-01-05' })
  await insertServices(house.owner, [brought])
  const history = async (query: string, who = claire) =>
    (await house.call(who, 'GET', `/establishments/${siret}/history?total=true${query}`)).body
  const ids = async (query: string) => {
    const { items, total } = await history(query)
    assert.equal(total, items.length)
    return items.map((line: any) => line.service.id)
  }
  assert.deepEqual(await ids(''), [entered.id, brought.id])
  assert.deepEqual(await ids('&kind=service'), [entered.id, brought.id])
  assert.deepEqual(await ids('&kind=note'), [])
  assert.deepEqual(await ids(`&author=${nadia.id}`), [entered.id])
  assert.deepEqual(await ids(`&organisation=${nadia.organisationId}&to=2026-03-01`), [])
  assert.deepEqual(await ids('&from=2026-02-01'), [entered.id])
  assert.ok((await ids('&company=true')).length > 5, 'those of the other establishments too')
  assert.deepEqual(await ids('&channel=telephone'), [])
  const { items, next: after } = await history('&limit=1')
  assert.deepEqual([items.length, items[0].service.words], [1, 'Deux postes pourvus'])
  assert.equal((await history(`&limit=1&after=${encodeURIComponent(after)}`)).items[0].service.id, brought.id)
  assert.deepEqual((await history('', distant)).items, [])
  const choices = (await house.call(claire, 'GET', `/establishments/${siret}/history/choices`)).body
  assert.deepEqual(
    [choices.organisations.map((one: any) => one.name), choices.authors.map((one: any) => one.id)],
    [['Opérateur des Essais'], [nadia.id]],
  )
})

test('REC-3: of more than two hundred, both cards list the last two hundred and say how many there are', async () => {
  const siret = shop()
  const days = Array.from({ length: 202 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10))
  await insertServices(
    house.owner,
    days.map(usedOn => aService({ siret: Number(siret), usedOn })),
  )
  for (const [who, path] of [
    [claire, at(siret)],
    [recruiter, `/establishments/${siret}/recruitment/services`],
  ] as const) {
    const { items, total } = (await house.call(who, 'GET', path)).body
    assert.deepEqual([items.length, total], [200, 202])
    assert.deepEqual([items[0].usedOn, items.at(-1).usedOn], [days.at(-1), days[2]])
  }
  const { items, total } = (await read(shop(), claire)).body
  assert.deepEqual([items, total], [[], 0])
})
