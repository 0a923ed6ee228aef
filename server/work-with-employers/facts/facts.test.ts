import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { factNames } from '../../../contract/work-with-employers/facts.ts'
import { siretText } from '../../platform/siret.ts'
import { establishments } from '../../territory-and-register/establishments/index.ts'
import type { House, Person } from '../../testing/house.ts'
import { insertEstablishments, openEmployers, places, siretOf } from '../campaigns/testing-world.ts'
import { facts } from './index.ts'

// Past midnight in Paris, still the 14th in UTC.
let now = new Date('2027-01-14T23:30:00Z')
const today = '2027-01-15'
let house: House
let shop: () => string
let claire: Person // advises in Gironde
let karim: Person // advises there, in another organisation
let reader: Person // reads the card
let campaigner: Person // advises on campaigns, without the card
let stranger: Person // advises in Landes

before(async () => {
  const { cc, mission, person, ...world } = await openEmployers([...facts, ...establishments], {
    clock: () => now,
    shops: 20,
  })
  house = world.house
  shop = world.shop
  claire = await person(cc.id, 'conseiller')
  karim = await person(mission.id, 'conseiller')
  reader = await person(mission.id, 'consultation')
  campaigner = await house.person(mission.id, [{ profile: 'conseiller', territoryId: places.gironde }])
  stranger = await person(cc.id, 'conseiller', places.landes)
})
after(() => house.close())

const at = (siret: string) => `/establishments/${siret}/facts`
const read = (siret: string, who = claire) => house.call(who, 'GET', at(siret))
const fact = async (siret: string, field: string, who = claire) =>
  (await read(siret, who)).body.items.find((one: any) => one.field === field)
const put = (siret: string, path: string, body: object | undefined, version: number, who = claire) =>
  house.call(who, 'PUT', `${at(siret)}/${path}`, body, { 'if-match': `"${version}"` })
const note = (siret: string, field: string, value: string | null, version: number, who = claire) =>
  put(siret, field, { value }, version, who)
const confirm = (siret: string, field: string, version: number, who = claire) =>
  put(siret, `${field}/confirmation`, undefined, version, who)
const history = async (siret: string, field: string, who = claire) =>
  (await house.call(who, 'GET', `${at(siret)}/${field}/history`)).body.said
const values = (one: any) => one.said.map(({ value }: any) => value)
const trail = async (siret: string) =>
  (
    await house.owner.query(
      `select e.action, e.actor_id as by, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.subject_kind = 'establishment' and e.subject_id = $1 and e.action like 'fact.%' order by e.at, e.id`,
      [siret],
    )
  ).rows

test('EST-6: a field says its value with its source, author, structure, and when it was observed and noted; the register stays as it is', async () => {
  const siret = shop()
  const empty = (await read(siret)).body.items
  assert.deepEqual(
    empty.map((one: any) => [one.field, one.said, one.version, one.toConfirm, one.allowed]),
    factNames.map(field => [field, [], 0, false, ['note']]),
  )
  const before = (await house.call(claire, 'GET', `/establishments/${siret}`)).body
  const body = { value: '34', source: 'personne-concernee', observedOn: '2027-01-10' }
  const noted = await put(siret, 'headcount', body, 0)
  assert.equal(noted.status, 200, JSON.stringify(noted.body))
  const [{ id, ...said }] = noted.body.said
  assert.deepEqual(said, {
    value: '34',
    source: 'personne-concernee',
    organisationName: 'CC des Essais',
    author: { id: claire.id, name: claire.name, organisationId: claire.organisationId },
    observedOn: '2027-01-10',
    recordedAt: now.toISOString(),
    confirmed: null,
    proposed: false,
  })
  assert.deepEqual([noted.body.version, noted.body.allowed], [1, ['note', 'confirm']])
  assert.deepEqual(await fact(siret, 'headcount', reader), { ...noted.body, allowed: [] })
  assert.deepEqual((await house.call(claire, 'GET', `/establishments/${siret}`)).body, before)
  assert.deepEqual(
    (await trail(siret)).map(({ action, by, detail }) => [action, by, detail]),
    [['fact.noted', claire.id, { field: 'headcount', version: 0, added: [id], confirmed: [], replaced: [] }]],
  )
})

test('EST-6: who does not keep the card there notes nothing, and who does not read it there is refused it', async () => {
  const siret = shop()
  for (const [who, code] of [
    [reader, 'access/no-grant'],
    [stranger, 'access/outside-perimeter'],
  ] as const)
    for (const answer of [
      await note(siret, 'sign', 'Essai', 0, who),
      await confirm(siret, 'sign', 0, who),
      await put(siret, 'sign/choice', { valueId: claire.id }, 0, who),
      await put(siret, 'sign/set-aside', { valueId: claire.id }, 0, who),
    ])
      assert.deepEqual([answer.status, answer.body.code], [403, code])
  assert.equal((await note(siret, 'sign', 'Essai', 0, campaigner)).status, 403)
  assert.equal((await read(siret, stranger)).body.code, 'access/outside-perimeter')
  assert.equal((await house.call(stranger, 'GET', `${at(siret)}/sign/history`)).status, 404)
  assert.equal((await note(siretText(siretOf(99)), 'sign', 'Essai', 0)).body.code, 'establishment/unknown')
  assert.deepEqual(await trail(siret), [])
})

