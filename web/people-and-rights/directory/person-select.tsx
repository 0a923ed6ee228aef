import { useQueries } from '@tanstack/react-query'
import type { ComponentProps } from 'react'
import { listDirectory } from '../../../contract/people-and-rights/directory.ts'
import { call } from '../../platform/api.ts'
import { shortOrganisation } from '../../platform/names.ts'
import { useMaybeMe } from '../../platform/session.ts'
import { SelectField } from '../../ui/index.ts'
import { readsDirectory } from './reads-directory.ts'
import { type Choosable, namesakesAmong, toldApart } from './told-apart.ts'

/** What the directory says of namesakes alone: most lists have none, and ask nothing. */
const namesakesQuery = (name: string, enabled: boolean) => ({
  queryKey: ['directory', 'namesakes', name],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    call(listDirectory, { query: { q: name.slice(0, 80), limit: 50 }, signal }),
  enabled,
  staleTime: 300_000,
  retry: false,
})

/** Names the people of a list so that no two are taken for each other (ACC-16). */
export const useToldApart = (people: readonly Choosable[]): ((person: Choosable) => string) => {
  const me = useMaybeMe()
  const reads = !!me && readsDirectory(me)
  const names = [...new Set(namesakesAmong(people).map(([first]) => first!.name))]
  const lines = useQueries({ queries: names.map(name => namesakesQuery(name, reads)) }).flatMap(
    ({ data }) => data?.items ?? [],
  )
  const known = new Map(lines.map(line => [line.id, line]))
  const labels = toldApart(
    people.map(person => {
      const line = known.get(person.id)
      return line
        ? {
            ...person,
            structure: shortOrganisation(line.organisation.name),
            function: line.function,
            agency: line.agency?.name,
          }
        : person
    }),
  )
  return ({ id, name }) => labels.get(id) ?? name
}

type Field = ComponentProps<typeof SelectField>
/** A choice among people, whom their names alone may not tell apart. `you`: the reader, said so. */
export const PersonSelect = ({
  people,
  you,
  ...field
}: Omit<Field, 'options'> & { readonly people: readonly Choosable[]; readonly you?: string }) => {
  const nameOf = useToldApart(people)
  return (
    <SelectField
      {...(field as Field)}
      options={people.map(person => ({
        value: person.id,
        label: person.id === you ? `${nameOf(person)} (vous)` : nameOf(person),
      }))}
    />
  )
}
