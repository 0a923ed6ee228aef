import type { Reply } from '../../../contract/route.ts'
import {
  companySizeChoices,
  companySizes,
  legalNatures,
  legalNatureWords,
} from '../../../contract/territory-and-register/employer-kinds.ts'
import type { countFacets } from '../../../contract/territory-and-register/establishments.ts'
import { FacetList } from './facet-list.tsx'
import type { Filters } from './search-address.ts'

/** What an employer is, and how large its whole company is (EST-14). */
export const KindFacets = ({
  facets,
  nature,
  entreprise,
  write,
}: {
  facets: Reply<typeof countFacets> | undefined
  nature: string | undefined
  entreprise: string | undefined
  write: (change: Filters) => void
}) => (
  <>
    <FacetList
      title="Nature juridique"
      values={legalNatures.map(value => {
        const found = facets?.legalNatures.find(one => one.legalNature === value)
        return { value, label: legalNatureWords[value], count: found?.count, more: found?.more }
      })}
      chosen={nature}
      onChoose={value => write({ nature: value })}
    />
    <FacetList
      title="Taille de l’entreprise"
      values={companySizes.map(value => {
        const found = facets?.companySizes.find(one => one.companySize === value)
        return { value, label: companySizeChoices[value], count: found?.count, more: found?.more }
      })}
      chosen={entreprise}
      onChoose={value => write({ entreprise: value })}
    />
  </>
)
