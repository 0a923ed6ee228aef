import * as contract from '../../../contract/work-with-employers/taking-over.ts'
import { action } from '../../platform/action.ts'
import { recipientsNow, waitingWork } from './waiting-work.queries.ts'

export const listWorkToTakeOver = action(contract.listWorkToTakeOver, {
  load: async (_input, { db, today }) => {
    const items = await waitingWork(db, today)
    // The home page asks each time, and most often nothing waits.
    return { items, recipients: items.length ? await recipientsNow(db, today) : [] }
  },
  may: () => true, // work_to_take_over chooses the rows
  run: async read => read,
})
