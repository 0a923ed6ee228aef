import type { searchOrders } from '../../../contract/territory-and-register/establishments.ts'
import { type Orders, useListOrder } from '../../platform/list-order.ts'
import { SelectField } from '../../ui/index.ts'

type Sort = (typeof searchOrders)[number] | 'likeliest'
const orders: Orders<Sort> = {
  likeliest: { said: 'pertinence', label: 'Pertinence' },
  name: { said: 'nom', label: 'Nom' },
  '-name': { said: '-nom', label: 'Nom, de Z à A' },
  town: { said: 'commune', label: 'Commune' },
  '-town': { said: '-commune', label: 'Commune, de Z à A' },
  headcount: { said: 'effectif', label: 'Effectif, les plus grands d’abord' },
  '-headcount': { said: '-effectif', label: 'Effectif, les plus petits d’abord' },
  size: { said: 'taille', label: 'Taille de l’entreprise, les plus grandes d’abord' },
  '-size': { said: '-taille', label: 'Taille de l’entreprise, les plus petites d’abord' },
  nature: { said: 'nature', label: 'Nature juridique, entreprises privées d’abord' },
  '-nature': { said: '-nature', label: 'Nature juridique, entreprises privées à la fin' },
  contact: { said: 'contact', label: 'Dernier contact, jamais contactés d’abord' },
  '-contact': { said: '-contact', label: 'Dernier contact, le plus récent d’abord' },
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
        (sort === 'contact' || sort === '-contact') && (
          <p className="fr-hint-text">
            Hors de votre périmètre, les contacts ne se lisent pas : ces établissements viennent à la fin, par nom.
          </p>
        )
      )}
    </div>
  )
}
