import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { House, Person } from '../../testing/house.ts'
import { openEmployers, places } from '../campaigns/testing-world.ts'
import { referents } from './index.ts'

// Past midnight in Paris, still the 14th in UTC.
const now = new Date('2027-01-14T23:30:00Z')
const reason = 'Ne suit plus ce secteur'

let house: House
let shop: () => string
let claire: Person // advises in Gironde
let paul: Person // in the same structure
let sofia: Person // the same, and leaves
let chief: Person // leads in the same structure
let karim: Person // advises in another
let lead: Person // leads in that other
let reader: Person // reads the card
let campaigner: Person // advises, without the card
let stranger: Person // advises in Landes

before(async () => {
  const { cc, mission, person, ...world } = await openEmployers(referents, { clock: () => now, shops: 16 })
  house = world.house
  shop = world.shop
  claire = await person(cc.id, 'conseiller')
  paul = await person(cc.id, 'conseiller')
  sofia = await person(cc.id, 'conseiller')
  chief = await person(cc.id, 'responsable')
  karim = await person(mission.id, 'conseiller')
  lead = await person(mission.id, 'responsable')
  reader = await person(cc.id, 'consultation')
  campaigner = await house.person(cc.id, [{ profile: 'conseiller', territoryId: places.gironde }])
  stranger = await person(cc.id, 'conseiller', places.landes)
})
after(() => house.close())

const at = (siret: string) => `/establishments/${siret}/referents`
const read = (siret: string, who = claire) => house.call(who, 'GET', at(siret))
const name = (siret: string, who = claire, colleague?: Person) =>
  house.call(who, 'POST', at(siret), colleague ? { accountId: colleague.id } : {})
const end = (id: string, who = claire, body: object = { reason }) =>
  house.call(who, 'POST', `/referents/${id}/end`, body)
const trail = async (siret: string) =>
  (
    await house.owner.query(
      `select e.action, e.actor_id as by, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.subject_kind = 'establishment' and e.subject_id = $1 order by e.at, e.id`,
      [siret],
    )
  ).rows
const mailsTo = async (who: Person) =>
  (
    await house.owner.query(`select subject, body from mails where kind = 'referent-named' and to_account_id = $1`, [
      who.id,
    ])
  ).rows
const dismiss = (who: Person) =>
  house.owner.query(`update grants set revoked_at = now() - interval '1 minute' where account_id = $1`, [who.id])

test('EST-3: an advisor says in one press that they are the referent; whoever reads the card reads who, of which structure and since when', async () => {
  const siret = shop()
  assert.deepEqual((await read(siret)).body, { current: [], past: [], mayName: true })
  const { status, body } = await name(siret)
  assert.equal(status, 200)
  const [{ id, organisation, ...said }, ...more] = body.current
  const self = { id: claire.id, name: claire.name, organisationId: claire.organisationId }
  const told = { since: '2027-01-15', namedAt: now.toISOString(), inPost: true, ended: null, mayEnd: true }
  assert.deepEqual(said, { ...told, person: self, namedBy: self })
  assert.deepEqual([organisation.name, more.length, body.mayName], ['CC des Essais', 0, false])
  const seen = (await read(siret, reader)).body
  assert.deepEqual([seen.current[0].person, seen.current[0].mayEnd, seen.mayName], [self, false, false])
  const [entry, ...others] = await trail(siret)
  assert.deepEqual([entry.action, entry.by, others.length], ['referent.named', claire.id, 0])
  assert.deepEqual(entry.detail, { before: null, after: { id, accountId: claire.id, since: '2027-01-15' } })
})

test('EST-3: naming a colleague waits for nobody and tells them, without the employer; naming oneself tells nobody', async () => {
  const siret = shop()
  const { body } = await name(siret, claire, paul)
  assert.deepEqual([body.current[0].person.id, body.current[0].namedBy.id], [paul.id, claire.id])
  const [mail, ...more] = await mailsTo(paul)
  assert.deepEqual([mail.subject, more.length], ['Vous êtes nommé référent d’un employeur', 0])
  await name(shop(), karim)
  assert.deepEqual(await mailsTo(karim), [])
})

