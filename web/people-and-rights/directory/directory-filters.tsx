import { useQuery } from '@tanstack/react-query'
import { tools } from '../../../contract/route.ts'
import { getTerritory } from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useMe } from '../../platform/session.ts'
import { toolWords } from '../../platform/words.ts'
import { OrganisationField } from '../../territory-and-register/territories/organisation-field.tsx'
import { TerritoryField } from '../../territory-and-register/territories/territory-field.tsx'
import { SelectField, TextField } from '../../ui/index.ts'

interface Props {
  readonly words: string
  readonly setWords: (words: string) => void
  /** The name of the structure in the address, as soon as someone of it is known. */
  readonly organisation: string | undefined
}
/** Only places where the reader works are proposed before anything is typed. */
const useOwnPlaces = () => {
  const { rights } = useMe()
  return [...new Map(rights.map(({ territory }) => [territory.id, territory])).values()].filter(
    ({ kind }) => kind !== 'national',
  )
}

export const DirectoryFilters = ({ words, setWords, organisation }: Props) => {
  const [{ structure = '', outil = '', territoire = '' }, set] = useAddress()
  const likely = useOwnPlaces()
  const known = likely.find(({ id }) => String(id) === territoire)
  const { data } = useQuery({
    queryKey: ['territories', 'one', territoire],
    queryFn: ({ signal }) => call(getTerritory, { params: { territoryId: Number(territoire) }, signal }),
    enabled: /^\d+$/.test(territoire) && !known,
    retry: false,
  })
  return (
    <search className="cc-accounts-filters" aria-label="Filtrer l’annuaire">
      <TextField
        name="q"
        label="Nom, fonction ou agence"
        type="search"
        required
        value={words}
        onChange={setWords}
        maxLength={80}
      />
      <OrganisationField
        name="structure"
        label="Structure"
        required
        placeholder="Toutes"
        value={structure ? { value: structure, label: organisation ?? '' } : null}
        onChange={choice => set({ structure: choice?.value ?? '' })}
      />
      <TerritoryField
        name="territoire"
        label="Territoire"
        required
        placeholder="Intercommunalité, comité local…"
        likely={likely}
        value={territoire ? { value: territoire, label: (known ?? data)?.name ?? '' } : null}
        onChange={choice => set({ territoire: choice?.value ?? '' })}
      />
      <SelectField
        name="outil"
        label="Outil"
        required
        placeholder="Tous"
        value={outil}
        onChange={value => set({ outil: value })}
        options={tools.map(value => ({ value, label: toolWords[value] }))}
      />
    </search>
  )
}
