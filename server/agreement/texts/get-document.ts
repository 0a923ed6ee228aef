import * as contract from '../../../contract/agreement/texts.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { withStanding } from './conditions-rules.ts'
import { allDocuments, findDocument, ownAcceptances } from './documents.queries.ts'
import { mayPublish } from './texts.policy.ts'
import { documentReply } from './texts-reply.ts'

export const getDocument = action(contract.getDocument, {
  load: async ({ params: { documentId } }, { db }) => {
    const [document, all, accepted] = await Promise.all([
      findDocument(db, documentId),
      allDocuments(db),
      ownAcceptances(db),
    ])
    return { document: found(document), all, accepted }
  },
  may: () => true,
  run: async ({ document: { id, body }, all, accepted }, _input, { now, viewer }) => {
    const document = withStanding(all, now).find(d => d.version.id === id)!
    return {
      ...documentReply(document),
      body,
      acceptedAt: accepted.find(a => a.documentId === id)?.acceptedAt.toISOString() ?? null,
      allowed: document.state === 'to-come' && mayPublish(viewer) === true ? ['cancel' as const] : [],
    }
  },
})
