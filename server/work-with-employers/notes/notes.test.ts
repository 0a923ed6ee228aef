import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { type House, once, type Person } from '../../testing/house.ts'
import { insertEstablishments, openEmployers, places, siretOf } from '../campaigns/testing-world.ts'
import { anExchange, insertExchange } from '../exchanges/testing.ts'
import { notes } from './index.ts'
import { aNote, insertNotes } from './testing.ts'

// Past midnight in Paris, still the 14th in UTC.
const now = new Date('2027-01-14T23:30:00Z')
const today = '2027-01-15'
const words = 'Le dépôt ouvre un second quai en mars.'
const secret = 'Le gérant cherche un repreneur.'

let house: House
let shop: () => string
let claire: Person // advises in Gironde
let julie: Person // advises there, in the same organisation
let lead: Person // leads there, in the same organisation
let karim: Person // advises there, in another organisation
let reader: Person // reads the card
let campaigner: Person // advises on campaigns, without the card
let stranger: Person // advises in Landes

before(async () => {
  const { cc, mission, person, ...world } = await openEmployers(notes, { clock: () => now, shops: 30 })
  house = world.house
  shop = world.shop
  claire = await person(cc.id, 'conseiller')
  julie = await person(cc.id, 'conseiller')
  lead = await person(cc.id, 'responsable')
  karim = await person(mission.id, 'conseiller')
  reader = await person(mission.id, 'consultation')
  campaigner = await house.person(mission.id, [{ profile: 'conseiller', territoryId: places.gironde }])
  stranger = await person(cc.id, 'conseiller', places.landes)
})
after(() => house.close())

const add = (siret: string, body: object = { notes: words }, who = claire, headers = {}) =>
  house.call(who, 'POST', `/establishments/${siret}/notes`, body, headers)
const history = async (siret: string, who = claire, query = '') =>
  (await house.call(who, 'GET', `/establishments/${siret}/history${query}`)).body
const notesOf = async (siret: string, who = claire, query = '') =>
  (await history(siret, who, query)).items.map((line: any) => line.note?.notes ?? null)
const correct = (id: string, body: object, version: number, who = claire) =>
  house.call(who, 'PUT', `/notes/${id}`, body, { 'if-match': `"${version}"` })
const withdraw = (id: string, version: number, who = claire) =>
  house.call(who, 'PUT', `/notes/${id}/withdrawal`, { reason: 'Autre employeur' }, { 'if-match': `"${version}"` })
const versions = (id: string, who = claire) => house.call(who, 'GET', `/notes/${id}/versions`)
const trail = async (id: string) =>
  (
    await house.owner.query(
      `select e.action, e.actor_id as by, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.subject_kind = 'note' and e.subject_id = $1 and e.action like 'note.%' order by e.at, e.id`,
      [id],
    )
  ).rows

test('EST-11: a note that is no exchange is for the whole network, unless said; it stands in the history with its author', async () => {
  const siret = shop()
  const { status, body } = await add(siret)
  assert.equal(status, 200, JSON.stringify(body))
  const { id, organisation, establishmentName: _, ...rest } = body
  assert.deepEqual(rest, {
    siret,
    notes: words,
    visibility: 'reseau',
    author: { id: claire.id, name: claire.name, organisationId: claire.organisationId },
    notedOn: today,
    notedAt: now.toISOString(),
    correctedAt: null,
    withdrawnAt: null,
    version: 1,
    allowed: ['correct', 'withdraw'],
  })
  assert.equal(organisation.name, 'CC des Essais')
  const seen = await history(siret, reader, '?total=true')
  assert.deepEqual(seen, {
    items: [
      { exchange: null, need: null, service: null, campaign: null, referent: null, note: { ...body, allowed: [] } },
    ],
    next: null,
    total: 1,
  })
  const [entry, ...more] = await trail(id)
  assert.deepEqual([entry.action, entry.by, more.length], ['note.noted', claire.id, 0])
  const { sha256, ...detail } = entry.detail
  assert.match(sha256, /^[0-9a-f]{64}$/)
  assert.deepEqual(detail, {
    siret: Number(siret),
    version: 1,
    before: null,
    after: { visibility: 'reseau', characters: words.length },
  })
})

