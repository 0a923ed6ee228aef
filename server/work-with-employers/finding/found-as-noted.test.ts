import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { establishments } from '../../territory-and-register/establishments/index.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { facts } from '../facts/index.ts'
import { card } from './testing.ts'

const shops = [
  { siret: siretOf(1), name: 'SARL Garonne Participations', commune: '33001' },
  { siret: siretOf(2), name: 'Le Grenier', commune: '33001' },
  { siret: siretOf(3), name: 'Sauveterre Négoce', commune: '33002' },
  { siret: siretOf(4), name: 'Landes Participations', commune: '40002' },
  { siret: siretOf(5), name: 'Fournil', commune: '33001' },
]
let house: House
let claire: Person // keeps cards in Gironde
let neighbour: Person // keeps cards in Landes
let karim: Person // keeps cards in Gironde, in another structure
let national: Person // reads cards everywhere
before(async () => {
  house = await openHouse([...facts, ...establishments])
  await layTerritories(house.owner)
  const cc = await house.organisation()
  const keeps = (territoryId: number, organisation = cc.id) =>
    house.person(organisation, [{ profile: 'conseiller', territoryId }, card(territoryId)])
  claire = await keeps(places.gironde)
  karim = await keeps(places.gironde, (await house.organisation()).id)
  neighbour = await keeps(places.landes)
  national = await house.person((await house.organisation()).id, [card(0)])
  await insertEstablishments(house.owner, shops)
  for (const [n, who, field, value] of [
    [1, claire, 'usualName', 'Le Grenier à Pains'],
    [1, claire, 'switchboard', '05 56 00 11 22'],
    [2, claire, 'sign', 'Le Grenier'],
    [3, claire, 'sign', 'L’Épicerie d’Été'],
    [4, neighbour, 'sign', 'Le Grenier à Pains'],
  ] as const)
    assert.equal((await note(n, who, field, value)).status, 200)
})
after(() => house.close())

