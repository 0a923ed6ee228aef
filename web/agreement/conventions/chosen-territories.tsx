import { TerritoryField } from '../../territory-and-register/territories/territory-field.tsx'
import type { territoryChoice } from '../../territory-and-register/territories/words.ts'
import { Button } from '../../ui/index.ts'

export type Chosen = ReturnType<typeof territoryChoice>
/** A list of territories of a region, each added by its field (unless it only shrinks) and taken away by its button. */
export const ChosenTerritories = ({
  region,
  chosen,
  onChange,
  shrinks = false,
}: {
  region: { id: number; name: string }
  chosen: readonly Chosen[]
  onChange: (chosen: readonly Chosen[]) => void
  shrinks?: boolean
}) => (
  <>
    {!shrinks && (
      <TerritoryField
        name="add"
        label="Ajouter un territoire"
        hint={`Dans la région ${region.name}`}
        within={region.id}
        value={null}
        onChange={choice => choice && !chosen.some(t => t.value === choice.value) && onChange([...chosen, choice])}
      />
    )}
    {chosen.length > 0 && (
      <ul>
        {chosen.map(t => (
          <li key={t.value}>
            {t.label}{' '}
            <Button size="small" priority="tertiary" onClick={() => onChange(chosen.filter(o => o.value !== t.value))}>
              Retirer<span className="fr-sr-only"> {t.label}</span>
            </Button>
          </li>
        ))}
      </ul>
    )}
  </>
)
