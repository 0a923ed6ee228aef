import * as contract from '../../../contract/agreement/texts.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { cancelDocument as cancel, findDocument } from './documents.queries.ts'
import { mayPublish } from './texts.policy.ts'
import { documentReply } from './texts-reply.ts'

/** What is to come is given up before anybody is asked to accept it. It stays readable, with the reason. */
export const cancelDocument = action(contract.cancelDocument, {
  load: async ({ params: { documentId } }, { db }) => found(await findDocument(db, documentId)),
  may: mayPublish,
  run: async ({ body: _, ...document }, { body: { reason } }, { db, now, viewer }) => {
    if (document.cancelledAt) throw new Refused('conditions/cancelled')
    if (document.inForceFrom <= now) throw new Refused('conditions/in-force')
    if ((await cancel(db, document.id, viewer.accountId, reason, now)) === 0)
      throw new Refused('request/changed-meanwhile')
    const version = { ...document, cancelledAt: now, cancelReason: reason }
    return {
      reply: documentReply({ version, until: null, state: 'cancelled' }),
      audit: [
        {
          action: 'conditions.cancelled',
          subject: ['document', document.id],
          detail: { kind: document.kind, tool: document.tool, version: document.version, reason },
        },
      ],
    }
  },
})
