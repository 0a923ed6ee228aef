import { useAddress } from './navigation.ts'

/** Each way to group a list: what the address says of it (`groupe`), and how it reads. */
export type Groupings<Group extends string> = Readonly<Record<Group, { readonly said: string; readonly label: string }>>

/** The grouping that the address asks, undefined when it says none it knows; the field that asks another. */
export const useListGroup = <Group extends string>(groupings: Groupings<Group>) => {
  const [{ groupe }, setAddress] = useAddress()
  const all = Object.keys(groupings) as Group[]
  const group = all.find(one => groupings[one].said === groupe)
  return {
    group,
    field: {
      name: 'groupe',
      label: 'Grouper par',
      required: true,
      placeholder: 'Ne pas grouper',
      value: group ? groupings[group].said : '',
      onChange: (said: string) => setAddress({ groupe: said || undefined }),
      options: all.map(one => ({ value: groupings[one].said, label: groupings[one].label })),
    },
  }
}
