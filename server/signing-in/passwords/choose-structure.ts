import type { FastifyInstance } from 'fastify'
import * as contract from '../../../contract/signing-in/identity.ts'
import { recordSignIn } from '../../platform/audit.ts'
import { deviceInWords } from '../../platform/device.ts'
import { Refused } from '../../platform/errors.ts'
import { sessionToken, setSessionCookie } from '../../platform/session-cookie.ts'
import { enterAccount } from '../identity/by-proconnect.ts'
import { choiceToken, clearChoiceCookie } from '../identity/choice-cookie.ts'
import { structuresOf, takeChoice } from '../identity/choices.queries.ts'
import { SignInRefused } from '../identity/proconnect.ts'
import { digest, newToken } from '../identity/session-token.ts'
import { invitationCookie } from '../identity/sign-in.ts'
import type { PasswordDoor } from './password-door.ts'
import { openPasswordSession } from './passwords.queries.ts'

const closed = {
  'account-blocked': 'password/account-blocked',
  'account-contract-over': 'password/contract-over',
} as const

/**
 * Who has an account in two structures says which one they come in for, once their first factor is proven (0044). A
 * state of the sign-in under way: without its cookie, there is nothing to choose.
 */
export const structureRoutes = (server: FastifyInstance, door: PasswordDoor): void => {
  const { signIn, identity, clock, newId, secure, body, from } = door
  server.post(contract.structuresToChoose.path, body(contract.structuresToChoose.body), async request => {
    const token = choiceToken(request, secure)
    return { structures: token ? await structuresOf(signIn, digest(token)) : [] }
  })

  server.post(contract.chooseStructure.path, body(contract.chooseStructure.body), async (request, reply) => {
    const { organisationId } = request.body as { organisationId: string }
    const choice = choiceToken(request, secure)
    const old = sessionToken(request, secure)
    const coming = {
      now: clock(),
      device: deviceInWords(request.headers['user-agent']),
      replaces: old ? digest(old) : null,
    }
    const opened = await signIn
      .transaction(async db => {
        const taken = choice ? await takeChoice(db, digest(choice), organisationId) : null
        if (!taken) throw new Refused('sign-in/choice-over')
        const { accountId, vouched, linked, invitation, returnTo } = taken
        if (vouched)
          return enterAccount(
            db,
            {
              ...coming,
              vouched,
              returnTo,
              newId,
              factors: identity.factors,
              act: (actorId, structure) => ({ ...from(request, structure), at: coming.now, actorId }),
              invitation: invitation === null ? null : Buffer.from(invitation, 'hex'),
            },
            { kind: linked ? 'enter' : 'link', accountId },
          )
        const [id, token] = [newId(), newToken()]
        const session = await openPasswordSession(db, { ...coming, id, tokenHash: digest(token), accountId })
        if (!session) throw new Refused('sign-in/choice-over')
        const viewer = (await db.enter(digest(token)))!
        await recordSignIn(
          db,
          { ...from(request, viewer.organisationId), at: coming.now },
          [
            {
              action: 'session.opened',
              subject: ['session', id],
              detail: { by: 'password', accountId, replaced: session.replaced },
            },
          ],
          newId,
        )
        return { token, to: null }
      })
      .catch(error => {
        // Blocked or over while the page was read: as at the door. Anything else is said there, where one begins again.
        if (error instanceof SignInRefused && error.code in closed)
          throw new Refused(closed[error.code as keyof typeof closed])
        throw error instanceof SignInRefused ? new Refused('sign-in/choice-over') : error
      })
    clearChoiceCookie(reply, secure)
    if (request.cookies[invitationCookie(secure)]) reply.clearCookie(invitationCookie(secure), { path: '/', secure })
    setSessionCookie(reply, opened.token, secure)
    return { to: opened.to }
  })
}
