import { useQuery } from '@tanstack/react-query'
import { closedFilter } from '../../agreement/tools/closed-words.ts'
import { opensData, useMe } from '../../platform/session.ts'
import { CheckboxGroup } from '../../ui/index.ts'
import { kindsQuery } from '../commitments/queries.ts'
import { familyLabels } from '../commitments/words.ts'

const engaged = 'Engagés, aujourd’hui, par l’un de ces engagements'
/** Kinds of commitment that targets hold, any of those ticked; a retired kind may still be held. */
export const CommitmentField = ({
  value,
  onChange,
}: {
  value: readonly string[]
  onChange: (kinds: readonly string[]) => void
}) => {
  const open = opensData(useMe(), 'engagements')
  const { data } = useQuery(kindsQuery)
  if (!data?.items.length || (!open && value.length === 0)) return null
  return (
    <details className="cc-operation fr-mt-3w">
      <summary>Engagements{value.length > 0 && ` (${value.length})`}</summary>
      <CheckboxGroup
        name="engagements"
        label={open ? engaged : closedFilter(engaged)}
        hint="D’après les fiches que vous lisez ; indifférent, si rien n’est coché"
        options={data.items.map(({ id, family, label, retired }) => ({
          value: id,
          label: `${familyLabels[family]} : ${label}${retired ? ' (retiré de la liste)' : ''}`,
        }))}
        value={value}
        onChange={onChange}
      />
    </details>
  )
}
