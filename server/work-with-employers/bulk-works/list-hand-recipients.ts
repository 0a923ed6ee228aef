import * as contract from '../../../contract/work-with-employers/bulk-works.ts'
import { action } from '../../platform/action.ts'
import { mayCountActions } from './bulk-works.policy.ts'
import { handRecipients } from './handed-actions.queries.ts'

export const listHandRecipients = action(contract.listHandRecipients, {
  load: async (_input, { db, today }) => handRecipients(db, today),
  may: viewer => mayCountActions(viewer),
  run: async items => ({ items }),
})
