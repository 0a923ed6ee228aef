import type { Static } from 'typebox'
import type { AccessLine } from '../../../contract/people-and-rights/grants.ts'
import type { AccessRow } from './access.queries.ts'

export const accessReply = ({
  perimeter,
  sortKey: _,
  grantedAt,
  lastActAt,
  ...row
}: AccessRow): Static<typeof AccessLine> => ({
  ...row,
  ...perimeter,
  grantedAt: grantedAt.toISOString(),
  lastActAt: lastActAt?.toISOString() ?? null,
})
