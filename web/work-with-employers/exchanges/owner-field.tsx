import { useQuery } from '@tanstack/react-query'
import { useToldApart } from '../../people-and-rights/directory/person-select.tsx'
import { useMe } from '../../platform/session.ts'
import { SelectField } from '../../ui/index.ts'
import { colleaguesQuery } from './queries.ts'
import type { Values } from './values.ts'

/** Oneself, or a colleague who works there too; alone, no question. */
export const Owner = ({
  siret,
  values: { ownerId, ownerName },
  onChange,
}: {
  siret: string
  values: Pick<Values, 'ownerId' | 'ownerName'>
  onChange: (id: string, name: string) => void
}) => {
  const { account } = useMe()
  const others = (useQuery(colleaguesQuery(siret)).data?.items ?? []).filter(({ id }) => id !== account.id)
  const kept =
    ownerId && ownerId !== account.id && !others.some(({ id }) => id === ownerId)
      ? [{ id: ownerId, name: ownerName }]
      : []
  const people = [...others, ...kept]
  const nameOf = useToldApart(people)
  if (people.length === 0) return null
  return (
    <SelectField
      name="ownerId"
      label="Qui s’en charge"
      hint={
        ownerId && ownerId !== account.id
          ? 'L’action sera dans ses prochaines actions et dans son portefeuille'
          : 'Un collègue habilité sur ce territoire peut s’en charger'
      }
      required
      value={ownerId || account.id}
      onChange={value =>
        onChange(value, people.find(({ id }) => id === value)?.name ?? `${account.givenName} ${account.familyName}`)
      }
      options={[
        { value: account.id, label: 'Vous' },
        ...people.map(person => ({ value: person.id, label: nameOf(person) })),
      ]}
    />
  )
}
