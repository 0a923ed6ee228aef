import type { Static } from 'typebox'
import type { Criteria } from '../../../contract/territory-and-register/criteria.ts'
import {
  hireClasses,
  hiresWords,
  mostHires,
  needsSought,
  needWords,
} from '../../../contract/territory-and-register/sought.ts'
import { holds, useMe } from '../../platform/session.ts'
import { CheckboxGroup, SelectField, TextField } from '../../ui/index.ts'

/** What employers need and hire, as chosen: nothing is asked of it when the need and the number are empty. */
export interface Wanted {
  readonly need: string
  readonly classes: readonly string[]
  readonly atLeast: string
}
export const nothingWanted: Wanted = { need: '', classes: [], atLeast: '' }

const numberIn = (typed: string): number | undefined =>
  /^[1-9]\d*$/.test(typed.trim()) && Number(typed) <= mostHires ? Number(typed) : undefined

/** What was typed is no number: nothing may be added meanwhile, for it would be too many. */
export const isWrong = ({ atLeast }: Wanted): boolean => atLeast.trim() !== '' && numberIn(atLeast) === undefined

/** As the service takes them; kinds ticked without a number ask one hire at least. */
export const wantedCriteria = ({ need, classes, atLeast }: Wanted): Pick<Static<typeof Criteria>, 'need' | 'hires'> => {
  const least = numberIn(atLeast) ?? (atLeast.trim() === '' && classes.length > 0 ? 1 : undefined)
  const asked = needsSought.find(one => one === need)
  return {
    ...(asked ? { need: asked } : {}),
    ...(least === undefined
      ? {}
      : {
          hires: {
            ...(classes.length ? { classes: hireClasses.filter(one => classes.includes(one)) } : {}),
            atLeast: least,
          },
        }),
  }
}

export const NeedField = ({ wanted, onChange }: { wanted: Wanted; onChange: (wanted: Wanted) => void }) => (
  <SelectField
    name="besoin"
    label="Besoin noté par le réseau"
    hint="D’après les fiches que vous lisez"
    placeholder="Indifférent"
    options={needsSought.map(value => ({ value, label: needWords[value] }))}
    value={wanted.need}
    onChange={need => onChange({ ...wanted, need })}
  />
)

/** Only for who reads recruitment cards; of nobody else's establishments would anything be told. */
export const HiresField = ({ wanted, onChange }: { wanted: Wanted; onChange: (wanted: Wanted) => void }) => {
  if (!holds(useMe(), 'fiche-recrutement')) return null
  const { classes, atLeast } = wanted
  const asked = wantedCriteria(wanted).hires
  return (
    <details className="cc-operation fr-mt-3w">
      <summary>Embauches récentes{asked && ` (${asked.atLeast} au moins)`}</summary>
      <TextField
        name="embauches-au-moins"
        label="Embauches des douze derniers mois, au moins"
        hint="Déclarées (DPAE), là où vous lisez les fiches de recrutement ; indifférent, si vous laissez vide"
        inputMode="numeric"
        width="short"
        value={atLeast}
        error={isWrong(wanted) ? 'Un nombre entier, de 1 à 99 999.' : undefined}
        onChange={typed => onChange({ ...wanted, atLeast: typed })}
      />
      <CheckboxGroup
        name="embauches"
        label="Comptées ensemble"
        hint="Toutes, si rien n’est coché"
        options={hireClasses.map(value => ({ value, label: hiresWords[value] }))}
        value={classes}
        onChange={chosen => onChange({ ...wanted, classes: chosen })}
      />
    </details>
  )
}