test('EST-11: kept to one’s organisation, the others see nothing of a note, not that it is there; the trail says no word of it', async () => {
  const siret = shop()
  const { body } = await add(siret, { notes: secret, visibility: 'organisation' })
  assert.deepEqual(await notesOf(siret, julie), [secret])
  for (const who of [karim, reader])
    assert.deepEqual(await history(siret, who, '?total=true'), { items: [], next: null, total: 0 })
  assert.equal((await versions(body.id, karim)).status, 404)
  assert.equal((await correct(body.id, { notes: 'Essai' }, 1, karim)).status, 404)
  assert.ok(!JSON.stringify(await trail(body.id)).includes('repreneur'))
})

test('EST-11: who may not record there adds no note; who does not read the card there reads none', async () => {
  const siret = shop()
  for (const [who, code] of [
    [reader, 'access/no-grant'],
    [campaigner, 'access/outside-perimeter'],
    [stranger, 'access/outside-perimeter'],
  ] as const) {
    const { status, body } = await add(siret, { notes: words }, who)
    assert.deepEqual([status, body.code], [403, code])
  }
  assert.equal((await add(siretText(siretOf(99)))).body.code, 'establishment/unknown')
  for (const notes of ['', '   ', 'x'.repeat(4001)])
    assert.equal((await add(siret, { notes })).body.code, 'request/malformed')
  await add(siret)
  assert.deepEqual(await notesOf(siret, stranger), [])
  assert.equal((await house.call(campaigner, 'GET', `/establishments/${siret}/history`)).status, 403)
})

test('EST-11: its author corrects it, and who leads in their structure; nobody else; each version stays', async () => {
  const { body: noted } = await add(shop())
  for (const who of [julie, karim]) {
    const { status, body } = await correct(noted.id, { notes: 'Essai' }, 1, who)
    assert.deepEqual([status, body.code], [403, 'note/author-or-lead-only'])
    assert.equal((await withdraw(noted.id, 1, who)).body.code, 'note/author-or-lead-only')
  }
  assert.equal((await correct(noted.id, { notes: '  Un quai en mai. ' }, 1)).body.notes, 'Un quai en mai.')
  const again = (await correct(noted.id, { notes: 'Un quai en juin.' }, 2, lead)).body
  assert.deepEqual(
    [again.version, again.author.id, again.notedOn, again.correctedAt],
    [3, claire.id, today, now.toISOString()],
  )
  assert.deepEqual(
    (await versions(noted.id, karim)).body.items.map((v: any) => [v.version, v.change, v.notes, v.author.id]),
    [
      [3, 'corrected', 'Un quai en juin.', lead.id],
      [2, 'corrected', 'Un quai en mai.', claire.id],
      [1, 'noted', words, claire.id],
    ],
  )
  const entries = await trail(noted.id)
  assert.deepEqual(
    entries.map(({ action, by }) => [action, by]),
    [
      ['note.noted', claire.id],
      ['note.corrected', claire.id],
      ['note.corrected', lead.id],
    ],
  )
  assert.deepEqual(entries[1].detail.before, { visibility: 'reseau', characters: words.length })
})

test('EST-11: a correction that does not speak of the visibility keeps it; narrowed, its versions are narrowed, and a widening does not open them', async () => {
  const siret = shop()
  const { body: noted } = await add(siret, { notes: secret })
  const narrowed = (await correct(noted.id, { notes: secret, visibility: 'organisation' }, 1)).body
  assert.equal(narrowed.visibility, 'organisation')
  assert.equal((await correct(noted.id, { notes: 'Plus rien de secret.' }, 2)).body.visibility, 'organisation')
  assert.deepEqual(await notesOf(siret, karim), [])
  await correct(noted.id, { notes: 'Plus rien de secret.', visibility: 'reseau' }, 3)
  assert.deepEqual(await notesOf(siret, karim), ['Plus rien de secret.'])
  const read = async (who: Person) => (await versions(noted.id, who)).body.items.map((v: any) => v.version)
  assert.deepEqual([await read(karim), await read(julie)], [[4], [4, 3, 2, 1]])
})

