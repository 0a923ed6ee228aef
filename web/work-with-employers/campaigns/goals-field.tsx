import { goalKinds } from '../../../contract/work-with-employers/campaigns.ts'
import { Columns, TextField } from '../../ui/index.ts'
import { type Draft, goalRule } from './draft.ts'
import { goalWords } from './words.ts'

/** What a campaign aims at, in figures; empty is not aimed at. */
export const GoalsField = ({
  value,
  onChange,
}: {
  value: Draft['goals']
  onChange: (goals: Draft['goals']) => void
}) => (
  <fieldset className="cc-goals">
    <legend className="fr-label">
      Objectifs chiffrés
      <span className="fr-hint-text">
        Ceux que vous suivrez ; laissez vide ce que vous ne visez pas. L’avancement se mesure à chacun.
      </span>
    </legend>
    <Columns>
      {goalKinds.map(kind => (
        <TextField
          key={kind}
          name={kind}
          label={goalWords[kind].label}
          inputMode="numeric"
          width="short"
          check={goalRule}
          value={value[kind]}
          onChange={words => onChange({ ...value, [kind]: words })}
        />
      ))}
    </Columns>
  </fieldset>
)
