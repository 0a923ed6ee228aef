import * as contract from '../../../contract/people-and-rights/reviews.ts'
import { action } from '../../platform/action.ts'
import { insertRhythm, rhythmSet } from './reviews.queries.ts'

export const setReviewRhythm = action(contract.setReviewRhythm, {
  load: async (_input, { db }) => ({ before: await rhythmSet(db) }),
  may: () => true, // an administrator of the operator
  run: async ({ before }, { body: { months } }, { db, viewer, now }) => {
    await insertRhythm(db, months, viewer.accountId, now)
    return {
      reply: { months, inForceFrom: now.toISOString() },
      audit: [
        {
          action: 'review.rhythm-set',
          subject: ['service', 'reviews'],
          detail: { before: { months: before?.months ?? null }, after: { months } },
        },
      ],
    }
  },
})
