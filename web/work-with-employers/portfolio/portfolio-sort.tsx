import type { portfolioSorts } from '../../../contract/work-with-employers/portfolio.ts'
import { type Orders, useListOrder } from '../../platform/list-order.ts'
import { SelectField } from '../../ui/index.ts'

export type PortfolioOrder = (typeof portfolioSorts)[number]
const orders: Orders<PortfolioOrder> = {
  day: { said: 'jour', label: 'Prochaine action, les retards d’abord' },
  name: { said: 'nom', label: 'Nom' },
  town: { said: 'commune', label: 'Commune' },
  campaign: { said: 'campagne', label: 'Campagne' },
  status: { said: 'etat', label: 'État, à contacter d’abord' },
  headcount: { said: 'effectif', label: 'Effectif, les plus grands d’abord' },
  size: { said: 'taille', label: 'Taille de l’entreprise, les plus grandes d’abord' },
  nature: { said: 'nature', label: 'Nature juridique' },
  contact: { said: 'contact', label: 'Dernier contact, jamais contactées d’abord' },
}
/** The day's work when the address says nothing. */
export const usePortfolioOrder = () => useListOrder(orders, 'day')

/** The heads of the list do the same on a wide screen. */
export const PortfolioSort = () => <SelectField {...usePortfolioOrder().field} />
