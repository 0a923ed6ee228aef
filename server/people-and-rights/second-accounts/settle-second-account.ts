import * as contract from '../../../contract/people-and-rights/second-accounts.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayAnswer, mayTakeBack } from './second-accounts.policy.ts'
import { findShare, settleShare } from './second-accounts.queries.ts'
import { factsOf } from './share-reply.ts'

/**
 * The person's own word, second factor asked again: nobody opens a way into another's sign-in by knowing an address
 * (0044). The worker tells both structures.
 */
export const settleSecondAccount = action(contract.settleSecondAccount, {
  load: async ({ params }, { db, now }) => ({ share: factsOf(found(await findShare(db, params.shareId))), now }),
  may: (viewer, { share, now }, { body }) =>
    body.outcome === 'withdrawn' ? mayTakeBack(viewer, share) : mayAnswer(viewer, share, now),
  run: async (_loaded, { params: { shareId }, body: { outcome } }, { db }) => {
    if (!(await settleShare(db, shareId, outcome))) throw new Refused('second-account/settled')
    return {
      reply: { settled: true },
      audit: [{ action: `second-account.${outcome}`, subject: ['second-account', shareId], detail: { outcome } }],
    }
  },
})
