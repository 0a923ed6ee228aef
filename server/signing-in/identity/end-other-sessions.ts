import * as contract from '../../../contract/signing-in/identity.ts'
import { action } from '../../platform/action.ts'
import { endSessions, openSessions } from './identity.queries.ts'

export const endOtherSessions = action(contract.endOtherSessions, {
  load: (_input, { db }) => openSessions(db),
  may: () => true,
  run: async (sessions, _input, { db, viewer }) => {
    const others = sessions.map(s => s.id).filter(id => id !== viewer.sessionId)
    const ended = others.length ? await endSessions(db, others) : 0
    return {
      reply: { ended },
      audit: [
        { action: 'sessions.others-ended', subject: ['account', viewer.accountId], detail: { sessions: others } },
      ],
    }
  },
})
