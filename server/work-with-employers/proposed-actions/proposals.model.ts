import { covers, type Viewer } from '../../platform/viewer.ts'
import type { Proposed } from './proposals.policy.ts'

/**
 * The structure that proposes, where it reads the card; the one that receives, where it records. The SQL twin is the
 * policy action_proposals.read.
 */
export const mayReadProposal = (viewer: Viewer, proposal: Proposed): boolean =>
  covers(viewer, 'fiche-etablissement', 'consultation', proposal) &&
  (proposal.fromOrganisationId === viewer.organisationId ||
    (proposal.toOrganisationId === viewer.organisationId && covers(viewer, 'campagnes', 'conseiller', proposal)))
