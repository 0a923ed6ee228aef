import * as contract from '../../../contract/agreement/tools.ts'
import { action } from '../../platform/action.ts'
import { allDocuments } from '../texts/documents.queries.ts'
import { openTools } from './annex.queries.ts'
import { toPublish } from './publications-rules.ts'
import { mayPublishAnnex } from './tools.policy.ts'

export const listPublications = action(contract.listPublications, {
  load: async (_input, { db }) => {
    const [documents, periods] = await Promise.all([allDocuments(db), openTools(db)])
    return { documents, periods }
  },
  may: mayPublishAnnex,
  run: async ({ documents, periods }, _input, { now }) => ({
    items: toPublish(documents, periods, now).map(({ comesOn, ...one }) => ({
      ...one,
      comesOn: comesOn?.toISOString() ?? null,
    })),
    next: null,
  }),
})
