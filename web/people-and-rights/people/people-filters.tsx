import { attachments } from '../../../contract/people-and-rights/accounts.ts'
import { watched } from '../../../contract/people-and-rights/people.ts'
import { useAddress } from '../../platform/navigation.ts'
import { SelectField, TextField } from '../../ui/index.ts'
import { attachmentWords } from '../accounts/words.ts'
import { watchedWords } from './words.ts'

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export const PeopleFilters = ({ words, setWords }: { words: string; setWords: (words: string) => void }) => {
  const [{ a = '', etat = '', de = '', tri = '' }, set] = useAddress()
  return (
    <search className="cc-accounts-filters" aria-label="Filtrer les personnes">
      <TextField
        name="q"
        label="Nom ou fonction"
        type="search"
        required
        value={words}
        onChange={setWords}
        maxLength={80}
      />
      <SelectField
        name="a"
        label="À regarder"
        required
        placeholder="Tout le monde"
        value={a}
        onChange={value => set({ a: value })}
        options={watched.map(value => ({ value, label: capital(watchedWords[value].short) }))}
      />
      <SelectField
        name="de"
        label="Rattachement"
        required
        placeholder="Tous"
        value={de}
        onChange={value => set({ de: value })}
        options={attachments.map(value => ({ value, label: capital(attachmentWords[value]) }))}
      />
      <SelectField
        name="etat"
        label="Compte"
        required
        placeholder="Ouverts"
        value={etat}
        onChange={value => set({ etat: value })}
        options={[
          { value: 'active', label: 'Actifs' },
          { value: 'suspended', label: 'Suspendus' },
          { value: 'deleted', label: 'Supprimés' },
        ]}
      />
      <SelectField
        name="tri"
        label="Trier par"
        required
        placeholder="Nom"
        value={tri}
        onChange={value => set({ tri: value })}
        options={[
          { value: 'fonction', label: 'Fonction' },
          { value: 'activite', label: 'Activité la plus ancienne' },
        ]}
      />
    </search>
  )
}
