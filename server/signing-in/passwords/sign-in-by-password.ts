import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import * as contract from '../../../contract/signing-in/passwords.ts'
import type { Entry } from '../../platform/action.ts'
import { recordAtTheDoor, recordSignIn } from '../../platform/audit.ts'
import { deviceInWords } from '../../platform/device.ts'
import { Refused } from '../../platform/errors.ts'
import { refuseOtherOrigin } from '../../platform/origin.ts'
import { sessionToken, setSessionCookie } from '../../platform/session-cookie.ts'
import { signInsRefused } from '../../platform/telemetry.ts'
import { digest, newToken } from '../identity/session-token.ts'
import { attemptBudgets } from './attempt-budgets.ts'
import { type PasswordDoor, type PasswordParts, passwordDoor } from './password-door.ts'
import { linkRoutes } from './password-links.ts'
import { normalized } from './password-rules.ts'
import {
  type FoundPassword,
  findPassword,
  openPasswordSession,
  passwordAnywhere,
  renewHash,
} from './passwords.queries.ts'

/**
 * Asked without a session, so they stand outside `load → may → run` (platform/exceptions.ts). What opens here is one
 * factor: the second is asked next.
 */
export const passwordRoutes =
  (parts: PasswordParts) =>
  (server: FastifyInstance): void => {
    const door = passwordDoor(parts)
    server.addHook('onRequest', async request => refuseOtherOrigin(request, door.publicUrl))
    signInRoute(server, door)
    server.post(contract.signInWays.path, door.body(contract.signInWays.body), async () => ({
      password: await passwordAnywhere(door.signIn),
    }))
    linkRoutes(server, door)
  }

type Code = 'password/refused' | 'password/account-blocked' | 'password/contract-over'
const refusal = (request: FastifyRequest, code: Code): Refused => {
  request.log.warn({ requestId: request.id, code }, 'sign-in refused')
  signInsRefused.inc({ way: 'password', code })
  return new Refused(code)
}

const closedBy = (found: Pick<FoundPassword, 'blocked' | 'contractOver'>): Code =>
  found.blocked ? 'password/account-blocked' : found.contractOver ? 'password/contract-over' : 'password/refused'

const signInRoute = (server: FastifyInstance, door: PasswordDoor): void => {
  const { signIn, passwords, clock, newId, secure, body, from, remember } = door
  const { reserve, giveBack } = attemptBudgets(door)
  server.post(contract.passwordSignIn.path, body(contract.passwordSignIn.body), async (request, reply) => {
    const { email: typed, password } = request.body as Static<typeof contract.passwordSignIn.body>
    const email = normalized(typed).toLowerCase()
    const now = clock()
    const reserved = await reserve(request, email, now)
    const anywhere = await passwordAnywhere(signIn)
    const found = anywhere ? await findPassword(signIn, email) : null
    const right = await passwords.verify(password, found?.hash ?? null).catch(async error => {
      await signIn.transaction(db => giveBack(db, reserved, false)) // never computed: no guess was made
      throw error
    })
    // Closed everywhere: computed and slowed down as ever, for the trail keeps for ever what anyone has it write.
    if (!anywhere) throw refusal(request, 'password/refused')
    const renewed = right && passwords.isOld(found!.hash!) ? await passwords.hash(password) : null
    const token = newToken()
    const replaces = sessionToken(request, secure)
    const opened = await signIn.transaction(async db => {
      const id = newId()
      const session =
        right && found!.open
          ? await openPasswordSession(db, {
              id,
              tokenHash: digest(token),
              accountId: found!.accountId,
              device: deviceInWords(request.headers['user-agent']),
              replaces: replaces ? digest(replaces) : null,
            })
          : null
      const entry: Entry = session
        ? {
            action: 'session.opened',
            subject: ['session', id],
            detail: { by: 'password', accountId: found!.accountId, replaced: session.replaced },
          }
        : {
            action: 'sign-in.failed',
            subject: found ? ['account', found.accountId] : ['sign-in', id],
            detail: {
              by: 'password',
              right,
              open: found?.open ?? null,
              inARow: Math.max(...reserved.map(r => r.failures)),
            },
          }
      const where = from(request, found?.organisationId ?? null)
      if (!session) await recordAtTheDoor(db, where, entry, newId)
      else {
        await db.enter(digest(token)) // in the name of who just came in
        await recordSignIn(db, { ...where, at: now }, [entry], newId)
        await giveBack(db, reserved, true)
        if (renewed) await renewHash(db, found!.accountId, found!.hash!, renewed)
      }
      return session
    })
    if (!opened)
      // Told to whoever knows the password, and to nobody else.
      throw refusal(request, right && found!.open ? closedBy(found!) : 'password/refused')
    setSessionCookie(reply, token, secure)
    remember(request, reply, email)
    return { state: 'second-factor-required' }
  })
}
