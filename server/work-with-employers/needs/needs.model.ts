import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import type { Visibility } from '../exchanges/exchange-rules.ts'
import type { ProposedNeed } from './needs.policy.ts'

export interface ReadNeed extends TerritoryLine {
  readonly organisationId: string
  readonly visibility: Visibility
  /** The structures that it is proposed to, or that took it and have not given it back, nor seen it reopened. */
  readonly shownTo: readonly string[]
}

/**
 * Whoever reads the card there; kept to a structure, also who it is proposed to, where they record. The SQL twins are
 * the policies needs.read and need_hires.read.
 */
export const mayReadNeed = (viewer: Viewer, need: ReadNeed): boolean =>
  covers(viewer, 'fiche-etablissement', 'consultation', need) &&
  (need.visibility === 'reseau' ||
    need.organisationId === viewer.organisationId ||
    (need.shownTo.includes(viewer.organisationId) && covers(viewer, 'campagnes', 'conseiller', need)))

/**
 * A version, with its words: who it is proposed to reads none of a kept one. The SQL twin is the policy
 * need_versions.read.
 */
export const mayReadNeedVersion = (viewer: Viewer, version: ReadNeed & { readonly said: Visibility }): boolean =>
  covers(viewer, 'fiche-etablissement', 'consultation', version) &&
  ((version.visibility === 'reseau' && version.said === 'reseau') || version.organisationId === viewer.organisationId)

/**
 * The structure that proposes, where it reads the card; the one that receives, where it records. The SQL twin is the
 * policy need_proposals.read.
 */
export const mayReadNeedProposal = (viewer: Viewer, proposal: ProposedNeed): boolean =>
  covers(viewer, 'fiche-etablissement', 'consultation', proposal) &&
  (proposal.fromOrganisationId === viewer.organisationId ||
    (proposal.toOrganisationId === viewer.organisationId && covers(viewer, 'campagnes', 'conseiller', proposal)))
