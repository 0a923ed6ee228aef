import * as contract from '../../../contract/oversight/rights-requests.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { noteStep } from './note-step.ts'
import { mayHold } from './rights-requests.policy.ts'
import { lockRequest } from './rights-requests.queries.ts'

/** Who was told of what is rectified, erased or restricted, or why nobody was (article 19 of the GDPR). */
export const tellRightsRecipients = action(contract.tellRightsRecipients, {
  load: async ({ params }, { db }) => found(await lockRequest(db, params.requestId)),
  may: (viewer, request) => mayHold(viewer, request),
  run: async (request, { body: { toldOn, extent, words } }, context) => ({
    reply: await noteStep(request, 'recipients', toldOn, { extent, reason: words.trim() }, context),
    audit: [
      {
        action: 'rights-request.recipients-told',
        subject: ['rights-request', request.id],
        detail: { toldOn, extent },
      },
    ],
  }),
})
