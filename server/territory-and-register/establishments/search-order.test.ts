import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { legalNatures } from '../../../contract/territory-and-register/employer-kinds.ts'
import { searchSorts } from '../../../contract/territory-and-register/establishments.ts'
import { inventedCompanies } from '../../../database/seeds/invented-companies.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { importTexts } from '../register/testing.ts'
import { importTerritories } from '../territories/import-territories.ts'
import { aCog } from '../territories/testing.ts'
import { establishments } from './index.ts'

let house: House
let claire: Person
before(async () => {
  house = await openHouse(establishments)
  const owner = await house.owner.connect()
  await importTerritories(owner, aCog(), '2026-11-25')
  owner.release()
  claire = await house.person((await house.organisation()).id, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ])
  const communes = aCog()
    .communes.filter(c => c.code.startsWith('33') && c.type === 'commune-actuelle')
    .map(c => ({ code: c.code, name: c.nom, postalCode: c.codesPostaux![0]!, population: c.population! }))
  const invented = inventedCompanies(communes, 900)
  await importTexts(house.owner, invented.establishments, invented.units)
  // Sizes and natures of all kinds, whatever the register of the tests says.
  for (const [n, [size, category]] of [
    ['large', '5499'],
    ['pme', '9220'],
    ['tpe', '7210'],
    [null, null],
  ].entries())
    await house.owner.query(
      `update establishments set company_size = $2, legal_category = $3 where siren % 4 = $1
        and diffusion = 'O' and legal_unit_diffusion = 'O'`,
      [n, size, category],
    )
})
after(() => house.close())

