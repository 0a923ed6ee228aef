import * as contract from '../../../contract/agreement/texts.ts'
import { action } from '../../platform/action.ts'
import { withStanding } from './conditions-rules.ts'
import { allDocuments } from './documents.queries.ts'
import { mayPublish } from './texts.policy.ts'
import { documentReply } from './texts-reply.ts'

export const listDocuments = action(contract.listDocuments, {
  load: (_input, { db }) => allDocuments(db),
  may: () => true,
  run: async (documents, _input, { viewer, now }) => ({
    items: withStanding(documents, now).map(documentReply),
    allowed: mayPublish(viewer) === true ? ['publish' as const] : [],
  }),
})
