import { useQuery } from '@tanstack/react-query'
import { getTerritory } from '../../../contract/territory-and-register/territories.ts'
import { needAges, needKinds, needStates } from '../../../contract/work-with-employers/needs.ts'
import { call } from '../../platform/api.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useSearchWords } from '../../platform/search-words.ts'
import { TerritoryField } from '../../territory-and-register/territories/territory-field.tsx'
import { territoryChoice } from '../../territory-and-register/territories/words.ts'
import { SelectField, TextField } from '../../ui/index.ts'
import { kindWords, needStateWords } from './words.ts'

const owners = { moi: 'me', structure: 'structure', pris: 'taken' } as const
const ownerWords: Record<keyof typeof owners, string> = {
  moi: 'Moi',
  structure: 'Ma structure',
  pris: 'Pris par ma structure',
}
const ages: Record<(typeof needAges)[number], string> = {
  '7': 'Depuis sept jours',
  '30': 'Depuis trente jours',
  '90': 'Depuis trois mois',
  more: 'Plus de trois mois',
}
const states = [
  { value: 'standing', label: 'En cours' },
  ...needStates.map(value => ({ value, label: needStateWords[value].word })),
] as const
const among = <V extends string>(values: readonly V[], value: string | undefined) => values.find(one => one === value)

/** The filters of the list, in the address, and what they ask. */
export const useNeedFilters = () => {
  const [address, write] = useAddress()
  const { territoire, nature, metier, etat, suivi, age } = address
  const territory = /^\d{1,9}$/.test(territoire ?? '') ? Number(territoire) : undefined
  const kind = among(needKinds, nature)
  const state = states.find(({ value }) => value === etat)?.value
  const owner = suivi && suivi in owners ? owners[suivi as keyof typeof owners] : undefined
  const since = among(needAges, age)
  const job = metier?.trim().slice(0, 80)
  return {
    filter: {
      ...(territory ? { territory } : {}),
      ...(kind ? { kind } : {}),
      ...(job ? { job } : {}),
      ...(state ? { state } : {}),
      ...(owner ? { owner } : {}),
      ...(since ? { age: since } : {}),
    },
    territory,
    address,
    write,
    none: () =>
      write({
        territoire: undefined,
        nature: undefined,
        metier: undefined,
        etat: undefined,
        suivi: undefined,
        age: undefined,
      }),
  }
}

export const NeedsFilters = ({ of: { territory, address, write } }: { of: ReturnType<typeof useNeedFilters> }) => {
  const { data } = useQuery({
    queryKey: ['territories', 'one', territory],
    queryFn: ({ signal }) => call(getTerritory, { params: { territoryId: territory! }, signal }),
    enabled: territory !== undefined,
  })
  return (
    <div className="cc-need__filters">
      <SelectField
        name="etat"
        label="État"
        placeholder="Tous"
        value={address['etat'] ?? ''}
        onChange={etat => write({ etat })}
        options={states}
      />
      <SelectField
        name="nature"
        label="Nature"
        placeholder="Toutes"
        value={address['nature'] ?? ''}
        onChange={nature => write({ nature })}
        options={needKinds.map(value => ({ value, label: kindWords[value] }))}
      />
      <SelectField
        name="suivi"
        label="Suivi par"
        placeholder="Tout le réseau"
        value={address['suivi'] ?? ''}
        onChange={suivi => write({ suivi })}
        options={Object.entries(ownerWords).map(([value, label]) => ({ value, label }))}
      />
      <SelectField
        name="age"
        label="Noté"
        placeholder="Depuis toujours"
        value={address['age'] ?? ''}
        onChange={age => write({ age })}
        options={needAges.map(value => ({ value, label: ages[value] }))}
      />
      <JobFilter metier={address['metier'] ?? ''} write={write} />
      <TerritoryField
        key={data?.id ?? 0}
        name="territoire"
        label="Territoire"
        value={territory !== undefined && data ? territoryChoice(data) : null}
        onChange={choice => write({ territoire: choice?.value })}
      />
    </div>
  )
}

const JobFilter = ({ metier, write }: { metier: string; write: (change: { metier: string }) => void }) => {
  const [words, setWords] = useSearchWords(metier, ({ q }) => write({ metier: q }))
  return (
    <TextField
      name="metier"
      label="Métier"
      hint="Premières lettres, ou code ROME"
      type="search"
      maxLength={80}
      value={words}
      onChange={setWords}
    />
  )
}
