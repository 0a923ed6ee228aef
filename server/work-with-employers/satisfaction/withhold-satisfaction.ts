import * as contract from '../../../contract/work-with-employers/needs/satisfaction.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayActOnNeed } from '../needs/needs.policy.ts'
import { needById } from '../needs/needs.queries.ts'
import { withhold } from './satisfaction.queries.ts'
import { satisfactionReply } from './satisfaction-reply.ts'

const reasons = ['not-found', 'satisfaction/need-open', 'satisfaction/settled'] as const

/** Whoever closes a need may have nothing asked of its employer. Once said, it is not taken back: one may ask in person. */
export const withholdSatisfaction = action(contract.withholdSatisfaction, {
  load: async ({ params }, { db }) => found(await needById(db, params.needId)),
  may: (viewer, need) => mayActOnNeed(viewer, need, 'abandon'),
  run: async (need, { body: { reason } }, context) => {
    const outcome = await withhold(context.db, need.id, reason, context.now)
    if (outcome) throw new Refused(reasons.find(code => code === outcome)!)
    return {
      reply: await satisfactionReply(need, context),
      audit: [
        {
          action: 'satisfaction.withheld',
          subject: ['need', need.id],
          detail: { siret: need.siret, reason },
        },
      ],
    }
  },
})
