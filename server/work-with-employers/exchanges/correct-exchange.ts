import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { opens } from '../../platform/viewer.ts'
import { correspondentAt } from '../correspondents/met-person.queries.ts'
import { removeDraft } from '../drafts/drafts.queries.ts'
import { activeColleague } from './colleagues.queries.ts'
import { checkMet, contentOf, factsOf, nextActionOf, sameAction } from './exchange-input.ts'
import { exchangeReply } from './exchange-reply.ts'
import { checkExchange, correctedNextAction, reaches } from './exchange-rules.ts'
import { keptMet, saveCorrection } from './exchange-writes.queries.ts'
import { mayCorrect } from './exchanges.policy.ts'
import { exchangeById, lockExchange } from './exchanges.queries.ts'
import { placedAgain } from './left-out-rules.ts'
import { actionPassedOn } from './passing.queries.ts'
import { recountTarget } from './recount-target.ts'
import { chosenResult } from './result-rules.ts'
import { campaignResultById } from './results.queries.ts'

export const correctExchange = action(contract.correctExchange, {
  load: async ({ params, body }, { db, today }) => {
    const ownerId = body.nextAction?.ownerId
    const [locked, own] = await Promise.all([
      lockExchange(db, params.exchangeId),
      body.campaignResultId ? campaignResultById(db, body.campaignResultId) : undefined,
    ])
    const { exchange, target } = found(locked)
    // Keep the current owner even if they moved: a correction does not reassign.
    const asked = ownerId && ownerId !== exchange.nextAction?.ownerId ? ownerId : undefined
    // The present one stays, even where a move has parted it from the exchange.
    const person = body.correspondentId === exchange.correspondent?.id ? undefined : body.correspondentId
    return {
      exchange,
      target,
      own,
      passedOn: body.nextAction !== undefined && (await actionPassedOn(db, params.exchangeId)),
      met: person ? await correspondentAt(db, person, exchange.siret) : person === null ? null : ('same' as const),
      owner: asked ? ((await activeColleague(db, asked, exchange.siret, today)) ?? ('unknown' as const)) : null,
    }
  },
  may: (viewer, { exchange }) => mayCorrect(viewer, exchange),
  run: async ({ exchange: before, target, owner, own, met, passedOn }, { body, ifMatch }, context) => {
    const { db, viewer, now, today, newId } = context
    if (ifMatch !== before.version)
      throw new Refused('request/changed-meanwhile', { current: exchangeReply(before, context) })
    if (before.status === 'cancelled') throw new Refused('exchange/cancelled')
    checkMet(viewer, body)
    if (met === undefined) throw new Refused('exchange/correspondent-elsewhere')
    if (owner === 'unknown') throw new Refused('account/unknown')
    if (owner && !owner.works) throw new Refused('next-action/owner-elsewhere')
    const asked = nextActionOf(body.nextAction, viewer, newId)
    const nextAction = asked && sameAction(asked, before.nextAction) ? undefined : asked
    if (passedOn && (nextAction || (nextAction === null && before.nextAction)))
      throw new Refused('exchange/next-action-passed-on')
    const final = correctedNextAction(nextAction, before.nextAction)
    checkExchange({ ...body, nextAction: final }, today)

    // Whoever was met is not shown while annex 4 closes it, hence not taken away.
    const kept = opens(viewer, 'interlocuteurs') ? {} : await keptMet(db, before.id)
    const correction = {
      ...placedAgain(before, target, body.occurredOn),
      occurredOn: body.occurredOn,
      reached: reaches(body.result),
      visibility: body.visibility ?? before.visibility,
      content: {
        ...contentOf(
          body,
          chosenResult(body, own, { campaignId: before.campaignId ?? before.leftOutCampaignId, kept: before.content }),
          met === 'same' ? (before.content?.correspondentId ?? null) : met,
        ),
        ...kept,
      },
      nextAction,
    }
    const [sha256, corrected] = await Promise.all([
      saveCorrection(db, before, correction, now, viewer.accountId),
      exchangeById(db, before.id),
      removeDraft(db, 'exchange-correction', before.id),
    ])
    await recountTarget(db, before, correction, target)
    return {
      reply: exchangeReply(found(corrected), context),
      audit: [
        {
          action: 'exchange.corrected',
          subject: ['exchange', before.id],
          detail: {
            siret: before.siret,
            version: before.version + 1,
            sha256,
            before: factsOf({ ...before, content: before.content && { ...before.content, ...kept } }),
            after: factsOf({ ...correction, nextAction: final }),
          },
        },
      ],
    }
  },
})
