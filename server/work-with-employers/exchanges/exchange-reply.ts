import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/exchanges.ts'
import type { Context } from '../../platform/action.ts'
import { siretText } from '../../platform/siret.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { mayCorrect, mayFinish, mayReadContent } from './exchanges.policy.ts'
import type { RecordedExchange } from './exchanges.queries.ts'
import type { NextActionRow } from './next-actions.queries.ts'
import { isLate, parisMoment } from './next-actions.ts'

type At = Pick<Context, 'viewer' | 'now' | 'today'>
type ExchangeReply = Static<typeof contract.Exchange>
type NextActionReply = Static<typeof contract.NextAction>

export const nextActionReply = (row: NextActionRow, { viewer, now, today }: At): NextActionReply => ({
  id: row.id,
  siret: siretText(row.siret),
  establishmentName: row.establishmentName,
  closed: row.closed,
  exchangeId: row.exchangeId,
  campaign: row.campaignId === null ? null : { id: row.campaignId, name: row.campaignName },
  kind: row.kind as NextActionReply['kind'],
  dueOn: row.dueOn,
  dueAt: row.dueAt,
  owner: { id: row.ownerId, name: row.ownerName, organisationId: row.ownerOrganisationId },
  notedBy:
    row.authorId === row.ownerId
      ? null
      : { id: row.authorId, name: row.authorName, organisationId: row.authorOrganisationId },
  doneAt: row.doneAt?.toISOString() ?? null,
  version: row.version,
  late: isLate(row, parisMoment(now, today)),
  allowed: row.doneAt === null && mayFinish(viewer, row) === true ? ['finish', 'plan-again'] : [],
})

const allowedOn = (viewer: Viewer, row: RecordedExchange): ExchangeReply['allowed'] =>
  row.status === 'recorded' && mayCorrect(viewer, row) === true ? ['correct', 'cancel'] : []

/**
 * Where what was said is not the viewer's to read, only that a contact took place: organisation, establishment and day
 * (EST-11).
 */
export const exchangeReply = (row: RecordedExchange, at: At): ExchangeReply => {
  const readable = mayReadContent(at.viewer, row) && row.content !== null
  return {
    id: row.id,
    siret: siretText(row.siret),
    establishmentName: row.establishmentName,
    campaign: readable && row.campaignId ? { id: row.campaignId, name: row.campaignName } : null,
    leftOut:
      readable && row.leftOut && row.leftOutCampaignId
        ? { campaign: { id: row.leftOutCampaignId, name: row.campaignName }, why: row.leftOut }
        : null,
    organisation: { id: row.organisationId, name: row.organisationName, kind: row.organisationKind },
    author: readable ? { id: row.authorId, name: row.authorName, organisationId: row.authorOrganisationId } : null,
    occurredOn: row.occurredOn,
    visibility: row.visibility,
    status: row.status,
    cancelReason: readable ? row.cancelReason : null,
    content: readable ? (row.content as ExchangeReply['content']) : null,
    correspondent: readable ? row.correspondent : null,
    nextAction: readable && row.nextAction ? nextActionReply(row.nextAction, at) : null,
    answers: readable ? (row.answers as ExchangeReply['answers']) : null,
    ...(row.despiteMark ? { despiteMark: true as const } : {}),
    ...(row.imported ? { imported: { fileName: row.fileName } } : {}),
    recordedAt: row.recordedAt.toISOString(),
    correctedAt: row.correctedAt?.toISOString() ?? null,
    version: row.version,
    allowed: allowedOn(at.viewer, row),
  }
}

/** The same in a line of what happened before. */
export const pastContactReply = (row: RecordedExchange, at: At): Static<typeof contract.PastContact> => {
  const { organisation, occurredOn, content, correspondent, author, id } = exchangeReply(row, at)
  return {
    organisation,
    occurredOn,
    exchangeId: content ? id : null,
    channel: content?.channel ?? null,
    result: content?.result ?? null,
    resultLabel: content?.resultLabel ?? null,
    personMet: correspondent?.name ?? content?.personMet ?? null,
    correspondentId: correspondent?.id ?? null,
    notes: content?.notes ?? null,
    author,
  }
}
export const plannedContactReply = (row: NextActionRow): Static<typeof contract.PlannedContact> => ({
  organisation: { id: row.organisationId, name: row.organisationName, kind: row.organisationKind },
  kind: row.kind as NextActionReply['kind'],
  dueOn: row.dueOn,
  owner: { id: row.ownerId, name: row.ownerName, organisationId: row.ownerOrganisationId },
})
