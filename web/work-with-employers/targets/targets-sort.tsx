import type { targetSorts } from '../../../contract/work-with-employers/campaigns.ts'
import { type Orders, useListOrder } from '../../platform/list-order.ts'
import { SelectField } from '../../ui/index.ts'

export type Sort = (typeof targetSorts)[number]
const orders: Orders<Sort> = {
  name: { said: 'nom', label: 'Nom' },
  town: { said: 'commune', label: 'Commune' },
  headcount: { said: 'effectif', label: 'Effectif, les plus grands d’abord' },
  size: { said: 'taille', label: 'Taille de l’entreprise, les plus grandes d’abord' },
  nature: { said: 'nature', label: 'Nature juridique' },
  holder: { said: 'a-qui', label: 'À qui, personne à la fin' },
  status: { said: 'etat', label: 'État, à contacter d’abord' },
  action: { said: 'action', label: 'Prochaine action, la plus proche d’abord' },
  contact: { said: 'contact', label: 'Dernier contact, jamais contactées d’abord' },
}
/** Those to contact come first when the address says nothing. */
export const useTargetSort = () => useListOrder(orders, 'status')

/** Beside the choice of columns; the heads of the list do the same on a wide screen. */
export const TargetsSort = () => <SelectField {...useTargetSort().field} />
