import * as contract from '../../../contract/signing-in/identity.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { endSessions, findOpenSession } from './identity.queries.ts'

export const endSession = action(contract.endSession, {
  load: async ({ params }, { db }) => found(await findOpenSession(db, params.sessionId)),
  may: () => true,
  run: async ({ id }, _input, { db, viewer }) => ({
    reply: { ended: await endSessions(db, [id]) },
    audit: [
      { action: 'session.ended', subject: ['session', id], detail: { by: 'its holder', from: viewer.sessionId } },
    ],
    ...(id === viewer.sessionId ? { sessionToken: null } : {}),
  }),
})
