import { pick } from '../../testing/people.ts'

/* Names as hurried people type them, by rule. */

const keyboard = ['azertyuiop', 'qsdfghjklm', 'wxcvbn']
const beside = (letter: string): string[] =>
  keyboard.flatMap((row, r) =>
    [...row].filter((_, c) =>
      keyboard.some(
        (other, o) => other.includes(letter) && Math.abs(o - r) + Math.abs(other.indexOf(letter) - c) === 1,
      ),
    ),
  )
const sounds: readonly (readonly [RegExp, string])[] = [
  [/ph/, 'f'],
  [/f(?=[aeiou])/, 'ph'],
  [/eau/, 'o'],
  [/au/, 'o'],
  [/qu/, 'k'],
  [/c(?=[ao])/, 'k'],
  [/ss/, 'c'],
  [/c(?=[ei])/, 's'],
  [/y/, 'i'],
  [/an(?=[^aeiou]|$)/, 'en'],
  [/en(?=[^aeiou]|$)/, 'an'],
  [/ai/, 'e'],
  [/in(?=[^aeiou]|$)/, 'ain'],
  [/([lmnprt])\1/, '$1'],
  [/(?<=[aeiou])([lnrt])(?=[aeiou])/, '$1$1'],
  [/z/, 's'],
  [/g(?=[ei])/, 'j'],
  [/th/, 't'],
  [/(?<=.{4})[dtsx]$/, ''],
]
type Slip = (word: string, random: () => number) => string
/** Somewhere after the first letter. */
const inside = (word: string, random: () => number) => 1 + Math.floor(random() * (word.length - 1))
export const slipsByRule: Record<string, Slip> = {
  swap: (word, random) => {
    const i = Math.min(inside(word, random), word.length - 2)
    return word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2)
  },
  drop: (word, random) => {
    const i = inside(word, random)
    return word.slice(0, i) + word.slice(i + 1)
  },
  double: (word, random) => {
    const i = inside(word, random)
    return word.slice(0, i) + word[i] + word.slice(i)
  },
  'neighbour key': (word, random) => {
    const i = inside(word, random)
    const near = beside(word[i]!)
    return near.length ? word.slice(0, i) + pick(random, near) + word.slice(i + 1) : word
  },
  phonetic: (word, random) => {
    const able = sounds.filter(([heard]) => heard.test(word))
    return able.length ? word.replace(...pick(random, able)) : word
  },
}

export interface Place {
  readonly siret: string
  readonly name: string
  readonly town: string
}
export interface Misspelt extends Place {
  readonly rule: string
  readonly typed: string
}
/**
 * So many names, one slip in one word of four letters or more of each, the rules in turn. `sayable` are those whom
 * their name, or their name and town, singles out: when the name alone does not, the town is typed too.
 */
export const misspelt = (
  places: readonly Place[],
  wordsOf: (text: string) => readonly string[],
  many: number,
  random: () => number,
): Misspelt[] => {
  const count = (keys: readonly string[]) => {
    const n = new Map<string, number>()
    for (const key of keys) n.set(key, (n.get(key) ?? 0) + 1)
    return n
  }
  const key = (text: string) => [...wordsOf(text)].sort().join(' ')
  const [byName, byBoth] = [count(places.map(p => key(p.name))), count(places.map(p => key(`${p.name} ${p.town}`)))]
  const sayable = places.filter(p => byBoth.get(key(`${p.name} ${p.town}`)) === 1)
  const rules = Object.entries(slipsByRule)
  const all: Misspelt[] = []
  for (let tries = 0; all.length < many && tries < many * 50; tries++) {
    const [rule, slip] = rules[all.length % rules.length]!
    const place = pick(random, sayable)
    const words = [...wordsOf(place.name)]
    const long = words.flatMap((w, i) => (/^[a-z]{4,}$/.test(w) ? [i] : []))
    if (!long.length || all.some(m => m.siret === place.siret)) continue
    const i = pick(random, long)
    const wrong = slip(words[i]!, random)
    if (wrong === words[i]) continue
    words[i] = wrong
    all.push({
      ...place,
      rule,
      typed: byName.get(key(place.name)) === 1 ? words.join(' ') : `${words.join(' ')} ${place.town.toLowerCase()}`,
    })
  }
  return all
}
