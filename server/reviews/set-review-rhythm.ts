import * as contract from '../../contract/reviews.ts'
import { action } from '../platform/action.ts'
import { insertRhythm } from './reviews.queries.ts'

export const setReviewRhythm = action(contract.setReviewRhythm, {
  load: async () => undefined,
  may: () => true, // an administrator of the operator
  run: async (_subject, { body: { months } }, { db, viewer, now }) => {
    await insertRhythm(db, months, viewer.accountId, now)
    return { reply: { months, inForceFrom: now.toISOString() }, audit: [{ action: 'review.rhythm-set', subject: ['service', 'reviews'], detail: { months } }] }
  },
})