test('EST-6: what is malformed or impossible is refused in words, and writes nothing', async () => {
  const siret = shop()
  for (const [field, body, code] of [
    ['headcount', { value: 'beaucoup' }, 'fact/count-unreadable'],
    ['switchboard', { value: 'poste 12' }, 'fact/phone-unreadable'],
    ['website', { value: 'notre page' }, 'fact/link-unreadable'],
    ['sign', { value: 'x'.repeat(121) }, 'fact/line-too-long'],
    ['sign', { value: 'Essai', observedOn: '2027-01-16' }, 'fact/observed-in-future'],
    ['sign', { value: null }, 'fact/nothing-said'],
    ['sign', { value: '  ' }, 'request/malformed'],
    ['colour', { value: 'Bleu' }, 'request/malformed'],
  ] as const)
    assert.equal((await put(siret, field, body, 0)).body.code, code, `${field} ${JSON.stringify(body)}`)
  assert.equal((await confirm(siret, 'sign', 0)).body.code, 'fact/nothing-said')
  assert.equal((await house.call(claire, 'PUT', `${at(siret)}/sign`, { value: 'Essai' })).status, 428)
  assert.deepEqual(await trail(siret), [])
})

test('EST-6: two partners who differ are side by side; one value is chosen, the other kept in the history; neither is confirmed in one press before', async () => {
  const siret = shop()
  await note(siret, 'sign', 'La Charpenterie', 0)
  const both = (await note(siret, 'sign', 'Garonne Bois', 1, karim)).body
  assert.deepEqual(
    [values(both), both.allowed],
    [
      ['Garonne Bois', 'La Charpenterie'],
      ['note', 'choose'],
    ],
  )
  assert.equal((await confirm(siret, 'sign', 2)).body.code, 'fact/differ')
  const chosen = (await put(siret, 'sign/choice', { valueId: both.said[1].id }, 2, karim)).body
  assert.deepEqual(
    chosen.said.map((one: any) => [one.value, one.confirmed]),
    [['La Charpenterie', { at: now.toISOString(), organisationName: 'Mission locale des Essais' }]],
  )
  assert.deepEqual(
    (await history(siret, 'sign', reader)).map((one: any) => [one.value, one.replacedAt]),
    [
      ['Garonne Bois', now.toISOString()],
      ['La Charpenterie', null],
    ],
  )
  const late = await put(siret, 'sign/choice', { valueId: both.said[0].id }, chosen.version)
  assert.equal(late.body.code, 'fact/value-replaced')
  const [, , entry] = await trail(siret)
  assert.deepEqual(
    [entry.action, entry.detail.chosen, entry.detail.replaced],
    ['fact.chosen', both.said[1].id, [both.said[0].id]],
  )
})

test('EST-6: what an advisor knew before the employer said otherwise is proposed: set aside or accepted in one press; what is fresher stands beside', async () => {
  const flags = (one: any) => one.said.map(({ value, proposed }: any) => [value, proposed])
  const headcountOf = async (observedOn: string) => {
    const siret = shop()
    await put(siret, 'headcount', { value: '34', source: 'personne-concernee', observedOn: '2027-01-10' }, 0)
    const { body } = await put(siret, 'headcount', { value: '30', observedOn }, 1, karim)
    return { siret, body, of: (value: string) => body.said.find((one: any) => one.value === value).id }
  }
  const { siret, body, of } = await headcountOf('2026-11-02')
  assert.deepEqual(
    [flags(body), body.allowed],
    [
      [
        ['30', true],
        ['34', false],
      ],
      ['note', 'choose', 'confirm'],
    ],
  )
  const confirmed = (await confirm(siret, 'headcount', 2, karim)).body
  assert.deepEqual(
    confirmed.said.map((one: any) => [one.value, one.confirmed !== null]),
    [
      ['30', false],
      ['34', true],
    ],
  )
  const aside = (valueId: string, version: number, who = claire) =>
    put(siret, 'headcount/set-aside', { valueId }, version, who)
  assert.equal((await aside(of('34'), 3)).body.code, 'fact/not-proposed')
  assert.equal((await aside(claire.id, 3)).body.code, 'fact/value-replaced')
  assert.equal((await aside('x', 3)).body.code, 'request/malformed')
  assert.equal((await trail(siret)).length, 3)
  const answers = await Promise.all([aside(of('30'), 3), aside(of('30'), 3, karim)])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 412])
  const left = answers.find(({ status }) => status === 200)!.body
  assert.deepEqual([flags(left), left.said[0].confirmed], [[['34', false]], confirmed.said[1].confirmed])
  assert.equal((await aside(of('30'), left.version)).body.code, 'fact/value-replaced')
  assert.deepEqual(
    (await history(siret, 'headcount', reader)).map((one: any) => [one.value, one.replacedAt !== null]),
    [
      ['30', true],
      ['34', false],
    ],
  )
  const { action, detail } = (await trail(siret)).at(-1)!
  assert.deepEqual([action, detail], ['fact.set-aside', { field: 'headcount', version: 3, replaced: [of('30')] }])
  const second = await headcountOf('2026-11-02')
  const accepted = await put(second.siret, 'headcount/choice', { valueId: second.of('30') }, 2)
  assert.deepEqual(flags(accepted.body), [['30', false]])
  const fresher = await headcountOf(today)
  assert.deepEqual(flags(fresher.body).flat().includes(true), false)
  assert.equal((await confirm(fresher.siret, 'headcount', 2)).body.code, 'fact/differ')
})

