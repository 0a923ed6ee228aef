import * as contract from '../../../contract/work-with-employers/targets.ts'
import { action } from '../../platform/action.ts'
import { targetsAt } from './targets-at.queries.ts'

const shown = 50

export const listTargetsAt = action(contract.listTargetsAt, {
  load: ({ params }, { db }) => targetsAt(db, Number(params.siret), shown),
  may: () => true, // row-level security chose the rows
  run: async rows => ({ items: rows.slice(0, shown), more: rows.length > shown }),
})
