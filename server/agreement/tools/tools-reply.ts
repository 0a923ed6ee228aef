import type { Static } from 'typebox'
import type { AccessRequest } from '../../../contract/agreement/access-requests.ts'
import type * as contract from '../../../contract/agreement/tools.ts'
import { organisationReply } from '../awareness/awareness-reply.ts'
import type { Standing } from '../texts/conditions-rules.ts'
import type { AccessRequestRow } from './access-requests.queries.ts'
import type { AnnexVersion, StateRow } from './annex.queries.ts'

export const annexReply = (
  {
    version: { inForceFrom, publishedAt, cancelledAt, cancelReason, entries, ...annex },
    until,
    state,
  }: Standing<AnnexVersion>,
  mayCancel: boolean,
): Static<typeof contract.AnnexVersion> => ({
  ...annex,
  entries: entries.map(({ categories, ...entry }) => ({ ...entry, categories: [...categories] })),
  inForceFrom: inForceFrom.toISOString(),
  inForceUntil: until?.toISOString() ?? null,
  state,
  publishedAt: publishedAt.toISOString(),
  cancelled: cancelledAt ? { at: cancelledAt.toISOString(), reason: cancelReason! } : null,
  allowed: mayCancel ? ['cancel'] : [],
})
export const stateReply = ({ state, message, since, recordedAt }: StateRow): Static<typeof contract.ToolState> => ({
  state: state as (typeof contract.toolStates)[number],
  message,
  since: since.toISOString(),
  recordedAt: recordedAt.toISOString(),
})
export const accessRequestReply = (row: AccessRequestRow, mayDecide: boolean): Static<typeof AccessRequest> => ({
  id: row.id,
  organisation: organisationReply(row),
  by: { id: row.byId, name: row.byName, organisationId: row.byOrganisationId },
  people: row.people,
  message: row.message,
  requestedAt: row.requestedAt.toISOString(),
  decision: row.decision,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  reason: row.reason,
  next: row.decision !== 'accepted' ? null : row.inForce ? 'accounts' : 'convention',
  allowed: mayDecide && row.decidedAt === null ? ['decide'] : [],
})
