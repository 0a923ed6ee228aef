import { useState } from 'react'
import { formatNumber } from '../../platform/format.ts'
import { Button } from '../../ui/index.ts'

export interface Value {
  readonly value: string
  readonly label: string
  readonly count?: number | undefined
  readonly more?: boolean | undefined
  readonly part?: boolean
}
const countWords = ({ count, more }: Value) =>
  count === undefined ? '' : more ? `plus de ${formatNumber(count)}` : formatNumber(count)

/** The values of a filter, each with what it would give; pressed again, it is taken out. */
export const FacetList = ({
  title,
  values,
  chosen,
  onChoose,
  most = 30,
  all,
}: {
  title: string
  values: readonly Value[]
  chosen: string | undefined
  onChoose: (value: string) => void
  most?: number
  all?: string
}) => {
  const [whole, setWhole] = useState(false)
  if (!values.length) return null
  const shown = whole ? values : values.slice(0, most)
  return (
    <fieldset className="cc-facet">
      <legend className="cc-facet__title">{title}</legend>
      <ul>
        {shown.map(value => (
          <li key={value.value}>
            <button
              type="button"
              className={`cc-facet__value${value.part ? ' cc-facet__value--part' : ''}`}
              aria-pressed={value.value === chosen}
              data-none={value.count === 0 || undefined}
              onClick={() => onChoose(value.value === chosen ? '' : value.value)}
            >
              <span>{value.label}</span>{' '}
              <span className="cc-facet__count">
                {countWords(value)}
                {value.count !== undefined && <span className="fr-sr-only"> établissements</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {values.length > most && (
        <Button size="small" priority="tertiary no outline" expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? 'Réduire la liste' : `${all ?? 'Tout voir'} (${values.length})`}
        </Button>
      )}
    </fieldset>
  )
}
