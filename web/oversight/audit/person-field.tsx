import { useQuery } from '@tanstack/react-query'
import { listTrailPeople } from '../../../contract/oversight/audit.ts'
import { PersonSelect } from '../../people-and-rights/directory/person-select.tsx'
import { call } from '../../platform/api.ts'

export const PersonField = ({ value, onChange }: { value: string; onChange: (id: string) => void }) => {
  const people = useQuery({
    queryKey: ['trail', 'people'],
    queryFn: ({ signal }) => call(listTrailPeople, { signal }),
    staleTime: 300_000,
  })
  return (
    <PersonSelect
      name="personne"
      label="Personne"
      required
      placeholder="Toutes"
      value={value}
      onChange={onChange}
      people={people.data?.items ?? []}
    />
  )
}
