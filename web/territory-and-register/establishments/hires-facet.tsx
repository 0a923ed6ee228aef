import type { Reply } from '../../../contract/route.ts'
import type { countFacets } from '../../../contract/territory-and-register/establishments.ts'
import { hiresSought, hiresWords, needsSought, needWords } from '../../../contract/territory-and-register/sought.ts'
import { closedFilter } from '../../agreement/tools/closed-words.ts'
import { formatNumber } from '../../platform/format.ts'
import { holds, opensData, useMe } from '../../platform/session.ts'
import { SelectField } from '../../ui/index.ts'
import { FacetList } from './facet-list.tsx'
import { type Filters, hiresOf, hiresSaid } from './search-address.ts'

const needValues = { any: 'en-cours', recrutement: 'recrutement' } as const

/** Those that have a need which still stands, of the cards that one reads (CAM-7). */
export const NeedFacet = ({ besoin, write }: { besoin: string | undefined; write: (change: Filters) => void }) => {
  const open = opensData(useMe(), 'besoins')
  if (!open && !besoin) return null
  return (
    <FacetList
      title={open ? 'Besoin' : closedFilter('Besoin')}
      values={needsSought.map(need => ({ value: needValues[need], label: needWords[need] }))}
      chosen={besoin}
      onChoose={value => write({ besoin: value })}
    />
  )
}

const leasts = [1, 2, 5, 10, 20, 50, 100, 500]
const leastsWith = (least: number) =>
  [...new Set([...leasts, least])]
    .toSorted((one, other) => one - other)
    .map(n => ({ value: String(n), label: formatNumber(n) }))

/** What they hired over twelve months, for who reads their recruitment cards (EST-2). */
export const HiresFacet = ({
  facets,
  embauches,
  attendues,
  write,
}: {
  facets: Reply<typeof countFacets> | undefined
  embauches: string | undefined
  attendues: string | undefined
  write: (change: Filters) => void
}) => {
  const chosen = hiresOf(embauches ?? '')
  if (!holds(useMe(), 'fiche-recrutement')) return null
  const least = chosen?.atLeast ?? 1
  return (
    <>
      <FacetList
        title="Embauches des douze derniers mois"
        values={hiresSought.map(hires => {
          const found = facets?.hires.find(one => one.hires === hires)
          return { value: hiresSaid(hires, least), label: hiresWords[hires], count: found?.count, more: found?.more }
        })}
        chosen={embauches}
        onChoose={value => write({ embauches: value })}
      />
      {chosen && (
        <SelectField
          name="embauches-au-moins"
          label="Embauches, au moins"
          hint="Déclarées (DPAE), là où vous lisez les fiches de recrutement"
          options={leastsWith(least)}
          placeholder="Sans filtre"
          value={String(least)}
          onChange={value => write({ embauches: value ? hiresSaid(chosen.hires, Number(value)) : '' })}
        />
      )}
      <SelectField
        name="embauches-attendues"
        label="Embauches attendues d’ici trois mois, au moins"
        hint="Là où la fiche de recrutement les prévoit"
        options={leastsWith(Number(attendues ?? 1))}
        placeholder="Sans filtre"
        value={attendues ?? ''}
        onChange={value => write({ attendues: value })}
      />
    </>
  )
}
