import type { Static } from 'typebox'
import type { Criteria } from '../../../contract/territory-and-register/criteria.ts'
import {
  hireClasses,
  hiresWords,
  mostHires,
  needsSought,
  needWords,
} from '../../../contract/territory-and-register/sought.ts'
import { closedFilter } from '../../agreement/tools/closed-words.ts'
import { formatNumber } from '../../platform/format.ts'
import { holds, opensData, useMe } from '../../platform/session.ts'
import { CheckboxGroup, SelectField, TextField } from '../../ui/index.ts'

/** What employers need and hire, as chosen: nothing is asked of it when the need and the numbers are empty. */
export interface Wanted {
  readonly need: string
  readonly classes: readonly string[]
  readonly atLeast: string
  /** Over the next three months. */
  readonly expected: string
}
export const nothingWanted: Wanted = { need: '', classes: [], atLeast: '', expected: '' }

const numberIn = (typed: string): number | undefined =>
  /^[1-9]\d*$/.test(typed.trim()) && Number(typed) <= mostHires ? Number(typed) : undefined

/** What was typed is no number: nothing may be added meanwhile, for it would be too many. */
export const isWrong = ({ atLeast, expected }: Wanted): boolean => isWrongNumber(atLeast) || isWrongNumber(expected)
const isWrongNumber = (typed: string) => typed.trim() !== '' && numberIn(typed) === undefined

/** As the service takes them; kinds ticked without a number ask one hire at least. */
export const wantedCriteria = ({
  need,
  classes,
  atLeast,
  expected,
}: Wanted): Pick<Static<typeof Criteria>, 'need' | 'hires' | 'expectedHires'> => {
  const least = numberIn(atLeast) ?? (atLeast.trim() === '' && classes.length > 0 ? 1 : undefined)
  const asked = needsSought.find(one => one === need)
  const expectedHires = numberIn(expected)
  return {
    ...(asked ? { need: asked } : {}),
    ...(expectedHires === undefined ? {} : { expectedHires }),
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

const needLabel = 'Besoin noté par le réseau'
export const NeedField = ({ wanted, onChange }: { wanted: Wanted; onChange: (wanted: Wanted) => void }) => {
  const open = opensData(useMe(), 'besoins')
  if (!open && !wanted.need) return null
  return (
    <SelectField
      name="besoin"
      label={open ? needLabel : closedFilter(needLabel)}
      hint="D’après les fiches que vous lisez"
      placeholder="Indifférent"
      options={needsSought.map(value => ({ value, label: needWords[value] }))}
      value={wanted.need}
      onChange={need => onChange({ ...wanted, need })}
    />
  )
}

const wrong = 'Un nombre entier, de 1 à 99 999.'

/** Only for who reads recruitment cards; of nobody else's establishments would anything be told. */
export const HiresField = ({ wanted, onChange }: { wanted: Wanted; onChange: (wanted: Wanted) => void }) => {
  if (!holds(useMe(), 'fiche-recrutement')) return null
  const { classes, atLeast, expected } = wanted
  const { hires, expectedHires } = wantedCriteria(wanted)
  return (
    <>
      <details className="cc-operation fr-mt-3w">
        <summary>Embauches récentes{hires && ` (${formatNumber(hires.atLeast)} au moins)`}</summary>
        <TextField
          name="embauches-au-moins"
          label="Embauches des douze derniers mois, au moins"
          hint="Déclarées (DPAE), là où vous lisez les fiches de recrutement ; indifférent, si vous laissez vide"
          inputMode="numeric"
          width="short"
          value={atLeast}
          error={isWrongNumber(atLeast) ? wrong : undefined}
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
      <details className="cc-operation fr-mt-3w">
        <summary>
          Embauches attendues{expectedHires !== undefined && ` (${formatNumber(expectedHires)} au moins)`}
        </summary>
        <TextField
          name="embauches-attendues"
          label="Embauches attendues d’ici trois mois, au moins"
          hint="D’après la fiche de recrutement, là où vous la lisez et où elle les prévoit ; indifférent, si vous laissez vide"
          inputMode="numeric"
          width="short"
          value={expected}
          error={isWrongNumber(expected) ? wrong : undefined}
          onChange={typed => onChange({ ...wanted, expected: typed })}
        />
      </details>
    </>
  )
}
