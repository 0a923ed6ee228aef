import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { type House, once, type Person } from '../../testing/house.ts'
import { openEmployers, places, siretOf } from '../campaigns/testing-world.ts'
import { commitments } from './index.ts'
import { kindNamed } from './testing.ts'

// Past midnight in Paris, still the 14th in UTC.
const now = new Date('2027-01-14T23:30:00Z')
const today = '2027-01-15'
const evidence = 'https://charte-diversite.example/signataires'

let house: House
let shop: () => string
let claire: Person // advises in Gironde
let karim: Person // advises there, in another organisation
let reader: Person // reads the card
let campaigner: Person // advises on campaigns, without the card
let stranger: Person // advises in Landes
let charter: string
let clause: string

before(async () => {
  const { cc, mission, person, ...world } = await openEmployers(commitments, { clock: () => now, shops: 20 })
  house = world.house
  shop = world.shop
  claire = await person(cc.id, 'conseiller')
  karim = await person(mission.id, 'conseiller')
  reader = await person(mission.id, 'consultation')
  campaigner = await house.person(mission.id, [{ profile: 'conseiller', territoryId: places.gironde }])
  stranger = await person(cc.id, 'conseiller', places.landes)
  charter = await kindNamed(house.owner, 'Charte de la diversité')
  clause = await kindNamed(house.owner, 'Clause sociale d’insertion')
})
after(() => house.close())

const at = (siret: string) => `/establishments/${siret}/commitments`
const said = () => ({ kindId: charter, since: '2026-03-01', evidence })
const read = (siret: string, who = claire) => house.call(who, 'GET', at(siret))
const note = (siret: string, body: object = said(), who = claire) => house.call(who, 'POST', at(siret), body)
const change = (id: string, act: '' | '/ending' | '/withdrawal', body: object, version: number, who = claire) =>
  house.call(who, 'PUT', `/commitments/${id}${act}`, body, { 'if-match': `"${version}"` })
const trail = async (id: string) =>
  (
    await house.owner.query(
      `select e.action, e.actor_id as by, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.subject_kind = 'commitment' and e.subject_id = $1 order by e.at, e.id`,
      [id],
    )
  ).rows

test('EST-9: a commitment is noted with its kind, dates and evidence, by whom and for which organisation; whoever reads the card reads it', async () => {
  const siret = shop()
  assert.deepEqual((await read(siret)).body, { items: [], mayNote: true })
  const { status, body } = await note(siret, { ...said(), until: '2028-12-31' })
  assert.equal(status, 200, JSON.stringify(body))
  const { id, organisation, author, history, kind, ...rest } = body
  assert.deepEqual(kind, { id: charter, family: 'charte', label: 'Charte de la diversité', retired: false })
  assert.deepEqual(rest, {
    siret,
    since: '2026-03-01',
    until: '2028-12-31',
    evidence,
    state: 'current',
    notedAt: now.toISOString(),
    version: 1,
    allowed: ['correct', 'end', 'withdraw'],
  })
  assert.deepEqual(
    [organisation.name, author],
    ['CC des Essais', { id: claire.id, name: claire.name, organisationId: claire.organisationId }],
  )
  assert.deepEqual([history.length, history[0].change, history[0].kindLabel], [1, 'noted', 'Charte de la diversité'])
  const seen = (await read(siret, reader)).body
  assert.deepEqual([seen.mayNote, seen.items], [false, [{ ...body, allowed: [] }]])
  const [entry, ...more] = await trail(id)
  assert.deepEqual([entry.action, entry.by, more.length], ['commitment.noted', claire.id, 0])
  assert.deepEqual(entry.detail, {
    siret: Number(siret),
    version: 1,
    before: null,
    after: { kindId: charter, since: '2026-03-01', until: '2028-12-31' },
  })
})

test('EST-9: who may not record there notes nothing, and who does not read the card there is refused it', async () => {
  const siret = shop()
  for (const [who, code] of [
    [reader, 'access/no-grant'],
    [campaigner, 'access/outside-perimeter'],
    [stranger, 'access/outside-perimeter'],
  ] as const) {
    const { status, body } = await note(siret, said(), who)
    assert.deepEqual([status, body.code], [403, code])
  }
  assert.equal((await read(siret, stranger)).body.code, 'access/outside-perimeter')
  assert.equal((await read(siretText(siretOf(99)))).status, 404)
  assert.equal((await note(siretText(siretOf(99)))).body.code, 'establishment/unknown')
  const { body: noted } = await note(siret)
  for (const [act, body] of [
    ['', said()],
    ['/ending', { until: today, reason: 'Essai' }],
    ['/withdrawal', { reason: 'Essai' }],
  ] as const)
    for (const [who, code] of [
      [reader, 'access/no-grant'],
      [stranger, 'not-found'],
    ] as const)
      assert.equal((await change(noted.id, act, body, 1, who)).body.code, code, act)
  assert.equal((await trail(noted.id)).length, 1)
})

test('EST-9: what is malformed or impossible is refused in words, and writes nothing', async () => {
  const siret = shop()
  for (const [over, code] of [
    [{ since: '2027-01-16' }, 'commitment/since-in-future'],
    [{ until: '2026-02-28' }, 'commitment/until-before-since'],
    [{ kindId: claire.id }, 'commitment/kind-unknown'],
    [{ evidence: '   ' }, 'request/malformed'],
    [{ evidence: 'x'.repeat(501) }, 'request/malformed'],
  ] as const)
    assert.equal((await note(siret, { ...said(), ...over })).body.code, code)
  assert.deepEqual((await read(siret)).body.items, [])
})

