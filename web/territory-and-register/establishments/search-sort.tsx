import type { searchSorts } from '../../../contract/territory-and-register/establishments.ts'
import { type Orders, useListOrder } from '../../platform/list-order.ts'
import { SelectField } from '../../ui/index.ts'

type Sort = (typeof searchSorts)[number] | 'likeliest'
const orders: Orders<Sort> = {
  likeliest: { said: 'pertinence', label: 'Pertinence' },
  name: { said: 'nom', label: 'Nom' },
  town: { said: 'commune', label: 'Commune' },
  headcount: { said: 'effectif', label: 'Effectif, les plus grands d’abord' },
  size: { said: 'taille', label: 'Taille de l’entreprise, les plus grandes d’abord' },
  nature: { said: 'nature', label: 'Nature juridique' },
  contact: { said: 'contact', label: 'Dernier contact, jamais contactés d’abord' },
}
/** The order as the API asks it: none for the likeliest first. */
export const useSearchSort = () => {
  const { sort, field } = useListOrder(orders, 'likeliest')
  return { sort, asked: sort === 'likeliest' ? {} : { sort }, field }
}

/** Beside what one does with the results. */
export const SearchSort = ({ unsorted }: { unsorted: boolean }) => {
  const { sort, field } = useSearchSort()
  return (
    <div className="cc-search-sort">
      <SelectField {...field} />
      {unsorted ? (
        <p className="fr-hint-text">
          Plus de 10 000 établissements : par pertinence, tant qu’un mot ou un filtre de plus ne les départage pas.
        </p>
      ) : (
        sort === 'contact' && (
          <p className="fr-hint-text">
            Hors de votre périmètre, les contacts ne se lisent pas : ces établissements viennent à la fin, par nom.
          </p>
        )
      )}
    </div>
  )
}
