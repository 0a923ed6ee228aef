import type { Static } from 'typebox'
import type { GrantRequest } from '../../../contract/people-and-rights/grants.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { exceedsFunction } from '../accounts/smallest-profile-rules.ts'
import { decisionsOn } from './grants.policy.ts'
import type { RequestRow } from './requests.queries.ts'

const decider = (row: RequestRow) =>
  !row.isManager
    ? 'Un RGC de la structure'
    : row.otherManagers > 0
      ? 'Un autre RGC de la structure'
      : 'Le signataire de la structure, faute d’un autre RGC'

export const requestReply = (viewer: Viewer, row: RequestRow): Static<typeof GrantRequest> => ({
  id: row.id,
  person: row.person,
  askedBy: row.askedBy,
  askedAt: row.askedAt.toISOString(),
  tool: row.tool,
  profile: row.profile,
  ...row.perimeter,
  purpose: row.purpose,
  reason: row.reason,
  decision: row.decision,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  decidedBy: row.decidedBy,
  decisionReason: row.decisionReason,
  beyondFunction: exceedsFunction(row.function, row.tool, row.profile),
  allowed: decisionsOn(viewer, row),
  whoDecides: decider(row),
})
