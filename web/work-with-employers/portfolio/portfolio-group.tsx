import type { portfolioGroupings } from '../../../contract/work-with-employers/portfolio.ts'
import { type Groupings, useListGroup } from '../../platform/list-group.ts'
import { SelectField } from '../../ui/index.ts'

const groupings: Groupings<(typeof portfolioGroupings)[number]> = {
  status: { said: 'etat', label: 'État' },
  town: { said: 'commune', label: 'Commune' },
  campaign: { said: 'campagne', label: 'Campagne' },
}
export const usePortfolioGroup = () => useListGroup(groupings)

/** Beside the order of the list. */
export const PortfolioGroup = () => <SelectField {...usePortfolioGroup().field} />
