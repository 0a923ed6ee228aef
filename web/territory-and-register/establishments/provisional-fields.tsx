import { listCommunes } from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'
import { type Choice, Combobox, TextField } from '../../ui/index.ts'
import { findActivities } from './search-filters.tsx'

const findCommunes = async (words: string, signal: AbortSignal): Promise<readonly Choice[]> => {
  if (!words) return []
  const { items } = await call(listCommunes, { query: { q: words }, signal })
  return items.map(({ code, name, departement, postalCodes }) => ({
    value: code,
    label: name,
    hint: [postalCodes[0], departement].filter(Boolean).join(', '),
  }))
}

interface Props {
  name?: string
  commune: Choice | null
  setCommune: (choice: Choice | null) => void
  activity: Choice | null
  setActivity: (choice: Choice | null) => void
}
/** Fields of an establishment that the register lacks. */
export const ProvisionalFields = ({ name, commune, setCommune, activity, setActivity }: Props) => (
  <>
    <TextField
      name="name"
      label="Nom de l’entreprise ou enseigne"
      required
      maxLength={200}
      hint="Comme sur un courrier, un site ou la devanture"
      {...(name === undefined ? {} : { defaultValue: name })}
    />
    <Combobox
      name="communeCode"
      label="Commune"
      required
      hint="Son nom ou son code postal"
      value={commune}
      onChange={setCommune}
      findKey={['communes']}
      find={findCommunes}
    />
    <Combobox
      name="activity"
      label="Activité"
      hint="Un mot : « boulangerie », « bois »"
      value={activity}
      onChange={setActivity}
      findKey={['activities']}
      find={findActivities}
    />
  </>
)
