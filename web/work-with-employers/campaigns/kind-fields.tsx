import type { Static } from 'typebox'
import type { Criteria } from '../../../contract/territory-and-register/criteria.ts'
import {
  companySizeChoices,
  companySizes,
  legalNatures,
  legalNatureWords,
} from '../../../contract/territory-and-register/employer-kinds.ts'
import { CheckboxGroup, Columns } from '../../ui/index.ts'

/** What employers are and how large their company is, as chosen: all of them when nothing is. */
export interface Kinds {
  readonly legalNatures: readonly string[]
  readonly companySizes: readonly string[]
}
export const everyKind: Kinds = { legalNatures: [], companySizes: [] }

/** As the service takes them, in the order of the lists. */
export const kindCriteria = (kinds: Kinds): Pick<Static<typeof Criteria>, keyof Kinds> => ({
  ...(kinds.legalNatures.length
    ? { legalNatures: legalNatures.filter(nature => kinds.legalNatures.includes(nature)) }
    : {}),
  ...(kinds.companySizes.length
    ? { companySizes: companySizes.filter(size => kinds.companySizes.includes(size)) }
    : {}),
})

export const KindFields = ({ kinds, onChange }: { kinds: Kinds; onChange: (kinds: Kinds) => void }) => (
  <Columns>
    <CheckboxGroup
      name="natures"
      label="Nature juridique"
      hint="Toutes, si rien n’est coché"
      options={legalNatures.map(value => ({ value, label: legalNatureWords[value] }))}
      value={kinds.legalNatures}
      onChange={chosen => onChange({ ...kinds, legalNatures: chosen })}
    />
    <CheckboxGroup
      name="entreprises"
      label="Taille de l’entreprise"
      hint="De toute l’entreprise, selon l’Insee ; toutes, si rien n’est coché"
      options={companySizes.map(value => ({ value, label: companySizeChoices[value] }))}
      value={kinds.companySizes}
      onChange={chosen => onChange({ ...kinds, companySizes: chosen })}
    />
  </Columns>
)
