import type { Body } from '../../../contract/route.ts'
import type * as contract from '../../../contract/work-with-employers/exchanges.ts'
import type { ReadContext } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { heldPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { campaignFrame } from '../campaigns/campaigns.queries.ts'
import { lockTarget } from '../campaigns/targets.queries.ts'
import { correspondentAt } from '../correspondents/met-person.queries.ts'
import { activeColleague } from './colleagues.queries.ts'
import { lockPlanned } from './next-actions.queries.ts'
import { campaignResultById } from './results.queries.ts'

export type RecordingInput = Body<typeof contract.recordExchange>
export type ExchangeSubject = Awaited<ReturnType<typeof readSubject>>

/**
 * Reads in one batch everything that a new exchange names, and locks what it changes. What was named and is not visible
 * is 404; `met` and `target` stay undefined, for the rules to refuse with their reason.
 */
export const readSubject = async (body: RecordingInput, { db, today }: ReadContext) => {
  const siret = Number(body.siret)
  const ownerId = body.nextAction?.ownerId
  const [establishment, campaign, target, planned, owner, campaignResult, met] = await Promise.all([
    heldPlace(db, siret),
    body.campaignId ? campaignFrame(db, body.campaignId) : null,
    body.campaignId ? lockTarget(db, body.campaignId, siret) : undefined,
    // Lock the target first, as a correction of the exchange that planned it does.
    body.answersId ? lockPlanned(db, body.answersId) : null,
    ownerId ? activeColleague(db, ownerId, siret, today) : null,
    body.campaignResultId ? campaignResultById(db, body.campaignResultId) : undefined,
    body.correspondentId ? correspondentAt(db, body.correspondentId, siret) : null,
  ])
  if (!establishment) throw new Refused('establishment/unknown')
  if (owner === undefined) throw new Refused('account/unknown')
  return {
    establishment,
    campaign: campaign === null ? null : found(campaign),
    target,
    planned: planned === null ? null : found(planned),
    owner,
    campaignResult,
    met,
  }
}
