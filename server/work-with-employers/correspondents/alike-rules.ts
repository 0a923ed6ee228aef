import type { KeptValue } from './value-rules.ts'

type Values = readonly Pick<KeptValue, 'field' | 'value'>[]

/** Without accents, case nor signs. */
export const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** Equal but for one letter added, taken away, changed or swapped with the next; short words only when equal. */
const close = (one: string, other: string): boolean => {
  if (one === other) return true
  const shorter = Math.min(one.length, other.length)
  if (shorter < 5 || Math.abs(one.length - other.length) > 1) return false
  let [begun, ended] = [0, 0]
  while (begun < shorter && one[begun] === other[begun]) begun++
  while (ended < shorter - begun && one.at(-1 - ended) === other.at(-1 - ended)) ended++
  const [a, b] = [one.slice(begun, one.length - ended), other.slice(begun, other.length - ended)]
  return (a.length <= 1 && b.length <= 1) || (a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0])
}

const meet = (some: readonly string[], others: readonly string[]) => some.some(one => others.includes(one))
const near = (some: readonly string[], others: readonly string[]) => some.some(a => others.some(b => close(a, b)))

/** What tells people apart, as it is compared: made once a person. */
interface Traits {
  readonly phones: readonly string[]
  readonly emails: readonly string[]
  readonly familyNames: readonly string[]
  readonly givenNames: readonly string[]
}
const traitsOf = (values: Values): Traits => {
  const all = (...fields: readonly string[]) =>
    values.filter(({ field }) => fields.includes(field)).map(({ value }) => value)
  return {
    phones: all('phone', 'otherPhone'),
    emails: all('email').map(email => email.toLowerCase()),
    familyNames: all('familyName').map(plain),
    givenNames: all('givenName').map(plain),
  }
}

const namesClose = (one: Traits, other: Traits): boolean => {
  if (near(one.familyNames, other.familyNames))
    return !one.givenNames.length || !other.givenNames.length || near(one.givenNames, other.givenNames)
  // Typed in each other's box.
  return meet(one.familyNames, other.givenNames) && meet(one.givenNames, other.familyNames)
}
/** Names known of both, and no typing error between them. */
const namesDiffer = (one: Traits, other: Traits): boolean =>
  !namesClose(one, other) &&
  ((one.familyNames.length > 0 && other.familyNames.length > 0) ||
    (one.givenNames.length > 0 && other.givenNames.length > 0 && !near(one.givenNames, other.givenNames)))

const figures = (text: string) => text.replace(/\D/g, '')
const aroundAt = (email: string) => {
  const at = email.lastIndexOf('@')
  return [email.slice(0, at), email.slice(at + 1)] as const
}
/** Before or after the @ alone; but an initial tells people apart, and a figure tells boxes apart. */
const emailsClose = (one: string, other: string): boolean => {
  const [name, domain] = aroundAt(one)
  const [otherName, otherDomain] = aroundAt(other)
  if (domain !== otherDomain) return name === otherName && close(domain, otherDomain)
  return name[0] === otherName[0] && figures(name) === figures(otherName) && close(name, otherName)
}
/** Two neighbouring figures swapped: one changed is more often a colleague's line. */
const phonesSwapped = (one: string, other: string): boolean =>
  close(one, other) && [...one].sort().join('') === [...other].sort().join('')

const sameTraits = (one: Traits, other: Traits): boolean =>
  meet(one.phones, other.phones) ||
  meet(one.emails, other.emails) ||
  namesClose(one, other) ||
  (!namesDiffer(one, other) &&
    (one.phones.some(a => other.phones.some(b => phonesSwapped(a, b))) ||
      one.emails.some(a => other.emails.some(b => emailsClose(a, b)))))

/**
 * Likely one person: the same phone or e-mail, names that a typing error separates; or a phone or an e-mail that one
 * does, unless names deny it.
 */
export const likelySame = (one: Values, other: Values): boolean => sameTraits(traitsOf(one), traitsOf(other))

interface Known {
  readonly id: string
  readonly values: Values
}
interface Pair {
  readonly one: string
  readonly other: string
}
/** Who of an establishment is likely one person, two by two, except those that somebody told apart. */
export const pairsAlike = (people: readonly Known[], apart: readonly Pair[]): Pair[] => {
  const key = (one: string, other: string) => [one, other].sort().join(' ')
  const told = new Set(apart.map(({ one, other }) => key(one, other)))
  const known = people.map(({ id, values }) => ({ id, traits: traitsOf(values) }))
  return known.flatMap((person, at) =>
    known
      .slice(at + 1)
      .filter(other => sameTraits(person.traits, other.traits) && !told.has(key(person.id, other.id)))
      .map(other => ({ one: person.id, other: other.id })),
  )
}
