import { actSentences } from '../../../contract/acts.ts'
import { Button, DateField, SelectField, TagChoice } from '../../ui/index.ts'
import { noFilter } from './journal-filter.ts'
import type { Filter, SetAddress } from './journal-parts.ts'
import { PersonField } from './person-field.tsx'
import { inCapital, kindOptions, kindWord, type Scope, scopeWords } from './words.ts'

const acts = Object.entries(actSentences)
  .map(([value, sentence]) => ({ value, label: inCapital(sentence) }))
  .toSorted((one, other) => one.label.localeCompare(other.label, 'fr'))

export const JournalFilters = ({
  filter,
  scope,
  scopes,
  only,
  setAddress,
}: {
  filter: Filter
  scope: Scope
  scopes: readonly Scope[]
  only: string
  setAddress: SetAddress
}) => (
  <section aria-label="Filtres">
    <div className="cc-filters">
      <TagChoice
        label="Vue du journal"
        value={scope}
        onChange={value => setAddress({ ...noFilter, vue: value === 'own' ? undefined : value })}
        options={scopes.map(value => ({ value, label: scopeWords[value] }))}
      />
    </div>
    <div className="cc-filters">
      {scope === 'organisation' && scopes.includes('organisation') && (
        <PersonField value={filter.person ?? ''} onChange={person => setAddress({ personne: person || undefined })} />
      )}
      <SelectField
        name="acte"
        label="Acte"
        required
        placeholder="Tous"
        value={filter.action ?? ''}
        onChange={value => setAddress({ acte: value || undefined })}
        options={acts}
      />
      <SelectField
        name="nature"
        label="Objet"
        required
        placeholder="Tous"
        value={filter.kind ?? ''}
        onChange={value => setAddress({ nature: value || undefined, objet: undefined })}
        options={kindOptions}
      />
      <DateField
        name="du"
        label="Du"
        hint="Premier jour compris"
        required
        value={filter.from ?? ''}
        onChange={value => setAddress({ du: value || undefined })}
      />
      <DateField
        name="au"
        label="Au"
        hint="Dernier jour compris"
        required
        value={filter.to ?? ''}
        onChange={value => setAddress({ au: value || undefined })}
      />
    </div>
    {(filter.subject || (filter.person && scope !== 'organisation')) && (
      <p>
        {[
          filter.person && scope !== 'organisation' && `Seulement ${only}`,
          filter.subject && `Seulement un objet (${kindWord(filter.kind!).toLocaleLowerCase('fr')})`,
        ]
          .filter(Boolean)
          .join(' ; ')}
        .{' '}
        <Button
          size="small"
          priority="tertiary no outline"
          onClick={() => setAddress({ personne: undefined, objet: undefined })}
        >
          Lever
        </Button>
      </p>
    )}
    {Object.keys(filter).length > 0 && (
      <p>
        <Button size="small" priority="secondary" onClick={() => setAddress(noFilter)}>
          Retirer les filtres
        </Button>
      </p>
    )}
  </section>
)
