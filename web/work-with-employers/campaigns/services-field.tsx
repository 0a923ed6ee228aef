import type { Static } from 'typebox'
import type { Criteria } from '../../../contract/territory-and-register/criteria.ts'
import { monthsAgo } from '../../../contract/territory-and-register/search-address.ts'
import { serviceKinds } from '../../../contract/territory-and-register/sought.ts'
import { serviceKindLabels } from '../../../contract/work-with-employers/services/services.ts'
import { today } from '../../platform/format.ts'
import { CheckboxGroup, SelectField } from '../../ui/index.ts'

/** What targets used of the operator's services, as chosen: kinds ticked alone ask a use, whatever its day. */
export interface Used {
  readonly use: string
  readonly kinds: readonly string[]
}
export const noUse: Used = { use: '', kinds: [] }

const uses = [
  { value: 'oui-12', label: 'Utilisés au cours des 12 derniers mois' },
  { value: 'oui-24', label: 'Utilisés au cours des 24 derniers mois' },
  { value: 'oui', label: 'Utilisés, quelle que soit la date' },
  { value: 'non-12', label: 'Non utilisés depuis 12 mois' },
  { value: 'non-24', label: 'Non utilisés depuis 24 mois' },
  { value: 'non', label: 'Jamais utilisés' },
] as const

export const servicesCriteria = ({ use, kinds }: Used): Pick<Static<typeof Criteria>, 'services'> => {
  if (!use && kinds.length === 0) return {}
  const [way, months] = (use || 'oui').split('-')
  return {
    services: {
      ...(kinds.length ? { kinds: serviceKinds.filter(kind => kinds.includes(kind)) } : {}),
      [way === 'oui' ? 'usedSince' : 'notUsedSince']: monthsAgo(today(), months ? Number(months) : undefined),
    },
  }
}

export const ServicesField = ({ used, onChange }: { used: Used; onChange: (used: Used) => void }) => {
  const chosen = uses.find(({ value }) => value === used.use)
  return (
    <details className="cc-operation fr-mt-3w">
      <summary>Services de l’opérateur{chosen && ` (${chosen.label.toLowerCase()})`}</summary>
      <SelectField
        name="services"
        label="Services de l’opérateur"
        hint="D’après les fiches que vous lisez ; « non utilisés » ne se dit que de celles-ci"
        placeholder="Indifférent"
        options={uses}
        value={used.use}
        onChange={use => onChange({ ...used, use })}
      />
      <CheckboxGroup
        name="services-lesquels"
        label="Lesquels"
        hint="Tous, sauf les événements, si rien n’est coché"
        options={serviceKinds.map(value => ({ value, label: serviceKindLabels[value] }))}
        value={used.kinds}
        onChange={kinds => onChange({ ...used, kinds })}
      />
    </details>
  )
}
