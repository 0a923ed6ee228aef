import { serviceKinds } from '../../../contract/territory-and-register/sought.ts'
import { serviceKindLabels } from '../../../contract/work-with-employers/services/services.ts'
import { SelectField } from '../../ui/index.ts'

import { FacetList } from './facet-list.tsx'
import { type Filters, servicesOf, servicesSaid } from './search-address.ts'

const periods = [6, 12, 24, 36]
const periodWords = (months: number) => `Sur les ${months} derniers mois`

/** Those that used the operator's services, or did not, of the cards that one reads (REC-3). */
export const ServicesFacet = ({
  services,
  write,
}: {
  services: string | undefined
  write: (change: Filters) => void
}) => {
  const chosen = servicesOf(services ?? '')
  const { months, kind } = chosen ?? { months: 12, kind: undefined }
  return (
    <>
      <FacetList
        title="Services de l’opérateur"
        values={[
          { value: servicesSaid({ used: true, months, kind }), label: 'Utilisés' },
          { value: servicesSaid({ used: false, months, kind }), label: 'Non utilisés' },
        ]}
        chosen={services}
        onChoose={value => write({ services: value })}
      />
      {chosen && (
        <>
          <SelectField
            name="service"
            label="Quel service"
            hint="D’après les fiches que vous lisez"
            placeholder="Tous, sauf les événements"
            options={serviceKinds.map(value => ({ value, label: serviceKindLabels[value] }))}
            value={kind ?? ''}
            onChange={value =>
              write({ services: servicesSaid({ ...chosen, kind: serviceKinds.find(one => one === value) }) })
            }
          />
          <SelectField
            name="services-depuis"
            label="Sur quelle durée"
            placeholder="Quelle que soit la date"
            options={[...new Set([...periods, ...(months === undefined ? [] : [months])])]
              .toSorted((one, other) => one - other)
              .map(n => ({ value: String(n), label: periodWords(n) }))}
            value={months === undefined ? '' : String(months)}
            onChange={value =>
              write({ services: servicesSaid({ ...chosen, months: value ? Number(value) : undefined }) })
            }
          />
        </>
      )}
    </>
  )
}
