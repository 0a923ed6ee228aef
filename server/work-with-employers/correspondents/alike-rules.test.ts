import assert from 'node:assert/strict'
import { test } from 'node:test'
import { likelySame, pairsAlike } from './alike-rules.ts'

const person = (values: Record<string, string>) => Object.entries(values).map(([field, value]) => ({ field, value }))
const anne = person({ givenName: 'Anne', familyName: 'Castaing', phone: '+33556001122', email: 'anne@bois.example' })

test('EST-5: likely the same: one phone, one e-mail, or names that an accent, a letter or a swap separates', () => {
  for (const values of [
    { role: 'Accueil', phone: '+33556001122' },
    { role: 'Accueil', otherPhone: '+33556001122' },
    { role: 'Accueil', email: 'ANNE@bois.example' },
    { familyName: 'CASTAING' },
    { familyName: 'Castaign', givenName: 'anne' },
    { familyName: 'Castang', givenName: 'Anne' },
    { familyName: 'Cästaing', givenName: 'Anne' },
    { familyName: 'Anne', givenName: 'Castaing' },
  ] as Record<string, string>[])
    assert.equal(likelySame(person(values), anne), true, JSON.stringify(values))
})

test('EST-5: likely the same: an e-mail or a phone that a typing error separates, when no name tells them apart', () => {
  const known = person({ givenName: 'Anne', phone: '+33556001245', email: 'accueil@bois.example' })
  for (const values of [
    { role: 'Accueil', email: 'acceuil@bois.example' },
    { role: 'Accueil', email: 'accuel@bois.example' },
    { role: 'Accueil', email: 'accueil@bios.example' },
    { role: 'Accueil', phone: '+33556002145' },
    { role: 'Accueil', otherPhone: '+33556001254' },
    { givenName: 'Anne', familyName: 'Castaing', phone: '+33556002145' },
  ] as Record<string, string>[])
    assert.equal(likelySame(person(values), known), true, JSON.stringify(values))
})

test('EST-5: not the same: a line or a box beside, an initial, another domain, names that differ', () => {
  const known = person({ givenName: 'Anne', phone: '+33556001245', email: 'a.castaing2@bois.example' })
  for (const values of [
    { role: 'Accueil', phone: '+33556001246' },
    { role: 'Accueil', email: 'b.castaing2@bois.example' },
    { role: 'Accueil', email: 'a.castaing3@bois.example' },
    { role: 'Accueil', email: 'a.castaing@bois.example' },
    { role: 'Accueil', email: 'a.castaign2@autre.example' },
    { role: 'Accueil', email: 'rh@bois.example' },
    { givenName: 'Bruno', phone: '+33556002145' },
    { givenName: 'Bruno', email: 'a.castaign2@bois.example' },
  ] as Record<string, string>[])
    assert.equal(likelySame(person(values), known), false, JSON.stringify(values))
  const named = (familyName: string, email: string) => person({ familyName, email })
  assert.equal(likelySame(named('Pons', 'direction@bois.example'), named('Bost', 'directoin@bois.example')), false)
  assert.equal(likelySame(named('Pons', 'm.pons@bois.example'), named('Bost', 'm.pont@bois.example')), false)
})

test('EST-5: not the same: another given name, a short name that differs by a letter, a role alone', () => {
  for (const values of [
    { familyName: 'Castaing', givenName: 'Bruno' },
    { familyName: 'Castagnet', givenName: 'Anne' },
    { familyName: 'Castaing', givenName: 'Anna' },
    { givenName: 'Anne' },
    { role: 'Gérante' },
    { familyName: 'Pons', phone: '+33556001123', email: 'autre@bois.example' },
  ] as Record<string, string>[])
    assert.equal(likelySame(person(values), anne), false, JSON.stringify(values))
  assert.equal(likelySame(person({ familyName: 'Pons' }), person({ familyName: 'Pont' })), false)
})

test('EST-5: of an establishment, those likely one person are found two by two, but for those told apart', () => {
  const people = [
    { id: 'a', values: anne },
    { id: 'b', values: person({ familyName: 'Castaign' }) },
    { id: 'c', values: person({ familyName: 'Pons' }) },
    { id: 'd', values: person({ role: 'Accueil', phone: '+33556001122' }) },
  ]
  assert.deepEqual(pairsAlike(people, []), [
    { one: 'a', other: 'b' },
    { one: 'a', other: 'd' },
  ])
  assert.deepEqual(pairsAlike(people, [{ one: 'b', other: 'a' }]), [{ one: 'a', other: 'd' }])
})
