import { useQuery } from '@tanstack/react-query'
import { listTrailPeople } from '../../../contract/oversight/audit.ts'
import { call } from '../../platform/api.ts'
import { SelectField } from '../../ui/index.ts'

export const PersonField = ({ value, onChange }: { value: string; onChange: (id: string) => void }) => {
  const people = useQuery({
    queryKey: ['trail', 'people'],
    queryFn: ({ signal }) => call(listTrailPeople, { signal }),
    staleTime: 300_000,
  })
  return (
    <SelectField
      name="personne"
      label="Personne"
      required
      placeholder="Toutes"
      value={value}
      onChange={onChange}
      options={(people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}
