import type { Context } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { checkMet, contentOf, nextActionOf } from './exchange-input.ts'
import { answering, checkExchange, checkTarget, reaches } from './exchange-rules.ts'
import type { ExchangeSubject, RecordingInput } from './exchange-subject.ts'
import type { NewExchange } from './exchange-writes.queries.ts'
import { nowhere, placed } from './left-out-rules.ts'
import { chosenResult } from './result-rules.ts'

/** Refuses what may not be recorded, with its reason; then says what is: the exchange, and what it does beside. */
export const newExchange = (
  { establishment, campaign, target, planned, owner, campaignResult, met }: ExchangeSubject,
  body: RecordingInput,
  { viewer, now, today, newId }: Pick<Context, 'viewer' | 'now' | 'today' | 'newId'>,
) => {
  const nextAction = nextActionOf(body.nextAction, viewer, newId) ?? null
  checkMet(viewer, body)
  if (met === undefined) throw new Refused('exchange/correspondent-elsewhere')
  if (owner?.works === false) throw new Refused('next-action/owner-elsewhere')
  const worked = campaign && { campaign, target: checkTarget(campaign, target) }
  checkExchange({ ...body, nextAction }, today)
  const answer = planned && answering(planned, establishment.siret)
  const chosen = chosenResult(body, campaignResult, { campaignId: campaign?.id ?? null, kept: null })
  const { name: _, ...place } = establishment
  const exchange: NewExchange = {
    ...place,
    id: newId(),
    ...(worked ? placed(worked.campaign, worked.target, body.occurredOn) : nowhere),
    organisationId: viewer.organisationId,
    authorId: viewer.accountId,
    occurredOn: body.occurredOn,
    reached: reaches(body.result),
    visibility: body.visibility ?? 'reseau',
    recordedAt: now,
    content: contentOf(body, chosen, met),
    nextAction,
  }
  return {
    exchange,
    /** The target that counts it: none outside a campaign, nor beside one. */
    counted: worked && exchange.campaignId ? { campaignId: exchange.campaignId, target: worked.target } : null,
    /** The planned action that it carries out; null where another did meanwhile. */
    answered: answer === 'nothing' ? null : planned,
    finishes: answer === 'finish' ? planned : null,
  }
}
