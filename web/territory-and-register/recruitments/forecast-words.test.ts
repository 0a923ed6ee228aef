import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorWords, forecastSentence, nextSentence, proofWords } from './forecast-words.ts'

const plain = (words: string) => words.replaceAll(/[\u00a0\u202f]/g, ' ')
const next = { expected: 7, low: 3, high: 12, first: '2026-12', last: '2027-02' }

for (const { name, of, said } of [
  { name: 'some', of: next, said: 'Environ 7 embauches probables de décembre 2026 à février 2027, entre 3 et 12.' },
  {
    name: 'one',
    of: { ...next, expected: 1, low: 1, high: 1 },
    said: 'Environ 1 embauche probable de décembre 2026 à février 2027.',
  },
  {
    name: 'none, perhaps two',
    of: { ...next, expected: 0, low: 0, high: 2 },
    said: 'Sans doute aucune embauche de décembre 2026 à février 2027, 2 au plus.',
  },
] as const)
  test(`REC-4: three months are said as likely, with their interval: ${name}`, () => {
    assert.equal(plain(nextSentence(of)), said)
  })

test('REC-4: high months are named, and their lack is said', () => {
  const month = { expected: 9, low: 5, high: 14, past: [] }
  const forecast = { silence: null, proof: null, three: next }
  const sentence = (isHigh: boolean) =>
    plain(forecastSentence({ ...forecast, months: [{ ...month, month: '2027-05', isHigh }] }))
  assert.match(sentence(true), /^Forte embauche probable en mai 2027\. Environ 7/)
  assert.match(sentence(false), /^Aucun mois de forte embauche ne se dessine\./)
})

const proof = {
  first: '2024-12',
  last: '2026-11',
  months: 24,
  error: 1.2,
  errorOfSameMonth: 1.9,
  errorOfMean: 2.4,
  within: 21,
  announced: 4,
  verified: 3,
  unannounced: 0,
}
for (const { over, said } of [
  { over: {}, said: 'Elle a annoncé 4 mois de forte embauche : 3 se sont vérifiés.' },
  { over: { verified: 1 }, said: 'Elle a annoncé 4 mois de forte embauche : 1 s’est vérifié.' },
  { over: { verified: 0 }, said: 'Elle a annoncé 4 mois de forte embauche : aucun ne s’est vérifié.' },
  { over: { verified: 4 }, said: 'Elle a annoncé 4 mois de forte embauche : tous se sont vérifiés.' },
  { over: { announced: 1, verified: 1 }, said: 'Elle a annoncé 1 mois de forte embauche : il s’est vérifié.' },
  { over: { announced: 1, verified: 0 }, said: 'Elle a annoncé 1 mois de forte embauche : il ne s’est pas vérifié.' },
  {
    over: { announced: 0, verified: 0, unannounced: 2 },
    said: 'Elle n’a annoncé aucun mois de forte embauche. 2 mois de forte embauche sont venus sans être annoncés.',
  },
] as const)
  test(`REC-4: the hit rate is said in numbers, right or wrong: ${said}`, () => {
    assert.equal(plain(proofWords({ ...proof, ...over })[0]!), said)
  })

test('REC-4: beside the hit rate, the interval and the distance from what came, as the two guesses have it', () => {
  assert.equal(plain(proofWords(proof)[1]!), '21 mois sur 24 sont tombés dans la fourchette.')
  assert.equal(
    plain(errorWords(proof)),
    'Elle s’est trompée de 1,2 embauche par mois ; reprendre le même mois de l’année d’avant, de 1,9 ; la moyenne des douze mois d’avant, de 2,4.',
  )
})
