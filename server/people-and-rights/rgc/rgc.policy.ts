import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

/** The partner's signatory and account managers. The SQL twin is ctx.proposes_deeds. */
export const proposes = (viewer: Viewer): boolean => holdsRole(viewer, 'signataire', 'rgc')
/** A partner's own affair: the operator designates its account managers otherwise. */
export const mayPropose = (viewer: Viewer): Verdict =>
  (proposes(viewer) && viewer.organisationKind !== 'operateur') || 'rgc/partner-only'

export interface OfDeed {
  readonly organisationId: string
  readonly signatoryId: string
  readonly memberIds: readonly string[]
}
/**
 * The signed file holds dates of birth. The CSSI reads it, and the person when it names nobody else.
 * The SQL twins are ctx.deeds_naming_me_alone and the policy rgc_documents.read.
 */
export const mayReadFile = (viewer: Viewer, deed: OfDeed): boolean =>
  viewer.state === 'active' &&
  (holdsRole(viewer, 'cssi') || (deed.memberIds.length > 0 && deed.memberIds.every(id => id === viewer.accountId)))
/** A revocation is made by the structure, and not by the person it is about. */
export const mayMakeRevocation = (
  viewer: Viewer,
  row: { readonly accountId: string; readonly organisationId: string },
): Verdict =>
  !proposes(viewer) || row.organisationId !== viewer.organisationId
    ? 'rgc/partner-only'
    : row.accountId !== viewer.accountId || 'rgc/never-oneself'
/**
 * What is known and not declared yet: noted, and taken back, by who may declare it and by the CSSI. The SQL twins are
 * the policies rgc_known_events.note and rgc_known_events.settle.
 */
export const mayNote = (viewer: Viewer, organisationId: string): Verdict =>
  holdsRole(viewer, 'cssi') || (proposes(viewer) && viewer.organisationId === organisationId) || 'rgc/not-yours-to-note'
