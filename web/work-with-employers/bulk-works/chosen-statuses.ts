import { targetStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import type { TargetStatus } from '../sharing/sharing-address.ts'
import type { TargetActKind } from './words.ts'

/** Of which targets each act is done. */
export const chosenStatuses: Record<TargetActKind, readonly TargetStatus[]> = {
  'set-aside': targetStatuses.filter(status => status !== 'ecarte'),
  'put-back': ['ecarte'],
  release: targetStatuses.filter(status => status !== 'ecarte'),
  close: targetStatuses.filter(status => status !== 'ecarte' && status !== 'traite'),
}
