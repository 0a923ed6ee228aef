import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

export const mayReadPurges = (viewer: Viewer): Verdict => holdsRole(viewer, 'dpd') || 'retention/dpd-only'

const ofOperator = (viewer: Viewer) => viewer.organisationKind === 'operateur'

interface Held {
  readonly organisationId: string | null
  readonly placedOrganisation: string
}
/** Of the data of one’s structure, or of all; the operator’s officer reads each. The SQL twin is legal_holds.read. */
export const mayReadHold = (viewer: Viewer, { organisationId }: Pick<Held, 'organisationId'>): Verdict =>
  (holdsRole(viewer, 'dpd') &&
    (organisationId === null || organisationId === viewer.organisationId || ofOperator(viewer))) ||
  'retention/dpd-only'

/** Of the data of one’s structure; the operator’s officer, of any, or of all. The SQL twin is legal_holds.place. */
export const mayPlaceHold = (viewer: Viewer, { organisationId }: Pick<Held, 'organisationId'>): Verdict =>
  (holdsRole(viewer, 'dpd') && (organisationId === viewer.organisationId || ofOperator(viewer))) || 'retention/dpd-only'

/** Whoever decided it. The SQL twin is legal_holds.lift. */
export const mayLiftHold = (viewer: Viewer, hold: Held): Verdict => {
  const read = mayReadHold(viewer, hold)
  return read === true ? hold.placedOrganisation === viewer.organisationId || 'legal-hold/not-yours' : read
}
