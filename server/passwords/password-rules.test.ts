import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commonWords } from './common-words-rules.ts'
import { normalized, weaknessOf } from './password-rules.ts'

const claire = ['Claire', 'Morvan', 'claire.morvan@jalle-eau-bourde.example', 'Communauté de communes Jalle-Eau Bourde']

const table: readonly (readonly [password: string, weakness: string | null, why: string])[] = [
  ['', 'password/too-short', 'nothing'],
  ['k7#Vq9!xTz2', 'password/too-short', 'eleven characters of four classes'],
  ['k7#Vq9!xTz2w', null, 'twelve of four classes: 79.6 bits, counted as 80'],
  ['k7rVq9sxTz2wB', 'password/too-simple', 'thirteen of letters and digits: 77.4'],
  ['k7rVq9sxTz2wBh', null, 'fourteen: 83.4'],
  ['kvrxqmsxtzhwbhpg', 'password/too-simple', 'sixteen small letters: 75.2'],
  ['kvrxqmsxtzhwbhpgd', null, 'seventeen: 79.9'],
  ['739150286417395028', 'password/too-simple', 'eighteen digits: 59.8'],
  ['aaaaaaaaaaaaaaaaaaaaaaaa', 'password/guessable', 'one character, often'],
  ['abcdefghijklmnopqrstuvwxyz', 'password/guessable', 'the alphabet'],
  ['9876543210-9876543210-A', 'password/guessable', 'backwards, twice'],
  ['azertyuiopqsdfghjklm', 'password/guessable', 'a walk along two rows'],
  ['1qaz2wsx3edc4RFV!', 'password/guessable', 'columns of the keyboard'],
  ['MotDePasse2026!', 'password/guessable', 'words, a year and a sign'],
  ['M0td3P@sse-2026!', 'password/guessable', 'disguised'],
  ['FranceTravail33!Bordeaux', 'password/guessable', 'the service and a town'],
  ['CampagnesCoordonnees#1', 'password/guessable', 'this service'],
  ['Soleil123456Soleil!', 'password/guessable', 'common, walk, common'],
  ['Xk4!Xk4!Xk4!Xk4!', 'password/guessable', 'four characters, four times'],
  ['Décembre-2026-Décembre', 'password/guessable', 'accents do not hide a month'],
  ['Morvan#k7Vq9x!z', 'password/personal', 'own name, and nine more'],
  ['k7#Vq9!xTz2w-MORVAN', null, 'own name beside what is enough'],
  ['Jalle-Bourde-k7!v', 'password/personal', 'own structure'],
  ['girafe tabouret pluie moteur canard tapis genou', null, 'seven words'],
  ['girafe tabouret pluie moteur canard tapis', null, 'six words, but forty letters of two classes'],
  ['girafe girafe girafe girafe girafe girafe girafe', 'password/guessable', 'one word, seven times'],
  ['lundi mardi mercredi jeudi vendredi samedi dimanche', 'password/guessable', 'one series'],
  ['un deux trois quatre cinq six sept huit', 'password/guessable', 'counting'],
  ['claire morvan girafe tabouret pluie moteur canard', 'password/guessable', 'own names are one word'],
  ['pain beurre ✨ 🌧️ k7Vq', null, 'any character counts'],
]
for (const [password, weakness, why] of table) test(`IDN-3: ${why}: ${weakness ?? 'accepted'}`, () => assert.equal(weaknessOf(password, claire), weakness))

test('IDN-3: each word of the shipped list, with a capital, a year and a sign, is refused', () => {
  assert.ok(commonWords.size > 300)
  for (const word of commonWords) {
    const dressed = `${word[0]!.toUpperCase()}${word.slice(1)}2026!!!`
    assert.ok(weaknessOf(dressed, []) !== null, dressed)
    assert.ok(weaknessOf(`${dressed}${word}123`, []) !== null, dressed)
  }
})

test('IDN-3: an accent typed in one character or in two is one password', () => {
  assert.equal(normalized('e\u0301te\u0301'), normalized('été'))
  assert.equal(weaknessOf('e\u0301'.repeat(20), []), weaknessOf('é'.repeat(20), []))
})
