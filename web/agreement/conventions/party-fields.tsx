import { partnerKinds } from '../../../contract/agreement/conventions.ts'
import { SiretField, siretIn } from '../../territory-and-register/establishments/siret-field.tsx'
import { SelectField, TextField } from '../../ui/index.ts'

type Kind = (typeof partnerKinds)[number]
export const kindWords: Record<Kind, string> = {
  epci: 'Intercommunalité (EPCI)',
  'mission-locale': 'Mission locale',
  plie: 'PLIE',
  departement: 'Département',
  region: 'Région',
  'cap-emploi': 'Cap emploi',
  autre: 'Autre structure',
}
interface Party {
  readonly siret: string
  readonly name: string
  readonly kind: Kind
}
/** What the fields below say; the SIRET in fourteen digits. */
export const partyIn = ({ siret, name, kind }: Record<string, string>): Party => ({
  siret: siretIn(siret!),
  name: name!,
  kind: kind as Kind,
})

/** Who a partner is. `current`: as it is now, where it is corrected. */
export const PartyFields = ({ current }: { current?: { [of in keyof Party]: string } }) => (
  <>
    <SiretField
      hint="Celui de son siège : ses agents se connectent par ProConnect sous celui-ci"
      required
      current={current?.siret}
    />
    <TextField
      name="name"
      label="Nom de la structure"
      required
      maxLength={200}
      {...(current ? { defaultValue: current.name } : {})}
    />
    <SelectField
      name="kind"
      label="Nature"
      required
      {...(current ? { defaultValue: current.kind } : {})}
      options={partnerKinds.map(value => ({ value, label: kindWords[value] }))}
    />
  </>
)
