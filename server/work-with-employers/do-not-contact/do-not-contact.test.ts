import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { type House, once, type Person } from '../../testing/house.ts'
import { openEmployers, places, siretOf } from '../campaigns/testing-world.ts'
import { doNotContact } from './index.ts'

// Past midnight in Paris, still the 14th in UTC.
let now = new Date('2027-01-14T23:30:00Z')
const reason = 'A demandé par courriel à ne plus être appelé'
const asked = { origin: 'employer', reason, until: '2027-12-31' }

let house: House
let shop: () => string
let claire: Person // advises in Gironde
let paul: Person // in the same organisation
let karim: Person // in another
let lead: Person // leads in a third
let reader: Person // reads the card
let campaigner: Person // reads campaigns alone
let stranger: Person // advises in Landes

before(async () => {
  const { cc, mission, person, ...world } = await openEmployers(doNotContact, { clock: () => now, shops: 12 })
  house = world.house
  shop = world.shop
  const plie = await house.organisation()
  claire = await person(cc.id, 'conseiller')
  paul = await person(cc.id, 'conseiller')
  karim = await person(mission.id, 'conseiller')
  lead = await person(plie.id, 'responsable')
  reader = await person(mission.id, 'consultation')
  campaigner = await house.person(mission.id, [{ profile: 'consultation', territoryId: places.gironde }])
  stranger = await person(cc.id, 'conseiller', places.landes)
})
after(() => house.close())

const at = (siret: string) => `/establishments/${siret}/do-not-contact`
const read = (siret: string, who = claire) => house.call(who, 'GET', at(siret))
const mark = (siret: string, body: object = asked, who = claire) => house.call(who, 'POST', at(siret), body)
const act = (id: string, verb: 'lift' | 'renew', body: object, who = claire) =>
  house.call(who, 'POST', `/do-not-contact/${id}/${verb}`, body)
const trail = async (siret: string) =>
  (
    await house.owner.query(
      `select e.action, e.actor_id as by, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.subject_kind = 'establishment' and e.subject_id = $1 order by e.at, e.id`,
      [siret],
    )
  ).rows

test('EST-10: an establishment is marked with its origin, reason, last day, author and organisation; whoever reads the card reads it', async () => {
  const siret = shop()
  assert.deepEqual((await read(siret)).body, { current: null, past: [], allowed: ['mark'] })
  const { status, body } = await mark(siret)
  assert.equal(status, 200)
  const { id, organisation, author, ...said } = body.current
  assert.deepEqual(said, { ...asked, startsOn: '2027-01-15', markedAt: now.toISOString(), ended: null })
  assert.deepEqual(
    [organisation.name, author],
    ['CC des Essais', { id: claire.id, name: claire.name, organisationId: claire.organisationId }],
  )
  assert.deepEqual([body.past, body.allowed], [[], ['renew', 'lift']])
  const seen = (await read(siret, reader)).body
  assert.deepEqual([seen.current, seen.allowed], [body.current, []])
  const [entry, ...more] = await trail(siret)
  assert.deepEqual([entry.action, entry.by, more.length], ['do-not-contact.marked', claire.id, 0])
  assert.deepEqual(entry.detail, {
    before: null,
    after: { id, origin: 'employer', reason, startsOn: '2027-01-15', until: '2027-12-31' },
  })
})

test('EST-10: lists ask which of their establishments are marked; whoever reads campaigns alone is told too, never why', async () => {
  const [marked, other] = [shop(), shop()]
  await mark(marked)
  for (const who of [claire, campaigner, stranger]) {
    const { status, body } = await house.call(who, 'GET', `/do-not-contact?sirets=${other},${marked},${marked}`)
    assert.deepEqual([status, body], [200, { items: [{ siret: marked, until: '2027-12-31' }] }])
  }
  const nobody = await house.person(claire.organisationId)
  assert.equal((await house.call(nobody, 'GET', `/do-not-contact?sirets=${marked}`)).body.code, 'access/no-grant')
  const bad = await house.call(claire, 'GET', '/do-not-contact?sirets=12')
  assert.equal(bad.status, 400)
})

test('EST-10: who may not record an exchange there marks nothing; who does not read the card there is refused it', async () => {
  const siret = shop()
  for (const [who, code] of [
    [reader, 'access/no-grant'],
    [campaigner, 'access/no-grant'],
    [stranger, 'access/outside-perimeter'],
  ] as const)
    assert.deepEqual([(await mark(siret, asked, who)).status, (await mark(siret, asked, who)).body.code], [403, code])
  assert.equal((await read(siret, stranger)).body.code, 'access/outside-perimeter')
  assert.equal((await read(siretText(siretOf(99)))).status, 404)
  assert.equal((await mark(siretText(siretOf(99)))).body.code, 'establishment/unknown')
  for (const [body, code] of [
    [{ ...asked, until: '2027-01-14' }, 'do-not-contact/until-past'],
    [{ ...asked, until: '2029-01-16' }, 'do-not-contact/until-too-far'],
    [{ ...asked, reason: '   ' }, 'request/malformed'],
    [{ ...asked, origin: 'other' }, 'request/malformed'],
  ] as const)
    assert.equal((await mark(siret, body)).body.code, code)
  assert.deepEqual([(await read(siret)).body.current, await trail(siret)], [null, []])
})

