import type { Static } from 'typebox'
import type { Block } from '../../contract/security.ts'
import type { Viewer } from '../platform/viewer.ts'
import type { BlockRow } from './security.queries.ts'

export const blockReply = (viewer: Viewer, row: BlockRow): Static<typeof Block> => ({
  ...row, blockedAt: row.blockedAt.toISOString(), liftedAt: row.liftedAt?.toISOString() ?? null, allowed: row.liftedAt === null && row.person.id !== viewer.accountId ? ['lift'] : [],
})
