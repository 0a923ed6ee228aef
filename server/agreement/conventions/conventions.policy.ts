import type { Verdict } from '../../platform/action.ts'
import { holdsInRegion, holdsRole, type Viewer } from '../../platform/viewer.ts'
import type { Party } from './deadlines.ts'

/** What a right over a convention rests on. */
export interface Bound {
  readonly organisationId: string
  readonly regionId: number
}

/** Its regional direction. The SQL twin is ctx.regions. */
export const ofRegion = (viewer: Viewer, { regionId }: Pick<Bound, 'regionId'>): boolean =>
  holdsInRegion(viewer, 'direction-regionale', regionId)
const acts = (viewer: Viewer) => holdsRole(viewer, 'signataire', 'responsable-operationnel')
/** A signatory of a region, for that region alone (AGR-16). */
const forOperator = (viewer: Viewer, { regionId }: Pick<Bound, 'regionId'>) =>
  viewer.organisationKind === 'operateur' && (acts(viewer) || holdsInRegion(viewer, 'signataire', regionId))
const forPartner = (viewer: Viewer, { organisationId }: Bound) =>
  viewer.organisationKind !== 'operateur' && viewer.organisationId === organisationId && acts(viewer)

/**
 * The partner, its regional direction, who acts for the operator and who oversees, in every region or in this one.
 * The SQL twin is the policy conventions.read.
 */
export const mayRead = (viewer: Viewer, convention: Bound): Verdict =>
  viewer.organisationId === convention.organisationId ||
  holdsRole(viewer, 'cssi', 'administrateur') ||
  holdsInRegion(viewer, 'cssi', convention.regionId) ||
  forOperator(viewer, convention) ||
  ofRegion(viewer, convention) ||
  'not-found'

/** All of it, its terms, or that it is there and its dates. */
export type Reach = 'file' | 'terms' | 'summary'
/**
 * How far one who reads a convention reads it. `staff`: an agent of the structure itself
 * (ctx.is_staff()). The SQL twins are ctx.reads_own_file, the policies convention_notices.read,
 * convention_breaches.read, convention_signatories.read, convention_signers.read and
 * signature_deputies.read.
 */
export const reachOf = (viewer: Viewer, { organisationId }: Pick<Bound, 'organisationId'>, staff: boolean): Reach =>
  viewer.organisationId !== organisationId ||
  holdsRole(
    viewer,
    'rgc',
    'signataire',
    'correspondant-si',
    'dpd',
    'rssi',
    'responsable-formation',
    'responsable-operationnel',
  )
    ? 'file'
    : staff
      ? 'terms'
      : 'summary'
/** The text as it would be composed or was signed. */
export const mayReadText = (viewer: Viewer, convention: Bound, staff: boolean): Verdict => {
  const verdict = mayRead(viewer, convention)
  return verdict !== true ? verdict : reachOf(viewer, convention, staff) !== 'summary' || 'convention/summary-only'
}
/**
 * One document: the text in force by whoever reads it, the rest by who reads the file. The SQL twin is the policy
 * convention_documents.read.
 */
export const mayReadDocument = (viewer: Viewer, convention: Bound, staff: boolean, inForce: boolean): Verdict => {
  const verdict = mayReadText(viewer, convention, staff)
  return verdict !== true ? verdict : inForce || reachOf(viewer, convention, staff) === 'file' || 'not-found'
}

/**
 * The party in whose name one gives notice, complains of a breach, completes an authority; null: neither. The SQL twins
 * are the policies convention_notices.give, convention_breaches.give, convention_corrections.note and
 * convention_receipts.tell.
 */
export const actsFor = (viewer: Viewer, convention: Bound): Party | null =>
  forPartner(viewer, convention)
    ? 'partenaire'
    : forOperator(viewer, convention) || ofRegion(viewer, convention)
      ? 'operateur'
      : null
/**
 * The viewer acts for either party. The SQL twins are ctx.acts_for_operator, ctx.acts_for_partner and the policy
 * conventions.settle.
 */
