import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { insertPresence, listUnseen, oneAnswerAtATime } from './events.queries.ts'
import { mayAnswer } from './rgc.policy.ts'
import { accountOf, clockOf } from './rgc.queries.ts'

/** RGC-6: two months without an act ask a question; the structure answers, and it is asked again after two more. */
export const answerUnseen = action(contract.answerUnseen, {
  load: async ({ params }, { db }) => {
    await oneAnswerAtATime(db, params.accountId)
    const [at, account, asked] = await Promise.all([clockOf(db), accountOf(db, params.accountId), listUnseen(db, true)])
    return { at, account: found(account), asked: asked.some(u => u.person.id === params.accountId) }
  },
  may: (viewer, { account }) => mayAnswer(viewer, account.organisationId),
  run: async ({ at, account, asked }, _input, { db, viewer, newId }) => {
    if (!asked) throw new Refused('rgc/not-asked')
    const id = newId()
    await insertPresence(db, {
      id,
      accountId: account.id,
      organisationId: account.organisationId,
      saidBy: viewer.accountId,
      saidAt: at,
    })
    return {
      reply: { answered: true as const },
      audit: [{ action: 'rgc-presence.answered', subject: ['account', account.id], detail: { presence: id } }],
    }
  },
})
