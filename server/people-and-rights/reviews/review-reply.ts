import type * as contract from '../../../contract/people-and-rights/reviews.ts'
import type { Reply } from '../../../contract/route.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'
import { possibleDecisions } from './decision-rules.ts'
import type { LineRow, ReviewRow } from './review-facts.ts'
import { mayDecideLine, waitsFor } from './reviews.policy.ts'

export const reviewReply = (
  viewer: Viewer,
  {
    keep,
    reduce,
    suspend,
    delete: deleted,
    newAccounts,
    newGrants,
    organisationId,
    startedAt,
    closedAt,
    ...review
  }: ReviewRow,
): Reply<typeof contract.getReview> => {
  const manages = closedAt === null && holdsRole(viewer, 'rgc') && organisationId === viewer.organisationId
  return {
    ...review,
    startedAt: startedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    decided: { keep, reduce, suspend, delete: deleted },
    since: { accounts: [...newAccounts], grants: newGrants },
    allowed: manages
      ? [...(review.keepable > 0 ? ['keep-all' as const] : []), ...(review.undecided === 0 ? ['close' as const] : [])]
      : [],
  }
}

type Line = Reply<typeof contract.listReviewLines>['items'][number]
export const lineReply = (viewer: Viewer, open: boolean, row: LineRow): Line => {
  const may = open && mayDecideLine(viewer, row.organisationId, row) === true
  return {
    id: row.lineId,
    person: row.person,
    function: row.function,
    attachment: row.attachment,
    status: row.status,
    contractEndsOn: row.contractEndsOn,
    lastActAt: row.lastActAt?.toISOString() ?? null,
    grant:
      row.grantId === null
        ? null
        : {
            id: row.grantId,
            tool: row.tool!,
            profile: row.profile!,
            territory: row.territory,
            agency: row.agency,
            grantedAt: row.grantedAt!.toISOString(),
            lastUsedOn: row.lastUsedOn,
          },
    anomalies: row.anomalies.map((kind, i) => ({ kind, openedAt: row.anomaliesSince[i]?.toISOString() ?? null })),
    decision: row.decision,
    toProfile: row.toProfile,
    toTerritory: row.toTerritory,
    reason: row.reason,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decidedBy: row.decidedBy,
    allowed: may ? [...possibleDecisions(row)] : [],
    waitsFor:
      open && !may && row.decision === null && row.organisationId === viewer.organisationId ? waitsFor(row) : null,
  }
}