test('EST-3: one referent for each structure; of two named at once, one is refused', async () => {
  const siret = shop()
  const answers = await Promise.all([name(siret), name(siret, paul), name(siret, karim)])
  const codes = answers.map(({ status, body }) => (status === 200 ? 'named' : body.code))
  assert.deepEqual(codes.slice(0, 2).toSorted(), ['named', 'referent/already'])
  assert.equal(codes[2], 'named', 'another structure has its own')
  assert.equal((await name(siret, claire, sofia)).body.code, 'referent/already')
  assert.equal((await read(siret)).body.current.length, 2)
})

test('EST-3, SEC-2: who may not record there names nobody; who does not work there is not named', async () => {
  const siret = shop()
  for (const [who, code] of [
    [reader, 'access/no-grant'],
    [campaigner, 'access/outside-perimeter'],
    [stranger, 'access/outside-perimeter'],
  ] as const)
    assert.equal((await name(siret, who)).body.code, code)
  assert.equal((await read(siret, stranger)).body.code, 'access/outside-perimeter')
  for (const other of [karim, reader, stranger])
    assert.equal((await name(siret, claire, other)).body.code, 'referent/colleague-elsewhere')
  assert.equal((await name('99999999900015')).body.code, 'establishment/unknown')
  assert.deepEqual((await read(siret)).body.current, [])
})

test('EST-3: the referent, who named them and who leads in the structure end it with a reason, kept on the card; twice, it says so', async () => {
  for (const who of [paul, claire, chief]) {
    const siret = shop()
    const { id } = (await name(siret, claire, paul)).body.current[0]
    for (const other of [sofia, karim, lead, reader]) assert.equal((await end(id, other)).status, 403)
    const { status, body } = await end(id, who)
    assert.deepEqual([status, body.current, body.past.length], [200, [], 1])
    const { until, how, by, reason: said } = body.past[0].ended
    assert.deepEqual([until, how, by.id, said], ['2027-01-15', 'ended', who.id, reason])
    assert.equal((await end(id, who)).body.code, 'referent/ended')
    assert.deepEqual(
      (await trail(siret)).map(({ action }) => action),
      ['referent.named', 'referent.ended'],
    )
  }
  assert.equal((await end(crypto.randomUUID())).status, 404)
  assert.equal((await end(crypto.randomUUID(), claire, { reason: ' ' })).status, 400)
})

test('EST-3: ended by two at once, it is ended once', async () => {
  const { id } = (await name(shop())).body.current[0]
  const codes = (await Promise.all([end(id), end(id, chief)])).map(({ status }) => status)
  assert.deepEqual(codes.toSorted(), [200, 409])
})

test('EST-3, ACC-4: who lost their grant stays shown as no longer in post; their structure replaces them, any lead there ends it', async () => {
  const [left, ended] = [shop(), shop()]
  const first = (await name(left, sofia)).body.current[0]
  const second = (await name(ended, sofia)).body.current[0]
  assert.equal((await end(second.id, lead)).body.code, 'referent/structure-or-lead-only', 'still in post')
  await dismiss(sofia)
  const { current, mayName } = (await read(left)).body
  assert.deepEqual([current[0].id, current[0].inPost, current[0].mayEnd, mayName], [first.id, false, true, true])
  assert.equal((await end(second.id, karim)).body.code, 'referent/structure-or-lead-only', 'an advisor of another')
  assert.equal((await end(second.id, lead)).status, 200)
  const { body } = await name(left, paul)
  assert.deepEqual([body.current.length, body.current[0].person.id], [1, paul.id])
  assert.deepEqual([body.past[0].id, body.past[0].ended.how, body.past[0].ended.reason], [first.id, 'replaced', null])
  const entry = (await trail(left)).at(-1)
  assert.deepEqual(entry.detail.before, { id: first.id, accountId: sofia.id, since: '2027-01-15' })
})
