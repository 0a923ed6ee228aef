import * as contract from '../../../contract/signing-in/identity.ts'
import { action } from '../../platform/action.ts'
import { endSessions, findOpenSession } from './identity.queries.ts'
import { newToken } from './session-token.ts'

export const signOut = action(contract.signOut, {
  load: async () => null,
  may: () => true,
  run: async (_nothing, _input, { db, viewer, settings }) => {
    const session = await findOpenSession(db, viewer.sessionId)
    await endSessions(db, [viewer.sessionId])
    const there = session?.idToken
      ? settings.identity.proconnect.signOutAddress(session.idToken, newToken())
      : undefined
    return {
      reply: { redirectTo: there ?? '/auth/signed-out' },
      audit: [{ action: 'session.ended', subject: ['session', viewer.sessionId], detail: { by: 'sign-out' } }],
      sessionToken: null,
    }
  },
})