test('EST-6: one’s own structure’s value is replaced and kept; the same value confirms another’s; emptied, nothing stands', async () => {
  const siret = shop()
  await note(siret, 'website', 'garonne.example', 0)
  const replaced = (await note(siret, 'website', 'garonne-bois.example', 1)).body
  assert.deepEqual([values(replaced), replaced.version], [['https://garonne-bois.example'], 3])
  const same = (await note(siret, 'website', 'www.autre.example', 3, karim)).body
  assert.equal(same.said.length, 2)
  const agreed = (await note(siret, 'website', 'https://garonne-bois.example/', same.version, karim)).body
  assert.deepEqual(
    agreed.said.map((one: any) => [one.value, one.organisationName, one.confirmed?.organisationName]),
    [['https://garonne-bois.example', 'CC des Essais', 'Mission locale des Essais']],
  )
  const emptied = (await note(siret, 'website', null, agreed.version)).body
  assert.deepEqual([emptied.said, emptied.allowed], [[], ['note']])
  assert.equal((await history(siret, 'website')).length, 3)
  assert.equal((await trail(siret)).at(-1)!.action, 'fact.emptied')
})

test('EST-6: « toujours juste » in one press: what is old asks, and asks no more once confirmed', async () => {
  const siret = shop()
  await note(siret, 'headcount', '34', 0)
  assert.equal((await fact(siret, 'headcount')).toConfirm, false)
  now = new Date(now.getTime() + 181 * 86_400_000)
  const old = await fact(siret, 'headcount')
  assert.equal(old.toConfirm, true)
  const confirmed = (await confirm(siret, 'headcount', old.version, karim)).body
  assert.deepEqual([confirmed.toConfirm, values(confirmed), confirmed.version], [false, ['34'], 2])
  assert.equal(confirmed.said[0].observedOn, today, 'what was observed stays so')
  assert.equal((await trail(siret)).at(-1)!.action, 'fact.confirmed')
})

test('EST-6: two who write of a field at once, of its first value too: one is written, the other reads what changed; another field is another matter', async () => {
  const siret = shop()
  const answers = await Promise.all([
    note(siret, 'sign', 'De Claire', 0),
    note(siret, 'sign', 'De Karim', 0, karim),
    note(siret, 'transport', 'Ligne 4, arrêt Mairie', 0, karim),
  ])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 200, 412])
  const late = answers.find(({ status }) => status === 412)!.body
  assert.deepEqual([late.code, late.current.version, late.current.said.length], ['request/changed-meanwhile', 1, 1])
  assert.equal((await trail(siret)).length, 2)
})

test('EST-6, EST-1, TER-1: facts keep a provisional card, and follow their establishment when the register or the communes move it', async () => {
  const line = [places.aquitaine, places.gironde, places.graves, places.coeur]
  const [typed, moved] = [siretOf(60), Number(shop())]
  await house.owner.query(
    `insert into provisional_establishments (siret, name, commune_code, region_id, departement_id, epci_id, clpe_id,
      organisation_id, author_id, created_at) values ($1, 'Fournil', '33001', $2, $3, $4, $5, $6, $7, now())`,
    [typed, ...line, claire.organisationId, claire.id],
  )
  for (const siret of [typed, moved]) assert.equal((await note(siretText(siret), 'sign', 'Le Four', 0)).status, 200)
  const keeper = await house.person(claire.organisationId, [
    { profile: 'responsable', territoryId: places.aquitaine },
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: places.aquitaine },
  ])
  await house.owner.query('update provisional_establishments set author_id = $1', [keeper.id])
  const withdrawn = await house.call(keeper, 'POST', `/establishments/${siretText(typed)}/provisional/withdraw`)
  assert.equal(withdrawn.body.code, 'establishment/provisional-in-use')
  await insertEstablishments(house.owner, [{ siret: typed, commune: '40001' }])
  await house.owner.query('select settle_provisional()')
  await house.owner.query('update establishments set departement_id = $2 where siret = $1', [moved, places.landes])
  await house.owner.query('select move_territories()')
  const { rows } = await house.owner.query(
    'select distinct departement_id from establishment_facts where siret in ($1, $2)',
    [typed, moved],
  )
  assert.deepEqual(rows, [{ departement_id: places.landes }])
})
