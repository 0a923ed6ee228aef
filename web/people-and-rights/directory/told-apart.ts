/** A person of a list that one chooses from, with what is known of them. */
export interface Choosable {
  readonly id: string
  readonly name: string
  readonly structure?: string | undefined
  readonly function?: string | undefined
  readonly agency?: string | undefined
  /** Only where the list gives it. */
  readonly email?: string | null | undefined
}
const parts = ['structure', 'function', 'agency', 'email'] as const

/** Two names that one reads or hears alike. */
const alike = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s-]+/g, ' ')
    .trim()

/** Those of a list that bear the name of another of it, by name. */
export const namesakesAmong = <Person extends Choosable>(people: readonly Person[]): readonly (readonly Person[])[] =>
  [
    ...Map.groupBy(new Map(people.map(person => [person.id, person])).values(), ({ name }) => alike(name)).values(),
  ].filter(group => group.length > 1)

/**
 * What each person of a list is called (ACC-16): the name alone, unless another bears it. Namesakes are told apart by
 * the structure, the function, the agency, then the address: by those that differ, or by all when none does.
 */
export const toldApart = (people: readonly Choosable[]): ReadonlyMap<string, string> => {
  const labels = new Map(people.map(({ id, name }) => [id, name]))
  for (const group of namesakesAmong(people)) {
    const differing = parts.filter(part => new Set(group.map(person => person[part] ?? '')).size > 1)
    for (const person of group)
      labels.set(
        person.id,
        [person.name, ...(differing.length ? differing : parts).map(part => person[part])].filter(Boolean).join(', '),
      )
  }
  return labels
}
