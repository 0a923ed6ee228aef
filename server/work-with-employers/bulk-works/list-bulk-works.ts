import * as contract from '../../../contract/work-with-employers/bulk-works.ts'
import { action } from '../../platform/action.ts'
import { bulkWorkReply } from './bulk-work-reply.ts'
import { listWorks } from './bulk-works.queries.ts'

export const listBulkWorks = action(contract.listBulkWorks, {
  load: ({ query: { running = false } }, { db }) => listWorks(db, running, 100),
  may: () => true,
  run: async works => ({ items: works.map(bulkWorkReply) }),
})
