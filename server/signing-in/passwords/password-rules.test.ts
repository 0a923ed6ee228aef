import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commonPasswords, commonWords } from './common-words-rules.ts'
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
  ['Morvan#k7Vq9x!z', 'password/guessable', 'a family name, and nine more'],
  ['k7#Vq9!xTz2w-MORVAN', null, 'own name beside what is enough'],
  ['Jalle-Bourde-k7!v', 'password/personal', 'own structure'],
  ['girafe tabouret pluie moteur canard tapis genou', null, 'seven words'],
  ['girafe tabouret pluie moteur canard tapis', null, 'six words, but forty letters of two classes'],
  ['Doudounette69!Nathalie', 'password/guessable', 'a word of French and a name'],
  ['anticonstitutionnellement', 'password/guessable', 'one word, the longest'],
  ['Anticonstituti0nnell3ment', 'password/guessable', 'the same, disguised'],
  ['girafe girafe girafe girafe girafe girafe girafe', 'password/guessable', 'one word, seven times'],
  ['lundi mardi mercredi jeudi vendredi samedi dimanche', 'password/guessable', 'one series'],
  ['un deux trois quatre cinq six sept huit', 'password/guessable', 'counting'],
  ['claire morvan girafe tabouret pluie moteur canard', 'password/guessable', 'own names are one word'],
  ['pain beurre ✨ 🌧️ k7Vq', null, 'any character counts'],
]
for (const [password, weakness, why] of table)
  test(`IDN-3: ${why}: ${weakness ?? 'accepted'}`, () => assert.equal(weaknessOf(password, claire), weakness))

test('IDN-3: each word of the shipped list, with a capital, a year and a sign, is refused', () => {
  assert.ok(commonWords.size > 100)
  for (const word of commonWords) {
    const dressed = `${word[0]!.toUpperCase()}${word.slice(1)}2026!!!`
    assert.ok(weaknessOf(dressed, []) !== null, dressed)
    assert.ok(weaknessOf(`${dressed}${word}123`, []) !== null, dressed)
  }
})

test('IDN-3: the passwords in common use, French ones among them, are refused: all those long enough to be chosen, and the others dressed up (ASVS 6.2.4)', () => {
  assert.ok(commonPasswords().size > 50_000)
  for (const word of ['azerty', 'doudou', 'marseille', 'nicolas', 'chouchou', 'password', 'football'])
    assert.ok(commonPasswords().has(word) || commonWords.has(word), word)
  const all = [...commonPasswords()]
  const chosen = all.filter(word => word.length >= 12)
  assert.ok(chosen.length > 200)
  for (const password of chosen) assert.ok(weaknessOf(password, []) !== null, password)
  for (const word of all.filter((_, i) => i % 25 === 0 || i < 3000))
    for (const password of [`${word[0]!.toUpperCase()}${word.slice(1)}2026!!!`, `${word}-${word}#1`])
      assert.ok(weaknessOf(password, []) !== null, password)
})

test('IDN-3: passwords made by chance pass all the same, and the longest ones take bounded work', () => {
  // A generator of its own, so that a failure is the same at each run.
  let seed = 20_261_127
  const random = (n: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * n)
  }
  const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789#%+=?;:_-'
  const refused = Array.from(
    { length: 500 },
    () => `${Array.from({ length: 14 }, () => letters[random(letters.length)]).join('')}aK7#`,
  ).filter(password => weaknessOf(password, []) !== null)
  assert.deepEqual(refused, [])
  const before = process.cpuUsage()
  for (const unit of ['p4$$w0rd', '4@$', 'aé', '2011-12-13', 'azertyuiop', 'x7#Q'])
    weaknessOf(unit.repeat(200).slice(0, 200), claire)
  const { user } = process.cpuUsage(before)
  assert.ok(user < 6 * 250_000, `${user} µs for six passwords of two hundred characters`)
})

test('IDN-3: an accent typed in one character or in two is one password', () => {
  assert.equal(normalized('e\u0301te\u0301'), normalized('été'))
  assert.equal(weaknessOf('e\u0301'.repeat(20), []), weaknessOf('é'.repeat(20), []))
})
