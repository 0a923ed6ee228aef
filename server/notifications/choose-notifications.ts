import * as contract from '../../contract/notifications.ts'
import { action } from '../platform/action.ts'
import { Refused } from '../platform/errors.ts'
import { choicesOf } from './choice-rules.ts'
import { ownChoices, putChoices } from './notifications.queries.ts'

/** The imposed kinds are not of the contract: nothing can be said of them here. */
export const chooseNotifications = action(contract.chooseNotifications, {
  load: async (_input, { db }) => choicesOf(await ownChoices(db)),
  may: () => true, // for oneself alone: the policies say so
  run: async (before, { body: { choices } }, { db, now, viewer }) => {
    if (new Set(choices.map(({ kind }) => kind)).size < choices.length) throw new Refused('notification/kind-twice')
    await putChoices(db, choices, now)
    const changed = choices.filter(({ kind, delivery }) => before.find(c => c.kind === kind)!.delivery !== delivery)
    return {
      reply: { choices: choicesOf([...choices, ...before]) },
      audit: [
        {
          action: 'notification.chosen',
          subject: ['account', viewer.accountId],
          detail: { changed },
        },
      ],
    }
  },
})
