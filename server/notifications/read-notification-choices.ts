import * as contract from '../../contract/notifications.ts'
import { action } from '../platform/action.ts'
import { choicesOf } from './choice-rules.ts'
import { ownChoices } from './notifications.queries.ts'

export const readNotificationChoices = action(contract.readNotificationChoices, {
  load: (_input, { db }) => ownChoices(db),
  may: () => true, // row-level security chose one's own
  run: async chosen => ({ choices: choicesOf(chosen) }),
})
