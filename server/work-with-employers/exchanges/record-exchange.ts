import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { noteContact } from '../campaigns/targets.queries.ts'
import { removeDraft } from '../drafts/drafts.queries.ts'
import { tooMany } from '../solicitations/too-many.ts'
import { factsOf } from './exchange-input.ts'
import { exchangeReply } from './exchange-reply.ts'
import { shownToMembers } from './exchange-rules.ts'
import { readSubject } from './exchange-subject.ts'
import { insertAnswering } from './exchange-writes.queries.ts'
import { mayFinish, mayRecord } from './exchanges.policy.ts'
import { exchangeById } from './exchanges.queries.ts'
import { newExchange } from './new-exchange.ts'
import { finishedEntry } from './next-action-entries.ts'

export const recordExchange = action(contract.recordExchange, {
  load: ({ body }, context) => readSubject(body, context),
  may: (viewer, { establishment, campaign, planned }) => {
    if (campaign && !campaign.member) return 'campaign/member-advisors-only'
    const verdict = mayRecord(viewer, establishment)
    return verdict === true && planned ? mayFinish(viewer, planned) : verdict
  },
  run: async (subject, { body }, context) => {
    const { db } = context
    const { exchange, counted, answered, finishes } = newExchange(subject, body, context)
    const { id, siret } = exchange
    if (counted)
      await noteContact(db, { ...shownToMembers(exchange), campaignId: counted.campaignId, siret }, counted.target)
    const [sha256, recorded, beyondBudget] = await Promise.all([
      insertAnswering(db, exchange, answered),
      exchangeById(db, id),
      tooMany(db, { ...exchange, channel: exchange.content.channel }),
      removeDraft(db, 'exchange', body.siret),
    ])
    const saved = found(recorded)
    const beyond = beyondBudget.length ? { beyondBudget } : {}
    return {
      reply: { ...exchangeReply(saved, context), ...beyond },
      audit: [
        {
          action: 'exchange.recorded',
          subject: ['exchange', id],
          detail: {
            siret,
            campaignId: exchange.campaignId,
            version: 1,
            sha256,
            after: factsOf(exchange),
            ...(answered ? { answers: answered.id } : {}),
            ...(saved.despiteMark ? { despiteMark: true } : {}),
            ...beyond,
          },
        },
        ...(finishes ? [finishedEntry(finishes, id)] : []),
      ],
    }
  },
})
