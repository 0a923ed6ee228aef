import * as contract from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { action } from '../../platform/action.ts'
import { listColumns } from './columns.queries.ts'
import { mayOpenFile } from './employer-files.policy.ts'

export const listFileColumns = action(contract.listFileColumns, {
  load: (_input, { db }) => listColumns(db),
  may: viewer => mayOpenFile(viewer),
  run: async columns => ({ items: columns.map(({ headings, fields }) => ({ headings, fields: [...fields] })) }),
})
