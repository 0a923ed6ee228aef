import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyRing } from '../../platform/key-ring.ts'
import { objectionDigests } from './objection-digests.ts'
import { blockedBy, identifiersOf, without } from './objection-rules.ts'

const said = (values: Record<string, string>) => Object.entries(values).map(([field, value]) => ({ field, value }))
const anne = said({
  givenName: 'Anne',
  familyName: 'Castaing',
  role: 'Gérante',
  email: 'Anne@Bois.example',
  phone: '+33556001122',
  otherPhone: '+33600000001',
})

test('EST-5, PRI-2: a person is recognised by e-mail and phones anywhere, by full name at one establishment', () => {
  assert.deepEqual(identifiersOf(anne, 31), [
    { kind: 'email', what: 'anne@bois.example' },
    { kind: 'phone', what: '+33556001122' },
    { kind: 'phone', what: '+33600000001' },
    { kind: 'name', what: '31 anne castaing' },
  ])
  assert.deepEqual(identifiersOf(said({ familyName: 'Castaing', role: 'Gérante' }), 31), [], 'a surname is no one')
  const typed = identifiersOf(said({ givenName: 'ANNE ', familyName: 'Cästaing' }), 31)
  assert.deepEqual(without(typed, identifiersOf(anne, 31)), [])
  assert.equal(without(typed, identifiersOf(anne, 32)).length, 1, 'a namesake elsewhere')
})

test('EST-5, PRI-2: a number that a colleague of the establishment uses too blocks nobody', () => {
  const colleague = said({ role: 'Accueil', phone: '+33556001122' })
  assert.deepEqual(
    blockedBy(anne, [{ siret: 31, values: colleague }], [31]).map(({ what }) => what),
    ['anne@bois.example', '+33600000001', '31 anne castaing'],
  )
})

test('EST-5, PRI-2: of who answers for several, a namesake keeps the name where they are, and nowhere else', () => {
  const namesake = { siret: 31, values: said({ givenName: 'Anne', familyName: 'Castaing' }) }
  assert.deepEqual(
    blockedBy(said({ givenName: 'Anne', familyName: 'Castaing' }), [namesake], [31, 32]).map(({ what }) => what),
    ['32 anne castaing'],
  )
})

test('EST-5, PRI-2: what is kept is a digest under a key of the installation; a change of key forgets nobody', () => {
  const keys = (...numbers: number[]) => objectionDigests(keyRing(new Map(numbers.map(n => [n, Buffer.alloc(32, n)]))))
  const email = { kind: 'email', what: 'anne@bois.example' } as const
  const [before, after] = [keys(1), keys(2, 1)]
  const kept = before.made(email)
  assert.deepEqual([kept.digest.length, kept.keyNumber, after.made(email).keyNumber], [32, 1, 2])
  assert.ok(after.sought(email).some(digest => digest.equals(kept.digest)))
  assert.ok(
    !keys(2)
      .sought(email)
      .some(digest => digest.equals(kept.digest)),
    'without the key, nothing is recognised',
  )
  assert.ok(!before.made({ ...email, kind: 'phone' }).digest.equals(kept.digest))
})
