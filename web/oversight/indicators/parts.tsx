import { formatNumber } from '../../platform/format.ts'
import { TagChoice } from '../../ui/index.ts'
import { type Indicator, type useFilters, useReachedEmployers } from './filters.tsx'

interface Part {
  readonly code: string
  readonly label: string
  readonly value: number
}
interface Group {
  readonly label: string
  readonly parts: readonly Part[]
}
/** What the register does not say is a part only when something is in it. */
const told = (parts: readonly Part[]) => parts.filter(({ code, value }) => value > 0 || !code.endsWith('.unknown'))

/** The parts of a figure: its own, and for establishments the nature and size of their employers (EST-14). */
export const useParts = (
  indicator: Indicator | undefined,
  query: ReturnType<typeof useFilters>['query'],
): readonly Group[] => {
  const employers = useReachedEmployers(query, indicator?.code === 'etablissements' && indicator.value > 0).data
  if (!indicator) return []
  return [
    ...(indicator.parts.length > 1 ? [{ label: 'Partie du chiffre', parts: indicator.parts }] : []),
    ...(employers
      ? [
          { label: 'Nature de l’employeur', parts: told(employers.natures) },
          { label: 'Taille de l’entreprise', parts: told(employers.sizes) },
        ]
      : []),
  ]
}

/** Chooses the part whose rows are shown; each says its number. */
export const Parts = ({
  groups,
  whole,
  chosen = '',
  onChoose,
}: {
  groups: readonly Group[]
  whole: number
  chosen: string | undefined
  onChoose: (part: string) => void
}) =>
  groups.map(({ label, parts }, n) => (
    <div key={label} className="cc-filters">
      <TagChoice
        label={label}
        value={chosen}
        onChange={onChoose}
        options={[
          ...(n === 0 ? [{ value: '', label: `Tout (${formatNumber(whole)})` }] : []),
          ...parts.map(({ code, label, value }) => ({ value: code, label: `${label} (${formatNumber(value)})` })),
        ]}
      />
    </div>
  ))
