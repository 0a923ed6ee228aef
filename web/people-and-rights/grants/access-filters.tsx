import { today } from '../../platform/format.ts'
import { useAddress } from '../../platform/navigation.ts'
import { DateField, SelectField, TextField } from '../../ui/index.ts'
import { toolOptions } from '../accounts/words.ts'

export const AccessFilters = ({ words, setWords }: { words: string; setWords: (words: string) => void }) => {
  const [{ le = '', outil = '', effet = '', tri = '' }, set] = useAddress()
  return (
    <search className="cc-accounts-filters" aria-label="Filtrer les accès">
      <DateField
        name="le"
        label="Le"
        hint="Aujourd’hui ou un jour passé"
        required
        max={today()}
        value={le || today()}
        onChange={value => set({ le: value })}
      />
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
        name="outil"
        label="Outil"
        required
        placeholder="Tous"
        value={outil}
        onChange={value => set({ outil: value })}
        options={toolOptions}
      />
      <SelectField
        name="effet"
        label="Effet"
        required
        placeholder="Toutes"
        value={effet}
        onChange={value => set({ effet: value })}
        options={[
          { value: 'oui', label: 'En vigueur' },
          { value: 'non', label: 'Sans effet' },
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
          { value: 'depuis', label: 'Date de début' },
          { value: 'outil', label: 'Outil' },
        ]}
      />
    </search>
  )
}
