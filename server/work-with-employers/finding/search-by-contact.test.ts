import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { establishments } from '../../territory-and-register/establishments/index.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { insertContact, insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { card } from './testing.ts'

const communes = ['33001', '33002', '40002']
const shops = Array.from({ length: 45 }, (_, n) => ({
  siret: siretOf(n + 1),
  name: `Atelier ${(n * 7) % 45}`,
  commune: communes[n % 3]!,
}))
/** The last day of each that was contacted; two in five never were. */
const lastOf = new Map<string, string>()
let house: House
let claire: Person
before(async () => {
  house = await openHouse(establishments)
  await layTerritories(house.owner)
  const cc = await house.organisation()
  claire = await house.person(cc.id, [card(places.gironde)])
  await insertEstablishments(house.owner, shops)
  for (const [n, { siret }] of shops.entries()) {
    if (n % 5 < 2) continue
    const last = `2026-0${1 + (n % 9)}-15`
    lastOf.set(siretText(siret), last)
    for (const day of ['2025-03-02', last])
      await insertContact(house.owner, crypto.randomUUID(), siret, { ...claire }, day)
  }
  // The latest of these was cancelled: it is no contact.
  const cancelled = crypto.randomUUID()
  await insertContact(house.owner, cancelled, siretOf(3), { ...claire }, '2026-11-20')
  await house.owner.query(`update exchanges set status = 'cancelled' where id = $1`, [cancelled])
})
after(() => house.close())

const whole = async (who: Person, query: Record<string, string>, limit: number) => {
  const lines: any[] = []
  for (let next: string | null = ''; next !== null; ) {
    const search = new URLSearchParams({ ...query, limit: String(limit), ...(next ? { after: next } : {}) })
    const { status, body } = await house.call(who, 'GET', `/establishments?${search}`)
    assert.equal(status, 200, JSON.stringify(body))
    assert.equal(body.unsorted, undefined)
    lines.push(...body.items)
    next = body.next
  }
  return lines
}
const named = ({ siret, name }: any) => `${siret} ${name}`
const collator = new Intl.Collator('fr').compare
const inGironde = ({ communeCode }: any) => communeCode.startsWith('33')

const searches: readonly Record<string, string>[] = [
  { q: 'atelier' },
  { q: 'atelier', territory: String(places.gironde) },
]
for (const query of searches)
  test(`CAM-10: what ${JSON.stringify(query)} finds, by last contact: as a plain sort, page after page`, async () => {
    const plain = await whole(claire, query, 200)
    const key = (line: any) =>
      !inGironde(line) ? [2, ''] : lastOf.has(line.siret) ? [1, lastOf.get(line.siret)!] : [0, '']
    const expected = plain.toSorted((a, b) => {
      const [[rankA, dayA], [rankB, dayB]] = [key(a), key(b)] as [[number, string], [number, string]]
      return rankA - rankB || (dayA < dayB ? -1 : dayA > dayB ? 1 : 0) || collator(a.name, b.name)
    })
    const sorted = await whole(claire, { ...query, sort: 'contact' }, 200)
    assert.deepEqual(sorted.map(named), expected.map(named))
    assert.notDeepEqual(sorted.map(named), plain.map(named))
    assert.deepEqual((await whole(claire, { ...query, sort: 'contact' }, 4)).map(named), expected.map(named))
    // Turned round, the latest first, then those never contacted; at the end still those that one may not read.
    const latest = plain.toSorted((a, b) => {
      const [[rankA, dayA], [rankB, dayB]] = [key(a), key(b)] as [[number, string], [number, string]]
      const order = [1, 0, 2]
      return order[rankA]! - order[rankB]! || (dayA < dayB ? 1 : dayA > dayB ? -1 : 0) || collator(a.name, b.name)
    })
    for (const limit of [4, 200])
      assert.deepEqual((await whole(claire, { ...query, sort: '-contact' }, limit)).map(named), latest.map(named))
  })

test('SEC-6: out of the perimeter, the order by last contact tells nothing of contacts', async () => {
  const stranger = await house.person((await house.organisation()).id, [card(places.garonne)])
  const byName = await whole(stranger, { q: 'atelier', sort: 'name' }, 200)
  for (const sort of ['contact', '-contact'])
    assert.deepEqual((await whole(stranger, { q: 'atelier', sort }, 7)).map(named), byName.map(named), sort)
  assert.equal(byName.length, shops.length)
})
