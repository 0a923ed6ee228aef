import { plain } from './alike-rules.ts'

type Values = readonly { readonly field: string; readonly value: string }[]

/** What tells a person from all others: an e-mail or a phone anywhere, a full name at one establishment. */
export interface Identifier {
  readonly kind: 'email' | 'phone' | 'name'
  readonly what: string
}
const keyOf = ({ kind, what }: Identifier) => `${kind} ${what}`

export const identifiersOf = (values: Values, siret: number): readonly Identifier[] => {
  const all = (...fields: readonly string[]) =>
    values.filter(({ field }) => fields.includes(field)).map(({ value }) => value)
  const names = all('givenName').flatMap(given =>
    all('familyName').map(family => `${siret} ${plain(given)} ${plain(family)}`),
  )
  const found = [
    ...all('email').map(email => ({ kind: 'email', what: email.toLowerCase() }) as const),
    ...all('phone', 'otherPhone').map(phone => ({ kind: 'phone', what: phone }) as const),
    ...names.map(name => ({ kind: 'name', what: name }) as const),
  ]
  return [...new Map(found.map(identifier => [keyOf(identifier), identifier])).values()]
}

/** The same, of a person who answers for several establishments: the name counts at each. */
export const identifiersAt = (values: Values, sirets: readonly number[]): readonly Identifier[] => [
  ...new Map(
    sirets.flatMap(siret => identifiersOf(values, siret)).map(identifier => [keyOf(identifier), identifier]),
  ).values(),
]

/** Those of `some` that are not among `others`. */
export const without = (some: readonly Identifier[], others: readonly Identifier[]): readonly Identifier[] => {
  const known = new Set(others.map(keyOf))
  return some.filter(identifier => !known.has(keyOf(identifier)))
}

/** Somebody else, in place at an establishment. */
export interface Colleague {
  readonly siret: number
  readonly values: Values
}
/**
 * What blocks the return of who objects. A number or an address that someone else of one of these establishments uses
 * is theirs too, and blocks nobody; a namesake's name is theirs where they are, and blocked elsewhere.
 */
export const blockedBy = (
  said: Values,
  others: readonly Colleague[],
  sirets: readonly number[],
): readonly Identifier[] =>
  without(
    identifiersAt(said, sirets),
    others.flatMap(({ values, siret }) => identifiersOf(values, siret)),
  )
