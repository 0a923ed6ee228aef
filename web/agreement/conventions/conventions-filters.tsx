import { conventionStates, type listConventions } from '../../../contract/agreement/conventions.ts'
import type { Reply } from '../../../contract/route.ts'
import { useAddress } from '../../platform/navigation.ts'
import { SelectField, TagChoice } from '../../ui/index.ts'
import { awaitWords, lackWords } from './lacks.tsx'
import { stateWords } from './words.ts'

export const ConventionsFilters = ({
  regions,
  counts,
}: Partial<Pick<Reply<typeof listConventions>, 'regions' | 'counts'>>) => {
  const [address, setAddress] = useAddress()
  return (
    <div className="cc-conventions-filters">
      {regions && regions.length > 1 && (
        <SelectField
          name="region"
          label="Région"
          value={address['region'] ?? ''}
          placeholder="Toutes les régions"
          options={regions.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={region => setAddress({ region })}
        />
      )}
      <SelectField
        name="etat"
        label="État"
        value={address['etat'] ?? ''}
        placeholder="Tous les états"
        options={conventionStates.map(state => ({ value: state, label: stateWords[state].word }))}
        onChange={etat => setAddress({ etat })}
      />
      {counts && counts.convention + counts.amendment + counts.receipt > 0 && (
        <TagChoice
          label="Ce qui m’attend"
          value={address['attend'] ?? ''}
          onChange={attend => setAddress({ attend })}
          options={[
            { value: '', label: 'Toutes' },
            ...(['convention', 'amendment', 'receipt'] as const).map(what => ({
              value: what,
              label: `${awaitWords[what]} (${counts[what]})`,
            })),
          ]}
        />
      )}
      {counts && (
        <TagChoice
          label="Ce qui manque"
          value={address['manque'] ?? ''}
          onChange={manque => setAddress({ manque })}
          options={[
            { value: '', label: `Toutes (${counts.all})` },
            ...(['contacts', 'rgc', 'territories', 'duties'] as const).map(lack => ({
              value: lack,
              label: `${lackWords[lack]} (${counts[lack]})`,
            })),
          ]}
        />
      )}
      <p className="fr-hint-text">
        Obligations suivies ici : la sensibilisation annuelle à la sécurité, la revue annuelle des accès et l’évaluation
        annuelle de la sécurité.
      </p>
    </div>
  )
}
