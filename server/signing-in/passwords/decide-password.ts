import * as contract from '../../../contract/signing-in/sign-in-rules.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { endPasswordSessions, findSignIn, insertSignInDecision } from './passwords.queries.ts'

/** Closed, it is closed at once: the sessions that passwords opened end in the same transaction. */
export const decidePassword = action(contract.decidePassword, {
  load: async ({ params }, { db }) => found(await findSignIn(db, params.organisationId)),
  may: (_viewer, { passwordAllowed }, { body }) =>
    passwordAllowed === body.allowed ? 'password/already-decided' : true,
  run: async ({ id: organisationId }, { body }, { db, newId, now, viewer }) => {
    const reason = body.reason.trim()
    await insertSignInDecision(db, {
      id: newId(),
      organisationId,
      passwordAllowed: body.allowed,
      setBy: viewer.accountId,
      setAt: now,
      reason,
    })
    const sessionsEnded = body.allowed ? 0 : await endPasswordSessions(db, organisationId)
    return {
      reply: { passwordAllowed: body.allowed, sessionsEnded },
      audit: [
        {
          action: body.allowed ? 'organisation.password-allowed' : 'organisation.password-forbidden',
          subject: ['organisation', organisationId],
          detail: { reason, sessionsEnded },
        },
      ],
    }
  },
})