const ask = async (query: Record<string, string>) => {
  const { status, body } = await house.call(claire, 'GET', `/establishments?${new URLSearchParams(query)}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const whole = async (query: Record<string, string>, limit: number) => {
  const lines: any[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: any = await ask({ ...query, limit: String(limit), ...(next ? { after: next } : {}) })
    lines.push(...page.items)
    next = page.next
  }
  return lines
}
const french = new Intl.Collator('fr').compare
const plain = (text: string | null) =>
  (text ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
const sizeOf = ({ headcount }: any) => (headcount && /^\d\d$/.test(headcount.band) ? Number(headcount.band) : -1)
const bigFirst = ['large', 'eti', 'pme', 'tpe', 'unknown']
/** By last contact: search-by-contact.test.ts of the room that finds contacts. */
const ofRegister = searchSorts.filter(sort => sort !== 'contact')
const inOrder: Record<(typeof ofRegister)[number], (a: any, b: any) => number> = {
  name: (a, b) =>
    plain(a.name) && plain(b.name) ? Math.sign(french(plain(a.name), plain(b.name))) : plain(a.name) ? -1 : 1,
  town: (a, b) => french(a.town ?? '', b.town ?? ''),
  headcount: (a, b) => sizeOf(b) - sizeOf(a),
  size: (a, b) => bigFirst.indexOf(a.companySize) - bigFirst.indexOf(b.companySize),
  nature: (a, b) => legalNatures.indexOf(a.legalNature) - legalNatures.indexOf(b.legalNature),
}

const searches: readonly Record<string, string>[] = [
  { q: 'boulangerie' },
  { q: 'boulangrie' },
  { territory: '2033', employer: 'true' },
]
/** Turned round: without a name, a headcount, a size or a nature, they still come last. */
const turnedRound: typeof inOrder = {
  name: (a, b) => (plain(a.name) && plain(b.name) ? -inOrder.name(a, b) : inOrder.name(a, b)),
  town: (a, b) => -inOrder.town(a, b),
  headcount: (a, b) => (sizeOf(a) < 0 || sizeOf(b) < 0 ? inOrder.headcount(a, b) : -inOrder.headcount(a, b)),
  size: (a, b) => ([a, b].some(one => one.companySize === 'unknown') ? inOrder.size(a, b) : -inOrder.size(a, b)),
  nature: (a, b) => ([a, b].some(one => one.legalNature === 'unknown') ? inOrder.nature(a, b) : -inOrder.nature(a, b)),
}
for (const asked of searches)
  for (const sort of ofRegister) {
    test(`CAM-10: what ${JSON.stringify(asked)} finds, by ${sort} turned round: the same lines, page after page`, async () => {
      const [usual, lines] = [await whole({ ...asked, sort }, 200), await whole({ ...asked, sort: `-${sort}` }, 200)]
      const sirets = (all: any[]) => all.map(({ siret }) => siret)
      assert.deepEqual(sirets(lines).toSorted(), sirets(usual).toSorted())
      assert.notDeepEqual(sirets(lines), sirets(usual))
      for (const [i, line] of lines.entries())
        if (i) assert.ok(turnedRound[sort](lines[i - 1], line) <= 0, `${lines[i - 1].name} ${line.name} ${line.town}`)
      assert.deepEqual(sirets(await whole({ ...asked, sort: `-${sort}` }, 7)), sirets(lines), 'seven by seven')
    })
    test(`CAM-10: what ${JSON.stringify(asked)} finds, by ${sort}: the same lines, in that order, page after page`, async () => {
      const lines = await whole({ ...asked, sort }, 200)
      assert.ok(lines.length > 20, String(lines.length))
      const sirets = (all: any[]) => all.map(({ siret }) => siret)
      const { total } = await ask({ ...asked, total: 'true', limit: '1' })
      assert.equal(new Set(sirets(lines)).size, total)
      for (const [i, line] of lines.entries())
        if (i) assert.ok(inOrder[sort](lines[i - 1], line) <= 0, `${lines[i - 1].name} ${line.name} ${line.town}`)
      assert.deepEqual(sirets(await whole({ ...asked, sort }, 7)), sirets(lines), 'seven by seven')
      // A whole territory is by name already.
      if (asked['q'] || sort !== 'name') assert.notDeepEqual(sirets(lines), sirets(await whole(asked, 200)))
      assert.equal((await ask({ ...asked, sort })).unsorted, undefined)
    })
  }
test('CAM-10, EST-4: by nature, a natural person of partial diffusion comes with those it is not told of', async () => {
  const asked = { territory: '2033', sort: 'nature' }
  const [first] = await whole(asked, 200)
  assert.notEqual(first.legalNature, 'unknown')
  const opposed = `update establishments set diffusion = $2, natural_person = true where siret = $1`
  await house.owner.query(opposed, [first.siret, 'P'])
  const lines = await whole(asked, 200)
  await house.owner.query(opposed, [first.siret, 'O'])
  assert.equal(lines.find(({ siret }) => siret === first.siret).legalNature, 'unknown')
  for (const [i, line] of lines.entries())
    if (i) assert.ok(inOrder.nature(lines[i - 1], line) <= 0, `${lines[i - 1].siret} ${line.siret}`)
})
test('CAM-10: beyond 10 000 the order is not given, and that is said; one that does not exist is refused', async () => {
  const add = (from: number, to: number) =>
    house.owner.query(
      `insert into establishments (siret, siren, nic, legal_name, active, head_office, diffusion,
        legal_unit_diffusion, natural_person, row_hash)
      select 99000000000000 + i * 100000 + 11, 990000000 + i, 11, 'MULTITUDE ' || i, true, true, 'O', 'O', false, 0
        from generate_series($1::int, $2::int) i`,
      [from, to],
    )
  await add(1, 10_000)
  assert.equal((await ask({ q: 'multitude', sort: 'name' })).unsorted, undefined)
  await add(10_001, 10_001)
  const { unsorted, items } = await ask({ q: 'multitude', sort: 'name' })
  assert.equal(unsorted, true)
  assert.ok(items.length > 10)
  assert.equal((await ask({ q: 'multitude', sort: 'contact' })).unsorted, true)
  assert.equal((await house.call(claire, 'GET', '/establishments?q=multitude&sort=phone')).status, 400)
})