test('EST-9: of two who note the same at once one is kept, another kind and other days are; the same request twice notes once', async () => {
  const siret = shop()
  const answers = await Promise.all([note(siret), note(siret, { ...said(), since: '2026-05-01' }, karim)])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
  assert.equal(answers.find(({ status }) => status === 409)!.body.code, 'commitment/already')
  assert.equal((await note(siret, { ...said(), kindId: clause })).status, 200)
  assert.equal((await note(siret, { ...said(), since: '2020-01-01', until: '2021-01-01' })).status, 200)
  const [key, other] = [once(), shop()]
  const twice = [
    await house.call(claire, 'POST', at(other), said(), key),
    await house.call(claire, 'POST', at(other), said(), key),
  ]
  assert.deepEqual([twice[0]!.status, twice[1]!.body], [200, twice[0]!.body])
  assert.equal((await trail(twice[0]!.body.id)).length, 1)
})

test('EST-9: whoever records there corrects it; each version stays, with its author and organisation', async () => {
  const siret = shop()
  const { body: noted } = await note(siret)
  const corrected = await change(
    noted.id,
    '',
    { kindId: clause, since: '2026-04-01', until: '2027-06-30', evidence: 'Marché public lot 3' },
    1,
    karim,
  )
  assert.equal(corrected.status, 200, JSON.stringify(corrected.body))
  const { history, ...rest } = corrected.body
  assert.deepEqual(
    [rest.kind.label, rest.since, rest.until, rest.evidence, rest.version, rest.author.id],
    ['Clause sociale d’insertion', '2026-04-01', '2027-06-30', 'Marché public lot 3', 2, claire.id],
  )
  assert.deepEqual(
    history.map((v: any) => [v.version, v.change, v.kindLabel, v.since, v.evidence, v.author.id, v.organisation.name]),
    [
      [
        2,
        'corrected',
        'Clause sociale d’insertion',
        '2026-04-01',
        'Marché public lot 3',
        karim.id,
        'Mission locale des Essais',
      ],
      [1, 'noted', 'Charte de la diversité', '2026-03-01', evidence, claire.id, 'CC des Essais'],
    ],
  )
  const [, entry] = await trail(noted.id)
  assert.deepEqual([entry.action, entry.by, entry.detail.version], ['commitment.corrected', karim.id, 2])
  assert.deepEqual(entry.detail.before, { kindId: charter, since: '2026-03-01', until: null })
  assert.ok(!JSON.stringify(entry.detail).includes('Marché'), 'the words are in the history alone')
})

test('EST-9: two who change it at once, or who read an older version: one changes it, the other reads what changed', async () => {
  const { body: noted } = await note(shop())
  const asked = [
    change(noted.id, '', { ...said(), evidence: 'De Claire' }, 1),
    change(noted.id, '/ending', { until: today, reason: 'De Karim' }, 1, karim),
  ]
  const answers = await Promise.all(asked)
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 412])
  const late = answers.find(({ status }) => status === 412)!.body
  assert.deepEqual([late.code, late.current.version], ['request/changed-meanwhile', 2])
  assert.equal((await trail(noted.id)).length, 2)
  assert.equal((await house.call(claire, 'PUT', `/commitments/${noted.id}`, said())).status, 428)
})

test('EST-9: it is ended at a day and for a reason, then is past; its dates may still be corrected', async () => {
  const siret = shop()
  const { body: noted } = await note(siret)
  const end = (until: string, version: number) =>
    change(noted.id, '/ending', { until, reason: 'Charte quittée' }, version)
  for (const day of ['2026-02-28', '2027-01-16']) assert.equal((await end(day, 1)).body.code, 'commitment/end-outside')
  const ended = (await end('2026-12-31', 1)).body
  assert.deepEqual([ended.state, ended.until, ended.allowed], ['over', '2026-12-31', ['correct', 'withdraw']])
  assert.deepEqual([ended.history[0].change, ended.history[0].reason], ['ended', 'Charte quittée'])
  assert.equal((await end('2026-12-30', 2)).body.code, 'commitment/over')
  assert.equal((await note(siret, { ...said(), since: '2026-12-31' })).body.code, 'commitment/already')
  const again = (await note(siret, { ...said(), since: '2027-01-01' })).body
  assert.equal(again.state, 'current')
  const overlaps = await change(noted.id, '', { ...said(), until: null }, 2)
  assert.deepEqual([overlaps.status, overlaps.body.code], [409, 'commitment/already'])
  assert.deepEqual(
    (await read(siret)).body.items.map((one: any) => one.state),
    ['current', 'over'],
  )
  assert.deepEqual(
    (await trail(noted.id)).map(({ action }) => action),
    ['commitment.noted', 'commitment.ended'],
  )
})

test('EST-9: noted by mistake, it is withdrawn for a reason, stays in the history, and gives its place', async () => {
  const siret = shop()
  const { body: noted } = await note(siret)
  const withdrawn = (await change(noted.id, '/withdrawal', { reason: 'Autre employeur' }, 1, karim)).body
  assert.deepEqual(
    [withdrawn.state, withdrawn.allowed, withdrawn.history[0].reason],
    ['withdrawn', [], 'Autre employeur'],
  )
  for (const [act, body] of [
    ['', said()],
    ['/ending', { until: today, reason: 'Essai' }],
    ['/withdrawal', { reason: 'Essai' }],
  ] as const)
    assert.equal((await change(noted.id, act, body, 2)).body.code, 'commitment/withdrawn')
  assert.equal((await note(siret)).status, 200)
  assert.deepEqual(
    (await read(siret)).body.items.map((one: any) => one.state),
    ['current', 'withdrawn'],
  )
})