test('EST-11: two who change it at once, or from an older version: one changes it, the other reads what changed', async () => {
  const { body: noted } = await add(shop())
  const answers = await Promise.all([
    correct(noted.id, { notes: 'De Claire' }, 1),
    correct(noted.id, { notes: 'De la responsable' }, 1, lead),
  ])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 412])
  const late = answers.find(({ status }) => status === 412)!.body
  assert.deepEqual([late.code, late.current.version], ['request/changed-meanwhile', 2])
  assert.equal((await house.call(claire, 'PUT', `/notes/${noted.id}`, { notes: words })).status, 428)
  const [key, siret] = [once(), shop()]
  const twice = [await add(siret, { notes: words }, claire, key), await add(siret, { notes: words }, claire, key)]
  assert.deepEqual(twice[1]!.body, twice[0]!.body)
  assert.equal((await notesOf(siret)).length, 1)
})

test('EST-11: withdrawn for a reason, a note stays readable and changes no more', async () => {
  const siret = shop()
  const { body: noted } = await add(siret)
  const withdrawn = (await withdraw(noted.id, 1)).body
  assert.deepEqual([withdrawn.withdrawnAt, withdrawn.notes, withdrawn.allowed], [now.toISOString(), words, []])
  assert.equal((await correct(noted.id, { notes: 'Essai' }, 2)).body.code, 'note/withdrawn')
  assert.equal((await withdraw(noted.id, 2)).body.code, 'note/withdrawn')
  assert.deepEqual(await notesOf(siret, karim), [words])
  const [last] = (await versions(noted.id)).body.items
  assert.deepEqual([last.change, last.reason], ['withdrawn', 'Autre employeur'])
  const [, entry] = await trail(noted.id)
  assert.deepEqual([entry.action, entry.detail.reason], ['note.withdrawn', 'Autre employeur'.length])
})

test('EST-8, EST-11: exchanges and notes stand on one line, page after page, and each kind alone; by structure and period too', async () => {
  const siret = shop()
  const seeds = Array.from({ length: 24 }, (_, i) => `2026-1${i % 2}-${String(1 + Math.floor(i / 3)).padStart(2, '0')}`)
  const expected: { day: string; id: string }[] = []
  for (const [i, day] of seeds.entries()) {
    const { id: authorId, organisationId } = i % 3 ? claire : karim
    const of = { siret: Number(siret), organisationId, authorId }
    const { id } =
      i % 2 === 0
        ? await insertExchange(house.owner, anExchange({ ...of, occurredOn: day }))
        : await (async () => {
            const note = aNote({ ...of, notedOn: day, visibility: i === 5 ? 'organisation' : 'reseau' })
            await insertNotes(house.owner, [note])
            return note
          })()
    expected.push({ day, id })
  }
  expected.sort((a, b) => (`${a.day} ${a.id}` < `${b.day} ${b.id}` ? 1 : -1))
  const read = async (query: string, who = claire) => {
    const found: string[] = []
    for (let after = ''; ; ) {
      const page = await history(siret, who, `?limit=5${query}${after}`)
      found.push(...page.items.map((line: any) => (line.exchange ?? line.note).id))
      if (!page.next) return found
      after = `&after=${page.next}`
    }
  }
  const ids = expected.map(({ id }) => id)
  assert.deepEqual(await read(''), ids)
  const [exchanges, alone] = [await read('&kind=exchange'), await read('&kind=note')]
  assert.deepEqual([exchanges.length, alone.length, new Set([...exchanges, ...alone]).size], [12, 12, 24])
  assert.equal((await read('', karim)).length, 23, 'the one that Claire’s structure keeps is not there')
  for (const [query, count] of [
    ['&total=true', 24],
    ['&total=true&kind=note', 12],
    ['&total=true&kind=exchange', 12],
    [`&total=true&organisation=${karim.organisationId}`, 8],
    ['&total=true&from=2026-11-01', 12],
  ] as const)
    assert.deepEqual(
      [(await history(siret, claire, `?${query.slice(1)}`)).total, (await read(query)).length],
      [count, count],
    )
})

test('EST-12, EST-11: the history of the company tells notes of its other establishments too', async () => {
  const [here, beside, other] = [55500000100001, 55500000100002, 55500001100001]
  await insertEstablishments(
    house.owner,
    [here, beside, other].map(siret => ({ siret })),
  )
  for (const siret of [here, beside, other]) await add(siretText(siret), { notes: `Note ${siret}` })
  assert.deepEqual(await notesOf(siretText(here)), [`Note ${here}`])
  assert.deepEqual((await notesOf(siretText(here), claire, '?company=true')).toSorted(), [
    `Note ${here}`,
    `Note ${beside}`,
  ])
})
