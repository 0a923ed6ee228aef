import type { Static } from 'typebox'
import type { AddressChange } from '../../../contract/people-and-rights/addresses.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { mayConfirm, mayRefuse } from './addresses.policy.ts'
import type { ChangeRow } from './addresses.queries.ts'

export const changeReply = (viewer: Viewer, row: ChangeRow): Static<typeof AddressChange> => {
  const { organisationId, accountId, askedById, askedAt, until, ...shown } = row
  return {
    ...shown,
    askedAt: askedAt.toISOString(),
    until: until.toISOString(),
    allowed: [
      ...(mayConfirm(viewer, row) === true ? ['confirm' as const] : []),
      ...(mayRefuse(viewer, row) === true ? ['refuse' as const] : []),
    ],
  }
}
