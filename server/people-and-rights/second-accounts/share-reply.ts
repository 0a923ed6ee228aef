import type { Static } from 'typebox'
import type { SecondAccount } from '../../../contract/people-and-rights/second-accounts.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { mayAnswer, mayTakeBack, type Share } from './second-accounts.policy.ts'
import type { ShareRow } from './second-accounts.queries.ts'

export const factsOf = ({ person, asker, askedAt, settledAt }: ShareRow): Share => ({
  personId: person?.id ?? null,
  askerId: asker?.id ?? null,
  askedAt,
  settledAt,
})
export const shareReply = (viewer: Viewer, row: ShareRow, now: Date): Static<typeof SecondAccount> => ({
  id: row.id,
  side: row.side,
  email: row.email,
  askedAt: row.askedAt.toISOString(),
  askedFor: row.askedFor,
  reason: row.reason,
  asker: row.asker,
  former: row.former,
  person: row.person,
  settled: row.settledAt && { at: row.settledAt.toISOString(), outcome: row.outcome! },
  openUntil: row.openUntil?.toISOString() ?? null,
  opened: row.opened,
  endedAt: row.endedAt?.toISOString() ?? null,
  allowed: [
    ...(mayAnswer(viewer, factsOf(row), now) === true ? (['accept', 'refuse'] as const) : []),
    ...(mayTakeBack(viewer, factsOf(row)) === true ? ['withdraw' as const] : []),
  ],
})
