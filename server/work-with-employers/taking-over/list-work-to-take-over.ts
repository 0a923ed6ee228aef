import * as contract from '../../../contract/work-with-employers/taking-over.ts'
import { action } from '../../platform/action.ts'
import { recipientsNow, waitingWork } from './waiting-work.queries.ts'

export const listWorkToTakeOver = action(contract.listWorkToTakeOver, {
  load: async ({ query }, { db, today }) => {
    const items = await waitingWork(db, today)
    // Rights are worked out of each colleague: not for the home page, which only says that something waits.
    return { items, recipients: items.length && query.recipients !== false ? await recipientsNow(db, today) : [] }
  },
  may: () => true, // work_to_take_over chooses the rows
  run: async read => read,
})
