import type { Static } from 'typebox'
import type { AddressRelease } from '../../../contract/people-and-rights/releases.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { heardFrom, mayContest, mayRelease, maySettle, mayWithdraw } from './releases.policy.ts'
import type { ReleaseRow } from './releases.queries.ts'

export const releaseReply = (viewer: Viewer, row: ReleaseRow, now: Date): Static<typeof AddressRelease> => ({
  id: row.id,
  side: row.side,
  email: row.email,
  askedAt: row.askedAt.toISOString(),
  askedFor: row.askedFor,
  reason: row.reason,
  asker: row.asker,
  askedBy: row.askedBy,
  former: row.former,
  person: row.person,
  function: row.function,
  contest: row.contestedAt && { at: row.contestedAt.toISOString(), reason: row.contestReason! },
  toldAt: row.toldAt?.toISOString() ?? null,
  releasableFrom: row.side === 'officer' ? (heardFrom(row, now)?.toISOString() ?? null) : null,
  settled: row.settledAt && { at: row.settledAt.toISOString(), outcome: row.outcome!, reason: row.settleReason },
  allowed: [
    ...(mayContest(viewer, row) === true ? ['contest' as const] : []),
    ...(mayRelease(viewer, row, now) === true ? ['release' as const] : []),
    ...(maySettle(viewer, row) === true ? ['refuse' as const] : []),
    ...(mayWithdraw(viewer, row) === true ? ['withdraw' as const] : []),
  ],
})
