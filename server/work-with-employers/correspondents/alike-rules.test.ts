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
