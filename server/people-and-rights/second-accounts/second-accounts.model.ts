import type { shareOutcomes, shareSides } from '../../../contract/people-and-rights/second-accounts.ts'
import { holdsRole, isOfficerOf, type Viewer } from '../../platform/viewer.ts'

type Side = (typeof shareSides)[number]
export interface LaidShare {
  readonly personId: string
  readonly formerId: string
  readonly askerId: string
  readonly outcome: (typeof shareOutcomes)[number] | null
}

/** As what the viewer reads it; null: not at all. The SQL twin is ctx.shares_shown. */
export const sideOf = (viewer: Viewer, { personId, formerId, askerId, outcome }: LaidShare): Side | null => {
  if (personId === viewer.accountId) return 'person'
  if (askerId === viewer.organisationId) return holdsRole(viewer, 'rgc') ? 'asker' : null
  if (formerId === viewer.organisationId) return holdsRole(viewer, 'rgc') && outcome === 'accepted' ? 'first' : null
  return isOfficerOf(viewer, askerId) || isOfficerOf(viewer, formerId) ? 'officer' : null
}
