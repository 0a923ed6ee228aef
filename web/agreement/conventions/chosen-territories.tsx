import { TerritoryField } from '../../territory-and-register/territories/territory-field.tsx'
import { type Choice, Chosen } from '../../ui/index.ts'

/** A list of territories of a region: each added by the field, unless it only shrinks, and taken away by its tag. */
export const ChosenTerritories = ({
  region,
  chosen,
  onChange,
  shrinks = false,
}: {
  region: { id: number; name: string }
  chosen: readonly Choice[]
  onChange: (chosen: readonly Choice[]) => void
  shrinks?: boolean
}) => (
  <div className="cc-several">
    {!shrinks && (
      <TerritoryField
        name="add"
        label="Ajouter un territoire"
        hint={`Dans la région ${region.name}`}
        within={region.id}
        several
        value={null}
        onChange={choice => choice && !chosen.some(t => t.value === choice.value) && onChange([...chosen, choice])}
      />
    )}
    <Chosen
      label="Territoires choisis"
      items={chosen}
      onRemove={value => onChange(chosen.filter(t => t.value !== value))}
    />
  </div>
)
