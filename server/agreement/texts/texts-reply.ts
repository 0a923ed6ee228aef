import type { Static } from 'typebox'
import type * as contract from '../../../contract/agreement/texts.ts'
import type { Standing } from './conditions-rules.ts'
import type { DocumentRow } from './documents.queries.ts'

export const documentReply = ({
  version: { inForceFrom, publishedAt, cancelledAt, cancelReason, ...document },
  until,
  state,
}: Standing<DocumentRow>): Static<typeof contract.DocumentVersion> => ({
  ...document,
  inForceFrom: inForceFrom.toISOString(),
  inForceUntil: until?.toISOString() ?? null,
  state,
  publishedAt: publishedAt.toISOString(),
  cancelled: cancelledAt ? { at: cancelledAt.toISOString(), reason: cancelReason! } : null,
})
