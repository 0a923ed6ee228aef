import type { Verdict } from '../../platform/action.ts'
import { holdsInRegion, holdsRole, isOfficer, isOfficerOf, type Viewer } from '../../platform/viewer.ts'

/** The partner's signatory and account managers. The SQL twin is ctx.proposes_deeds. */
export const proposes = (viewer: Viewer): boolean => holdsRole(viewer, 'signataire', 'rgc')
/** A partner's own affair: the operator designates its account managers otherwise. */
export const mayPropose = (viewer: Viewer): Verdict =>
  (proposes(viewer) && viewer.organisationKind !== 'operateur') || 'rgc/partner-only'

/** Whose paper it is; `regionId`: the region that answers for the structure, none for who is of it. */
export interface OfPaper {
  readonly organisationId: string
  readonly regionId: number | null
}
/**
 * Who receives the papers of a structure for the operator: its CSSI, its regional direction (AGR-13). The SQL twin is
 * ctx.receives_papers_of.
 */
export const receivesPapersOf = (viewer: Viewer, { organisationId, regionId }: OfPaper): boolean =>
  isOfficerOf(viewer, organisationId) || (regionId !== null && holdsInRegion(viewer, 'direction-regionale', regionId))
/**
 * A departure or an absence: declared by the structure, or entered by who received it for the operator. The SQL twin is
 * the policy rgc_events.declare_event.
 */
export const mayDeclare = (viewer: Viewer, paper: OfPaper): Verdict =>
  receivesPapersOf(viewer, paper) ||
  (proposes(viewer) && viewer.organisationId === paper.organisationId) ||
  (viewer.organisationKind === 'operateur' ? 'access/role-required' : 'rgc/partner-only')
export interface OfEvent extends OfPaper {
  readonly accountId: string
  readonly declaredBy: string
  readonly received: boolean
}
/** What one entered for a structure whose papers one still receives. */
export const hasEntered = (viewer: Viewer, event: OfEvent): boolean =>
  event.received && event.declaredBy === viewer.accountId && receivesPapersOf(viewer, event)
/**
 * What was declared is taken back by the structure, save by the person it is about unless they declared it; what the
 * operator entered, by its CSSI and by who entered it (RGC-6, AGR-13). The SQL twin is ctx.takes_back.
 */
export const mayTakeBack = (viewer: Viewer, event: OfEvent): Verdict =>
  (event.received && isOfficerOf(viewer, event.organisationId)) ||
  hasEntered(viewer, event) ||
  (proposes(viewer) &&
    viewer.organisationId === event.organisationId &&
    (viewer.accountId !== event.accountId || viewer.accountId === event.declaredBy)) ||
  'rgc/not-yours-to-take-back'
/** Whether someone without an act for two months is still there. The SQL twin is the policy rgc_presences.answer. */
export const mayAnswer = (viewer: Viewer, organisationId: string): Verdict =>
  (proposes(viewer) && viewer.organisationId === organisationId) || 'rgc/partner-only'

/**
 * The answer to a deed, a certificate, the demand of a revocation and its withdrawal, the bar that is lifted, the
 * correction of a paper: the CSSI of that structure's region, or of every one. The SQL twins are the policies
 * rgc_decisions.decide, rgc_certificates.record, rgc_revocations.require, rgc_revocations.withdraw, rgc_revocations.lift,
 * rgc_refused_people.lift, rgc_deeds.correct, rgc_events.correct and rgc_paper_corrections.note.
 */
export const mayAnswerFor = (viewer: Viewer, organisationId: string): Verdict =>
  isOfficerOf(viewer, organisationId) || 'access/role-required'

/** Who receives papers for the operator, somewhere. */
export const mayFindStructures = (viewer: Viewer): Verdict =>
  isOfficer(viewer) || holdsRole(viewer, 'direction-regionale') || 'access/role-required'
/**
 * A deed signed by hand: entered by the CSSI or the regional direction who received it, or deposited by the structure's
 * signatory (RGC-10). The SQL twins are ctx.enters_deeds_of and the policy rgc_deeds.enter.
 */
export const mayEnterDeed = (viewer: Viewer, paper: OfPaper): Verdict =>
  receivesPapersOf(viewer, paper) ||
  (holdsRole(viewer, 'signataire') && viewer.organisationId === paper.organisationId) ||
  'access/role-required'

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
  (isOfficerOf(viewer, deed.organisationId) ||
    (deed.memberIds.length > 0 && deed.memberIds.every(id => id === viewer.accountId)))
/**
 * What a signer keeps: the same deed, the dates of birth of the others masked. For the structure, its signatory and those
 * it names; row-level security leaves out the dates that one may not read.
 */
export const mayReadCopy = (viewer: Viewer, deed: OfDeed): boolean =>
  viewer.state === 'active' &&
  ((proposes(viewer) && deed.organisationId === viewer.organisationId) ||
    deed.signatoryId === viewer.accountId ||
    deed.memberIds.includes(viewer.accountId))
/** Whom the deed names as signatory, while they are: a former one engages nobody. The SQL twin is rgc_signatures.sign. */
export const maySignFor = (viewer: Viewer, deed: OfDeed): boolean =>
  deed.signatoryId === viewer.accountId && holdsRole(viewer, 'signataire')
/** What the operator entered in the name of the structure: its signatory answers. The SQL twin is contest_rgc_deed. */
export const mayContestDeed = (viewer: Viewer, { organisationId }: Pick<OfDeed, 'organisationId'>): Verdict =>
  (holdsRole(viewer, 'signataire') && viewer.organisationId === organisationId) || 'rgc/signatory-only'
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
  isOfficerOf(viewer, organisationId) ||
  (proposes(viewer) && viewer.organisationId === organisationId) ||
  'rgc/not-yours-to-note'
