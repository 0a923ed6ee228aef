import * as contract from '../../../contract/work-with-employers/proposed-actions.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayFinish } from '../exchanges/exchanges.policy.ts'
import { nextActionById } from '../exchanges/next-actions.queries.ts'
import { lapsesOn } from './proposal-rules.ts'
import { recipientsFor } from './proposals.queries.ts'

export const listProposalRecipients = action(contract.listProposalRecipients, {
  load: async ({ params: { nextActionId } }, { db, today }) => {
    const [next, items] = await Promise.all([nextActionById(db, nextActionId), recipientsFor(db, nextActionId, today)])
    return { next: found(next), items }
  },
  may: (viewer, { next }) => mayFinish(viewer, next),
  run: async ({ items }, _input, { today }) => ({ items, lapsesOn: lapsesOn(today) }),
})
