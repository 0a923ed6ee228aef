import * as contract from '../../../contract/people-and-rights/first-day.ts'
import { action } from '../../platform/action.ts'
import { ownFirstDay } from './first-day.queries.ts'
import { isOffered } from './first-day-rules.ts'

export const getFirstDay = action(contract.getFirstDay, {
  load: async (_input, { db }) => ownFirstDay(db),
  may: () => true, // one's own
  run: async (own, _input, { today }) => ({ offered: isOffered(own, today) }),
})