const at = (n: number) => `/establishments/${siretText(siretOf(n))}/facts`
const note = async (n: number, who: Person, field: string, value: string | null) => {
  const { body } = await house.call(who, 'GET', at(n))
  const { version } = body.items.find((one: any) => one.field === field)
  return house.call(who, 'PUT', `${at(n)}/${field}`, { value }, { 'if-match': `"${version}"` })
}
const search = async (who: Person, query: Record<string, string>) => {
  const { status, body } = await house.call(who, 'GET', `/establishments?${new URLSearchParams(query)}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const numbers = new Map(shops.map(({ siret }, n) => [siretText(siret), n + 1]))
const noted = async (who: Person, query: Record<string, string>) =>
  ((await search(who, query)).noted ?? []).map(({ siret, said }: any) => [numbers.get(siret), said.value])

test('EST-6, EST-2: an establishment is found by its name in use, sign or switchboard as partners noted them, whatever the accents, order and beginning', async () => {
  for (const q of ['grenier a pains', 'Pains grenier', 'LE GRENIER À PAIN', 'grenier pai', 'grenier pains 33001'])
    assert.deepEqual(await noted(claire, { q }), [[1, 'Le Grenier à Pains']], q)
  for (const q of ['épicerie', 'ete epic', 'epicerie sauveterre'])
    assert.deepEqual(await noted(claire, { q }), [[3, 'L’Épicerie d’Été']], q)
  for (const q of ['05 56 00 11 22', '+33 5.56.00.11', '055600'])
    assert.deepEqual(await noted(claire, { q }), [[1, '+33556001122']], q)
  for (const q of ['grenier farine', 'rains', '05 57 00', '0556', 'Fournil'])
    assert.deepEqual(await noted(claire, { q }), [], q)
  const { items, noted: lines } = await search(claire, { q: 'grenier' })
  assert.deepEqual(
    [items, lines].map(all => all.map(({ siret }: any) => numbers.get(siret))),
    [[2], [1]],
    'what the register finds stands there alone',
  )
  assert.deepEqual(lines[0].said, { field: 'usualName', value: 'Le Grenier à Pains' })
})

test('EST-6, SEC-6: of the cards that one reads alone; national finds them all', async () => {
  assert.deepEqual(await noted(neighbour, { q: 'grenier pains' }), [[4, 'Le Grenier à Pains']])
  assert.deepEqual(
    (await noted(national, { q: 'grenier pains' })).toSorted(),
    [1, 4].map(n => [n, 'Le Grenier à Pains']),
  )
})

test('EST-6, EST-2: the filters of the search narrow what partners noted too; a later page does not say it again', async () => {
  const q = 'grenier pains'
  for (const [query, found] of [
    [{ territory: String(places.gironde) }, [1]],
    [{ territory: String(places.landes) }, [4]],
    [{ active: 'true' }, [1, 4]],
    [{ active: 'false' }, []],
    [{ neverContacted: 'true' }, [1, 4]],
    [{ contactedSince: '2020-01-01' }, []],
    [{ campaign: 'any' }, []],
  ] as const)
    assert.deepEqual(
      (await noted(national, { q, ...query })).map(([n]: any) => n).toSorted(),
      found,
      JSON.stringify(query),
    )
  const first = await search(national, { q: 'participations', limit: '1' })
  assert.ok(first.next)
  assert.equal((await search(national, { q: 'participations', limit: '1', after: first.next })).noted, undefined)
})

test('EST-6, EST-2: a mistyped word finds as the register reads it; no correction is made where a partner noted these very words', async () => {
  await house.owner.query('select refresh_search_lexicon()')
  assert.deepEqual(await noted(claire, { q: 'gernier' }), [[1, 'Le Grenier à Pains']])
  const read = async () => {
    const { items, noted: lines = [], total, understood } = await search(claire, { q: 'sauveterra', total: 'true' })
    return [...[items, lines].map(all => all.map(({ siret }: any) => numbers.get(siret))), total, understood]
  }
  const corrected = 'Résultats pour « sauveterre » : rien ne correspond à « sauveterra »'
  assert.deepEqual(await read(), [[3], [], 1, corrected])
  await note(5, claire, 'sign', 'Sauveterra')
  assert.deepEqual(await read(), [[], [5], 0, 'Nom ou commune : sauveterra'])
  await note(5, claire, 'sign', null)
})

test('EST-6: what was replaced or emptied finds nothing more; what another partner says beside finds too', async () => {
  await note(5, claire, 'sign', 'Chez Zélie')
  assert.deepEqual(await noted(claire, { q: 'zelie' }), [[5, 'Chez Zélie']])
  await note(5, claire, 'sign', 'Chez Yvonne')
  assert.deepEqual(await noted(claire, { q: 'zelie' }), [])
  await note(5, karim, 'sign', 'Aux Trois Moulins')
  assert.deepEqual(await noted(claire, { q: 'yvonne' }), [[5, 'Chez Yvonne']])
  assert.deepEqual(await noted(claire, { q: 'moulins' }), [[5, 'Aux Trois Moulins']])
  await note(5, claire, 'sign', null)
  assert.deepEqual(await noted(claire, { q: 'yvonne' }), [])
})

test('EST-4: of a natural person who refuses diffusion, no word that a partner noted finds anything', async () => {
  await note(5, claire, 'usualName', 'Atelier Zinzolin')
  assert.deepEqual(await noted(claire, { q: 'zinzolin' }), [[5, 'Atelier Zinzolin']])
  const hide = (sql: string) => house.owner.query(`update establishments set ${sql} where siret = $1`, [siretOf(5)])
  await hide(`diffusion = 'P', natural_person = true, sign = null, usual_name = null, legal_name = null,
    other_names = null, headcount_band = null, headcount_year = null, employer = null, created_on = null,
    closed_on = null, street = null, postal_code = null, address_complement = null, special_distribution = null,
    latitude = null, longitude = null, acronym = null`)
  assert.deepEqual(await noted(claire, { q: 'zinzolin' }), [])
})

test('EST-6, EST-1: a provisional card is found by what was noted of it, in its perimeter', async () => {
  const [siret, line] = [siretOf(80), [places.aquitaine, places.gironde, places.graves, places.coeur]]
  await house.owner.query(
    `insert into provisional_establishments (siret, name, commune_code, region_id, departement_id, epci_id, clpe_id,
      organisation_id, author_id, created_at) values ($1, 'Fournil neuf', '33001', $2, $3, $4, $5, $6, $7, now())`,
    [siret, ...line, claire.organisationId, claire.id],
  )
  await note(80, claire, 'sign', 'Quatre Mirabelles')
  const [found] = (await search(claire, { q: 'mirabelles' })).noted
  assert.deepEqual(
    [found.siret, found.name, found.provisional, found.said.value],
    [siretText(siret), 'Fournil neuf', true, 'Quatre Mirabelles'],
  )
  assert.deepEqual(await noted(neighbour, { q: 'mirabelles' }), [])
  assert.deepEqual(await noted(claire, { q: 'mirabelles', employer: 'true' }), [])
})
