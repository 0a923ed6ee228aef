import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { holdProvisional } from '../../territory-and-register/establishments/provisional.queries.ts'
import { campaignFrame } from '../campaigns/campaigns.queries.ts'
import { lockTarget, noteContact } from '../campaigns/targets.queries.ts'
import { correspondentAt } from '../correspondents/met-person.queries.ts'
import { removeDraft } from '../drafts/drafts.queries.ts'
import { tooMany } from '../solicitations/too-many.ts'
import { activeColleague } from './colleagues.queries.ts'
import { contentOf, nextActionOf, told } from './exchange-input.ts'
import { exchangeReply } from './exchange-reply.ts'
import { answering, checkExchange, checkTarget, reaches, shownToMembers } from './exchange-rules.ts'
import { insertExchange } from './exchange-writes.queries.ts'
import { mayFinish, mayRecord } from './exchanges.policy.ts'
import { establishmentPlace, exchangeById } from './exchanges.queries.ts'
import { nowhere, placed } from './left-out-rules.ts'
import { finishedEntry } from './next-action-entries.ts'
import { lockPlanned, saveAnswered } from './next-actions.queries.ts'
import { chosenResult } from './result-rules.ts'
import { campaignResultById } from './results.queries.ts'

export const recordExchange = action(contract.recordExchange, {
  load: async ({ body }, { db, today }) => {
    const siret = Number(body.siret)
    const ownerId = body.nextAction?.ownerId
    const [, establishment, campaign, target, planned, owner, own, met] = await Promise.all([
      holdProvisional(db, siret),
      establishmentPlace(db, siret),
      body.campaignId ? campaignFrame(db, body.campaignId) : null,
      body.campaignId ? lockTarget(db, body.campaignId, siret) : undefined,
      // After the target, as whoever corrects the exchange that it follows.
      body.answersId ? lockPlanned(db, body.answersId) : null,
      ownerId ? activeColleague(db, ownerId, siret, today) : undefined,
      body.campaignResultId ? campaignResultById(db, body.campaignResultId) : undefined,
      body.correspondentId ? correspondentAt(db, body.correspondentId, siret) : null,
    ])
    if (!establishment) throw new Refused('establishment/unknown')
    if (ownerId && !owner) throw new Refused('account/unknown')
    return {
      establishment,
      campaign: campaign === null ? null : found(campaign),
      target,
      planned: planned === null ? null : found(planned),
      own,
      met,
      ownerWorks: owner?.works ?? true,
    }
  },
  may: (viewer, { establishment, campaign, planned }) => {
    if (campaign && !campaign.member) return 'campaign/member-advisors-only'
    const verdict = mayRecord(viewer, establishment)
    return verdict === true && planned ? mayFinish(viewer, planned) : verdict
  },
  run: async ({ establishment, campaign, target, planned, own, met, ownerWorks }, { body }, context) => {
    const { db, viewer, now, today, newId } = context
    const nextAction = nextActionOf(body.nextAction, viewer, newId)
    if (met === undefined) throw new Refused('exchange/correspondent-elsewhere')
    if (!ownerWorks) throw new Refused('next-action/owner-elsewhere')
    const work = campaign ? checkTarget(campaign, target) : null
    checkExchange({ ...body, nextAction: nextAction ?? null }, today)
    const answer = planned ? answering(planned, establishment.siret) : 'nothing'
    const { name: _, ...place } = establishment
    const exchange = {
      ...place,
      id: newId(),
      ...(campaign && work ? placed(campaign, work, body.occurredOn) : nowhere),
      organisationId: viewer.organisationId,
      authorId: viewer.accountId,
      occurredOn: body.occurredOn,
      reached: reaches(body.result),
      visibility: body.visibility ?? 'reseau',
      recordedAt: now,
      content: contentOf(body, chosenResult(body, own, { campaignId: campaign?.id ?? null, kept: null }), met),
      nextAction: nextAction ?? null,
    } as const
    if (exchange.campaignId && work)
      await noteContact(
        db,
        { ...shownToMembers(exchange), campaignId: exchange.campaignId, siret: exchange.siret },
        work,
      )
    const [sha256, , recorded, beyondBudget] = await Promise.all([
      insertExchange(db, exchange),
      planned && answer !== 'nothing' ? saveAnswered(db, planned.id, exchange.id, now) : undefined,
      exchangeById(db, exchange.id),
      tooMany(db, { ...exchange, channel: exchange.content.channel }),
      removeDraft(db, 'exchange', body.siret),
    ])
    const saved = found(recorded)
    return {
      reply: { ...exchangeReply(saved, context), ...(beyondBudget.length ? { beyondBudget } : {}) },
      audit: [
        {
          action: 'exchange.recorded',
          subject: ['exchange', exchange.id],
          detail: {
            siret: exchange.siret,
            campaignId: exchange.campaignId,
            version: 1,
            sha256,
            after: told(exchange),
            ...(planned && answer !== 'nothing' ? { answers: planned.id } : {}),
            ...(saved.despiteMark ? { despiteMark: true } : {}),
            ...(beyondBudget.length ? { beyondBudget } : {}),
          },
        },
        ...(planned && answer === 'finish' ? [finishedEntry(planned, exchange.id)] : []),
      ],
    }
  },
})
