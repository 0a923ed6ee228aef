import type { Verdict } from '../../platform/action.ts'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import { mayRead, mayRecord } from '../exchanges/exchanges.policy.ts'

export interface MarkedPlace extends TerritoryLine {
  readonly organisationId: string
}

/** Who marked and why: whoever reads the card there. The SQL twin is the policy do_not_contact_marks.read. */
export const mayReadMark = (viewer: Viewer, row: TerritoryLine): boolean => mayRead(viewer, row)

/** Whoever may record an exchange there. The SQL twin is the policy do_not_contact_marks.mark. */
export const mayMark = (viewer: Viewer, place: TerritoryLine): Verdict => mayRecord(viewer, place)

/**
 * Whoever works there in the organisation that marked, and whoever leads campaigns there: an organisation that left
 * must not leave a mark that nobody lifts. The operator has no more than that: no role opens business data.
 * The SQL twin is the policy do_not_contact_marks.settle.
 */
export const maySettle = (viewer: Viewer, mark: MarkedPlace): Verdict => {
  const here = mark.organisationId === viewer.organisationId && covers(viewer, 'campagnes', 'conseiller', mark)
  const settles = mayReadMark(viewer, mark) && (here || covers(viewer, 'campagnes', 'responsable', mark))
  return settles || 'do-not-contact/author-or-lead-only'
}
