import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite, rowsWritten, sightsOf } from '../../testing/parity.ts'
import { aMark, insertMarks } from './testing.ts'

const gironde = 2033
let house: House
let own: string
let people: Record<'author' | 'colleague' | 'foreign' | 'lead' | 'blind' | 'reader', Person>
before(async () => {
  house = await openHouse([])
  await house.owner.query(`insert into territories (id, kind, code, name)
    values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (${gironde}, 'departement', '33', 'Gironde')`)
  const other = (await house.organisation()).id
  own = (await house.organisation()).id
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: gironde } as const
  const work = (profile: 'consultation' | 'conseiller' | 'responsable') =>
    ({ tool: 'campagnes', profile, territoryId: gironde }) as const
  people = {
    author: await house.person(own, [card, work('conseiller')]),
    colleague: await house.person(own, [card, work('conseiller')]),
    foreign: await house.person(other, [card, work('conseiller')]),
    lead: await house.person(other, [card, work('responsable')]),
    blind: await house.person(own, [work('responsable')]),
    reader: await house.person(own, [card, work('consultation')]),
  }
  const mark = (siret: number, over: Partial<Parameters<typeof aMark>[0]> = {}) =>
    aMark({ siret, organisationId: own, authorId: people.author.id, ...over })
  await insertMarks(house.owner, [
    mark(1),
    mark(2, { endedAt: '2026-11-01T08:00:00Z' }),
    mark(3, { startsOn: '2027-03-01' }),
    mark(4, { until: '2026-12-31' }),
  ])
})
after(() => house.close())

type Who = keyof typeof people
const hashOf = (who: Who) => tokenHash(people[who].cookie.slice('session='.length))
const everyone: readonly Who[] = ['author', 'colleague', 'foreign', 'lead', 'blind', 'reader']

test('SEC-6, EST-10: whatever the application forgets, a mark is ended by who settles it there and reads the card, in their own name', async () => {
  const end = (by: Person, organisation = by.organisationId) => sql`update do_not_contact_marks set ended_at = now(),
    ended_how = 'lifted', end_reason = 'Essai', ended_by = ${by.id}::uuid, ended_organisation = ${organisation}::uuid`
  const ended: number[] = []
  for (const who of everyone) ended.push(await rowsWritten(house.database, hashOf(who), end(people[who])))
  assert.deepEqual(ended, [4, 4, 0, 4, 0, 0])
  assert.equal(await mayWrite(house.database, hashOf('author'), end(people.colleague)), false, 'in another’s name')
  const elsewhere = end(people.author, people.lead.organisationId)
  assert.equal(await mayWrite(house.database, hashOf('author'), elsewhere), false, 'for another organisation')
})

test('SEC-6, EST-10: whatever the application forgets, a mark stands from its first day to its last, for its own establishment, until it is ended', async () => {
  const standing = async (day: string) => {
    const all = sql<{ id: string }>`select establishments_not_to_contact(${day}::date)::text as id`
    const each = sql<{ id: string }>`select s.id::text || ' ' || not_to_contact_until(s.id, ${day}::date) as id
      from generate_series(1, 5) s (id)`
    const sights = await sightsOf(house.database, [hashOf('reader')], all)
    const [until] = await sightsOf(house.database, [hashOf('reader')], each)
    return [[...sights[0]!.ids].sort(), [...until!.ids].filter(one => one !== null).sort()]
  }
  assert.deepEqual(await standing('2026-12-31'), [
    ['1', '4'],
    ['1 2027-12-31', '4 2026-12-31'],
  ])
  assert.deepEqual(await standing('2027-03-01'), [
    ['1', '3'],
    ['1 2027-12-31', '3 2027-12-31'],
  ])
})
