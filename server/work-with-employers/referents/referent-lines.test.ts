import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { House, Person } from '../../testing/house.ts'
import { openEmployers, places } from '../campaigns/testing-world.ts'
import { notes } from '../notes/index.ts'
import { referents } from './index.ts'

const first = new Date('2027-01-04T10:00:00Z')
const second = new Date('2027-02-08T10:00:00Z')
const reason = 'Ne suit plus ce secteur'

let now = first
let house: House
let shop: () => string
let claire: Person // advises in Gironde
let paul: Person // in the same structure, and leaves
let karim: Person // advises in another
let reader: Person // reads the card
let stranger: Person // advises in Landes

before(async () => {
  const { cc, mission, person, ...world } = await openEmployers([...referents, ...notes], {
    clock: () => now,
    shops: 10,
  })
  house = world.house
  shop = world.shop
  claire = await person(cc.id, 'conseiller')
  paul = await person(cc.id, 'conseiller')
  karim = await person(mission.id, 'conseiller')
  reader = await person(mission.id, 'consultation')
  stranger = await person(cc.id, 'conseiller', places.landes)
})
after(() => house.close())

const name = async (siret: string, who = claire, colleague?: Person): Promise<string> => {
  const body = colleague ? { accountId: colleague.id } : {}
  const answer = await house.call(who, 'POST', `/establishments/${siret}/referents`, body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body.current.find(({ organisation }: any) => organisation.id === who.organisationId).id
}
const history = async (siret: string, query = '', who = reader) => {
  const { status, body } = await house.call(who, 'GET', `/establishments/${siret}/history?total=true${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const changes = async (siret: string, query = '', who = reader): Promise<string[]> => {
  const { items, total } = await history(siret, query, who)
  assert.equal(total, items.length, query)
  return items.map(({ referent: { change, person, day } }: any) => `${day} ${change} ${person.name}`)
}
/** Paul is named by Claire, and Karim names himself; then Claire ends the role, and takes it. */
const lived = async () => {
  now = first
  const siret = shop()
  const id = await name(siret, claire, paul)
  await name(siret, karim)
  now = second
  assert.equal((await house.call(claire, 'POST', `/referents/${id}/end`, { reason })).status, 200)
  await name(siret)
  return siret
}

test('EST-3, EST-8: the history tells who was referent, from when, until when, why and who decided it, newest first', async () => {
  const siret = await lived()
  const [taken, ended, own, named] = (await history(siret, '&kind=referent')).items.map((line: any) => line.referent)
  assert.deepEqual(await changes(siret), [
    `2027-02-08 named ${claire.name}`,
    `2027-02-08 ended ${paul.name}`,
    `2027-01-04 named ${karim.name}`,
    `2027-01-04 named ${paul.name}`,
  ])
  assert.deepEqual([named.person.id, named.by.id, named.reason], [paul.id, claire.id, null])
  assert.deepEqual([ended.person.id, ended.by.id, ended.reason], [paul.id, claire.id, reason])
  assert.deepEqual([own.person.id, own.by.id], [karim.id, karim.id])
  assert.deepEqual([taken.siret, taken.at, taken.byOrganisation.name], [siret, second.toISOString(), 'CC des Essais'])
})

test('EST-3, EST-8: who left is told as replaced, under the one who follows at the same instant', async () => {
  now = first
  const siret = shop()
  const leaver = await house.person(claire.organisationId, [
    { profile: 'conseiller', territoryId: places.gironde },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
  ])
  await name(siret, claire, leaver)
  await house.owner.query(`update grants set revoked_at = now() - interval '1 minute' where account_id = $1`, [
    leaver.id,
  ])
  now = second
  await name(siret, claire, paul)
  const { items } = await history(siret)
  assert.deepEqual(
    items.map(({ referent: { change, person, by } }: any) => [change, person.id, by.id]),
    [
      ['named', paul.id, claire.id],
      ['replaced', leaver.id, claire.id],
      ['named', leaver.id, claire.id],
    ],
  )
})

test('EST-8: lines of referents and notes stand on one line, page after page; filtered by kind, structure, person and period', async () => {
  const siret = await lived()
  await house.call(karim, 'POST', `/establishments/${siret}/notes`, { notes: 'Vu en mars' })
  const found: string[] = []
  for (let next = ''; ; ) {
    const { body } = await house.call(reader, 'GET', `/establishments/${siret}/history?limit=2${next}`)
    found.push(...body.items.map((line: any) => line.referent?.change ?? 'note'))
    if (!body.next) break
    next = `&after=${encodeURIComponent(body.next)}`
  }
  assert.deepEqual(found.toSorted(), ['ended', 'named', 'named', 'named', 'note'])
  const all = await changes(siret, '&kind=referent')
  const ofKarim = all.filter(line => line.endsWith(karim.name))
  for (const [query, expected] of [
    [`&organisation=${karim.organisationId}`, ofKarim],
    [`&author=${karim.id}`, ofKarim],
    // Of whom it tells, or who decided.
    [`&author=${paul.id}`, all.filter(line => line.endsWith(paul.name))],
    [`&author=${claire.id}`, all.filter(line => !line.endsWith(karim.name))],
    ['&from=2027-02-08', all.slice(0, 2)],
    ['&to=2027-02-07', all.slice(2)],
    ['&channel=visite', []],
    [`&campaign=${crypto.randomUUID()}`, []],
  ] as const)
    assert.deepEqual(await changes(siret, `&kind=referent${query}`), expected, query)
  const { body } = await house.call(reader, 'GET', `/establishments/${siret}/history/choices`)
  assert.deepEqual(
    [body.organisations, body.authors].map(some => some.map((one: any) => one.id).toSorted()),
    [[claire.organisationId, karim.organisationId].toSorted(), [claire.id, paul.id, karim.id].toSorted()],
  )
})

test('EST-12, EST-8: of the whole company, each line with its establishment', async () => {
  const siret = await lived()
  now = second
  const sister = shop()
  await name(sister, karim)
  const { items } = await history(siret, '&company=true&kind=referent')
  assert.ok(items.some(({ referent }: any) => referent.siret === sister))
  assert.ok(!(await history(siret)).items.some(({ referent }: any) => referent.siret === sister))
})

test('SEC-6, EST-8: whoever may not read the card there sees no referent in its history, its count nor its choices', async () => {
  const siret = await lived()
  for (const query of ['', '&kind=referent', '&company=true'])
    assert.deepEqual(await changes(siret, query, stranger), [], query)
  const { body } = await house.call(stranger, 'GET', `/establishments/${siret}/history/choices`)
  assert.deepEqual(body, { organisations: [], authors: [], met: [], campaigns: [] })
})