export const maySettle = (viewer: Viewer, convention: Bound): Verdict =>
  actsFor(viewer, convention) !== null || 'convention/not-a-party'
/** Drafting, sending, proposing an amendment, saying who the partner is. The SQL twin is settle_party_siret. */
export const mayDraft = (viewer: Viewer, convention: Pick<Bound, 'regionId'>): Verdict =>
  ofRegion(viewer, convention) || 'convention/other-region'
/** The party one signs for: a signataire's alone. */
export const signsFor = (viewer: Viewer, convention: Bound): Party | null =>
  !holdsRole(viewer, 'signataire') && !holdsInRegion(viewer, 'signataire', convention.regionId)
    ? null
    : forPartner(viewer, convention)
      ? 'partenaire'
      : forOperator(viewer, convention)
        ? 'operateur'
        : null
export const maySign = (viewer: Viewer, convention: Bound): Verdict =>
  signsFor(viewer, convention) !== null || 'convention/signatory-only'
/** Who signs a document for a party, and the account with which they do. */
export interface Signer {
  readonly name: string
  readonly accountId: string | null
}
/**
 * In the service, the account of who is named signs, and no other (AGR-2, AGR-6); a paper is deposited by any signataire
 * of the party, under the name that it is to bear. The SQL twins are the policy convention_signatures.sign and
 * ctx.signs_as.
 */
export const maySignAs = (viewer: Viewer, convention: Bound, signer: Signer | undefined, onPaper: boolean): Verdict => {
  const verdict = maySign(viewer, convention)
  return verdict !== true
    ? verdict
    : (signer !== undefined && (onPaper || signer.accountId === viewer.accountId)) || 'convention/not-named-signer'
}
/**
 * A party says itself who signs for it. The SQL twins are the policies convention_signers.name and
 * signature_deputies.settle.
 */
export const mayNameSigner = (viewer: Viewer, convention: Bound, party: Party): Verdict =>
  actsFor(viewer, convention) === party || 'convention/not-a-party'
/**
 * AGR-13: a paper signed by hand is entered for the other party by whoever acts here for the one that received it; the
 * regional direction, which gathers the papers, enters the operator's too. The SQL twin is the policy
 * convention_signatures.sign.
 */
export const mayEnterSignature = (viewer: Viewer, convention: Bound, party: Party): Verdict => {
  const side = actsFor(viewer, convention)
  if (side === null) return 'convention/not-a-party'
  return side !== party || ofRegion(viewer, convention) || 'convention/signatory-only'
}
/**
 * A regional direction completes both authorities: it gathers the papers; each party its own. The SQL twin is the policy
 * convention_signers.complete.
 */
export const maySettleAuthority = (viewer: Viewer, convention: Bound, party: Party): Verdict =>
  ofRegion(viewer, convention) || actsFor(viewer, convention) === party || 'convention/not-a-party'

/** A partner whose conventions are not signed yet, by the regions that prepare them. */
export interface Preparing {
  readonly regionIds: readonly number[]
  readonly inForce: boolean
}
/**
 * Its first convention names its contacts (annex 2): the regional direction that prepares it enters them from the
 * partner's letter. Once it is in force, where notices go is the partner's alone. The SQL twins are
 * the policy convention_contacts.name and ctx.prepared_partners.
 */
export const mayNameContactFor = (viewer: Viewer, partner: Preparing | null): Verdict =>
  (partner !== null && !partner.inForce && partner.regionIds.some(regionId => ofRegion(viewer, { regionId }))) ||
  'contact/own-party-only'
/**
 * Each party names its own contacts (annex 2). On the partner's side: those who act for it.
 * On the operator's side: the regional direction, or the administrators where no region is named.
 */
export const mayNameContact = (viewer: Viewer, regionId: number | null): Verdict =>
  (viewer.organisationKind === 'operateur'
    ? regionId !== null && (holdsRole(viewer, 'administrateur') || ofRegion(viewer, { regionId }))
    : regionId === null && acts(viewer)) || 'contact/own-party-only'
