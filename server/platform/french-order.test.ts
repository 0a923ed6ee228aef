import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { organisations } from '../people-and-rights/organisations/index.ts'
import { anOrganisation, insertOrganisation } from '../people-and-rights/organisations/testing.ts'
import { type House, openHouse, type Person } from '../testing/house.ts'
import { serverCode, text } from '../testing/sources.ts'

let house: House
let person: Person
before(async () => {
  house = await openHouse(organisations)
  const own = await house.organisation({ name: 'Zola' })
  person = await house.person(own.id, [{ tool: 'campagnes', profile: 'pilote' }])
  for (const name of ['Étoile', 'ecole des pins', 'École du parc', 'Azur', 'œuvre', 'Zénith'])
    await insertOrganisation(house.owner, anOrganisation({ name }))
})
after(() => house.close())

test('REL-7: names sort as in French, accents and capitals aside, from one page to the next too', async () => {
  const names: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const { body } = await house.call(person, 'GET', `/organisations?limit=2${next ? `&after=${next}` : ''}`)
    names.push(...body.items.map(({ name }: { name: string }) => name))
    next = body.next
  }
  assert.deepEqual(names, ['Azur', 'ecole des pins', 'École du parc', 'Étoile', 'œuvre', 'Zénith', 'Zola'])
})

const unsorted = (code: string): string[] => {
  const clauses = [...code.matchAll(/order by ((?:coalesce\([^)]*\)|[^)`;])*)/g)].map(([, clause]) =>
    clause!.replaceAll(/coalesce\([^)]*\) collate/g, ''),
  )
  const name = /(?<![.\w(])(?:[a-z]\.)?(?:name|label|family_name|given_name|campaign_name)\b(?! collate)/
  const sorted = code.includes('collate "fr-x-icu" as name')
  return [
    ...clauses.filter(clause => name.test(clause) && !(sorted && /^name\b/.test(clause))),
    ...[...code.matchAll(/\.orderBy\('(?:name|familyName|givenName)'\)/g)].map(([call]) => call),
  ]
}
test('REL-7: a statement that orders by a name says the French collation', () => {
  assert.deepEqual(unsorted('`… order by o.name, o.id`'), ['o.name, o.id'], 'it is looked for')
  assert.deepEqual(unsorted("k.orderBy('name')"), [".orderBy('name')"])
  assert.deepEqual(
    serverCode().flatMap(file => unsorted(text(file)).map(clause => `${file}: ${clause.trim()}`)),
    [],
  )
})
