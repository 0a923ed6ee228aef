import { listOrganisations } from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'
import { Chosen, Combobox, type ComboboxProps } from '../../ui/index.ts'
import { type Organisation, organisationChoice } from './words.ts'

const find = async (words: string, signal: AbortSignal) => {
  const { items } = await call(listOrganisations, { query: { ...(words ? { q: words } : {}), limit: 12 }, signal })
  return items.map(organisationChoice)
}

/** One partner organisation, by its name. */
export const OrganisationField = (
  field: Pick<ComboboxProps, 'name' | 'label' | 'hint' | 'required' | 'error' | 'value' | 'onChange' | 'placeholder'>,
) => <Combobox {...field} find={find} findKey={['organisations']} />

/** Several, under the field as they are chosen. `without` is never proposed. */
export const OrganisationsField = ({
  name,
  label,
  hint,
  value,
  onChange,
  without = [],
}: {
  name: string
  label: string
  hint?: string
  value: readonly Pick<Organisation, 'id' | 'name'>[]
  onChange: (value: readonly Pick<Organisation, 'id' | 'name'>[]) => void
  without?: readonly string[]
}) => {
  const taken = new Set([...without, ...value.map(({ id }) => id)])
  return (
    <div className="cc-several">
      <Combobox
        {...{ name, label, ...(hint ? { hint } : {}) }}
        several
        value={null}
        onChange={choice => choice && onChange([...value, { id: choice.value, name: choice.label }])}
        findKey={['organisations', 'several', [...taken].sort()]}
        find={async (words, signal) => (await find(words, signal)).filter(choice => !taken.has(choice.value))}
      />
      <Chosen
        label={`${label} : choisies`}
        items={value.map(organisationChoice)}
        onRemove={id => onChange(value.filter(one => one.id !== id))}
      />
    </div>
  )
}