test('EST-10: of two who mark at once, one mark stands', async () => {
  const siret = shop()
  const answers = await Promise.all([mark(siret), mark(siret, { ...asked, until: '2027-03-01' }, karim)])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
  assert.equal(answers.find(({ status }) => status === 409)!.body.code, 'do-not-contact/already')
  assert.equal((await trail(siret)).length, 1)
})

test('EST-10: the same request twice marks once', async () => {
  const siret = shop()
  const key = once()
  const [first, again] = [
    await house.call(claire, 'POST', at(siret), asked, key),
    await house.call(claire, 'POST', at(siret), asked, key),
  ]
  assert.deepEqual([first.status, again.status, again.body], [200, 200, first.body])
  assert.equal((await trail(siret)).length, 1)
})

test('EST-10: a mark is lifted with a reason by its organisation or a lead there, and nobody else; the history keeps it', async () => {
  const siret = shop()
  const { id } = (await mark(siret)).body.current
  const lifted = { reason: 'L’employeur recrute de nouveau' }
  for (const who of [karim]) {
    const { status, body } = await act(id, 'lift', lifted, who)
    assert.deepEqual([status, body.code], [403, 'do-not-contact/author-or-lead-only'])
  }
  assert.equal((await act(id, 'lift', lifted, stranger)).status, 404)
  const { status, body } = await act(id, 'lift', lifted, lead)
  assert.deepEqual([status, body.current], [200, null])
  assert.deepEqual(
    [body.past[0].id, body.past[0].ended.how, body.past[0].ended.reason, body.past[0].ended.by.id],
    [id, 'lifted', lifted.reason, lead.id],
  )
  assert.equal((await act(id, 'lift', lifted, paul)).body.code, 'do-not-contact/ended')
  assert.deepEqual(
    (await trail(siret)).map(entry => [entry.action, entry.by]),
    [
      ['do-not-contact.marked', claire.id],
      ['do-not-contact.lifted', lead.id],
    ],
  )
  // Lifted, it can be marked again on the same day.
  assert.equal((await mark(siret, asked, karim)).status, 200)
})

test('EST-10: of two who lift at once, one does', async () => {
  const { id } = (await mark(shop())).body.current
  const answers = await Promise.all([
    act(id, 'lift', { reason: 'Un' }, paul),
    act(id, 'lift', { reason: 'Deux' }, lead),
  ])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
})

test('EST-10: a mark is renewed for two years at most: another takes its place, and the former is kept', async () => {
  const siret = shop()
  const { id } = (await mark(siret)).body.current
  assert.equal((await act(id, 'renew', { reason, until: '2029-01-16' })).body.code, 'do-not-contact/until-too-far')
  assert.equal((await act(id, 'renew', { reason, until: '2028-06-30' }, karim)).status, 403)
  const { status, body } = await act(id, 'renew', { reason: 'Le redemande', until: '2028-06-30' }, paul)
  assert.deepEqual(
    [status, body.current.until, body.current.origin, body.current.author.id],
    [200, '2028-06-30', 'employer', paul.id],
  )
  assert.deepEqual(
    body.past.map((one: any) => [one.id, one.ended.how, one.ended.reason]),
    [[id, 'renewed', null]],
  )
  assert.equal((await act(id, 'renew', { reason, until: '2028-06-30' })).body.code, 'do-not-contact/ended')
  const [, entry] = await trail(siret)
  assert.deepEqual([entry.action, entry.detail.before.until], ['do-not-contact.renewed', '2027-12-31'])
})

test('EST-10: a mark ends by itself after its last day in Paris; another may follow', async () => {
  const siret = shop()
  const { id } = (await mark(siret, { ...asked, until: '2027-01-15' })).body.current
  const listed = async () => (await house.call(claire, 'GET', `/do-not-contact?sirets=${siret}`)).body.items.length
  const before = now
  now = new Date('2027-01-15T22:59:00Z')
  assert.deepEqual([(await read(siret)).body.current.id, await listed()], [id, 1])
  now = new Date('2027-01-15T23:01:00Z')
  const { current, past, allowed } = (await read(siret)).body
  assert.deepEqual([current, past[0].id, past[0].ended, allowed, await listed()], [null, id, null, ['mark'], 0])
  assert.equal((await act(id, 'lift', { reason: 'Trop tard' })).body.code, 'do-not-contact/ended')
  assert.equal((await act(id, 'renew', { reason, until: '2027-06-30' })).body.code, 'do-not-contact/ended')
  assert.equal((await mark(siret)).status, 200)
  now = before
})
