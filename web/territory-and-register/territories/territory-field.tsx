import { listTerritories } from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'
import { Combobox, type ComboboxProps } from '../../ui/index.ts'
import { type TerritoryRef, territoryChoice } from './words.ts'

interface Props
  extends Pick<
    ComboboxProps,
    'name' | 'label' | 'hint' | 'required' | 'error' | 'several' | 'value' | 'onChange' | 'placeholder'
  > {
  /** Only territories inside this one. */
  within?: number
  /** Only those that one's own structure may open. */
  own?: boolean
  /** Proposed before anything is typed. */
  likely?: readonly TerritoryRef[]
}

/** A territory, by its name or its code. */
export const TerritoryField = ({ within, own = false, likely = [], ...field }: Props) => (
  <Combobox
    {...field}
    findKey={['territories', within ?? null, own, likely.map(({ id }) => id)]}
    find={async (words, signal) => {
      if (!words && likely.length) return likely.map(territoryChoice)
      const { items } = await call(listTerritories, {
        query: {
          ...(words ? { q: words } : {}),
          ...(within === undefined ? {} : { within }),
          ...(own ? { own } : {}),
          limit: 12,
        },
        signal,
      })
      return items.map(territoryChoice)
    }}
  />
)
