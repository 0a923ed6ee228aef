import type { Verdict } from '../../platform/action.ts'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import { mayRecord } from '../exchanges/exchanges.policy.ts'
import type { Outcome } from './proposal-rules.ts'

export interface Proposed extends TerritoryLine {
  readonly fromOrganisationId: string
  readonly byId: string
  readonly toOrganisationId: string
}

/**
 * Who accepts or declines: whoever records there in the structure that receives. Who withdraws: its author, or a lead.
 * The SQL twin is ctx.settleable_proposals.
 */
export const maySettle = (viewer: Viewer, proposal: Proposed, outcome: Outcome): Verdict => {
  if (outcome !== 'withdrawn')
    return proposal.toOrganisationId === viewer.organisationId && mayRecord(viewer, proposal) === true
      ? true
      : 'action-proposal/receiver-only'
  const theirs = proposal.byId === viewer.accountId || covers(viewer, 'campagnes', 'responsable', proposal)
  return proposal.fromOrganisationId === viewer.organisationId && theirs && mayRecord(viewer, proposal) === true
    ? true
    : 'action-proposal/sender-only'
}
