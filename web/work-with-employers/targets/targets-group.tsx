import type { targetGroupings } from '../../../contract/work-with-employers/campaigns.ts'
import { type Groupings, useListGroup } from '../../platform/list-group.ts'
import { SelectField } from '../../ui/index.ts'

const groupings: Groupings<(typeof targetGroupings)[number]> = {
  status: { said: 'etat', label: 'État' },
  commune: { said: 'commune', label: 'Commune' },
  organisation: { said: 'structure', label: 'Structure' },
  holder: { said: 'personne', label: 'Qui s’en occupe' },
}
export const useTargetGroup = () => useListGroup(groupings)

/** Beside the order of the list. */
export const TargetsGroup = () => <SelectField {...useTargetGroup().field} />
