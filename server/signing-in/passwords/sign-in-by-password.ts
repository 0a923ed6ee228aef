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
import { setChoiceCookie } from '../identity/choice-cookie.ts'
import { beginChoice } from '../identity/choices.queries.ts'
import { digest, newToken } from '../identity/session-token.ts'
import { attemptBudgets } from './attempt-budgets.ts'
import { structureRoutes } from './choose-structure.ts'
import type { Hasher } from './hashing.ts'
import { type PasswordDoor, type PasswordParts, passwordDoor } from './password-door.ts'
import { linkRoutes } from './password-links.ts'
import { normalized } from './password-rules.ts'
import {
  type FoundPassword,
  findPasswords,
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
    structureRoutes(server, door)
  }

type Code = 'password/refused' | 'password/account-blocked' | 'password/contract-over'
const refusal = (request: FastifyRequest, code: Code): Refused => {
  request.log.warn({ requestId: request.id, code }, 'sign-in refused')
  signInsRefused.inc({ way: 'password', code })
  return new Refused(code)
}

const closedBy = (found: Pick<FoundPassword, 'blocked' | 'contractOver'>): Code =>
  found.blocked ? 'password/account-blocked' : found.contractOver ? 'password/contract-over' : 'password/refused'

/**
 * Those whose password this is. A wrong one is compared twice whether the address has no account, one or two: how long
 * it takes tells nothing.
 */
const compare = async (
  passwords: Hasher,
  password: string,
  [first, second]: readonly FoundPassword[],
): Promise<FoundPassword[]> => {
  const opensFirst = await passwords.verify(password, first?.hash ?? null)
  const opensSecond = opensFirst && !second ? false : await passwords.verify(password, second?.hash ?? null)
  return [...(opensFirst ? [first!] : []), ...(opensSecond ? [second!] : [])]
}

const signInRoute = (server: FastifyInstance, door: PasswordDoor): void => {
  const { signIn, passwords, clock, newId, secure, body, from, remember } = door
  const { reserve, giveBack } = attemptBudgets(door)
  server.post(contract.passwordSignIn.path, body(contract.passwordSignIn.body), async (request, reply) => {
    const { email: typed, password } = request.body as Static<typeof contract.passwordSignIn.body>
    const email = normalized(typed).toLowerCase()
    const now = clock()
    const reserved = await reserve(request, email, now)
    const anywhere = await passwordAnywhere(signIn)
    const found = anywhere ? await findPasswords(signIn, email) : []
    const rights = await compare(passwords, password, found).catch(async error => {
      await signIn.transaction(db => giveBack(db, reserved, false)) // never computed: no guess was made
      throw error
    })
    // Closed everywhere: computed and slowed down as ever, for the trail keeps for ever what anyone has it write.
    if (!anywhere) throw refusal(request, 'password/refused')
    const enterable = rights.filter(account => account.open && closedBy(account) === 'password/refused')
    if (enterable.length > 1) {
      const choice = newToken()
      await signIn.transaction(async db => {
        await beginChoice(db, {
          tokenHash: digest(choice),
          accounts: enterable.map(account => account.accountId),
          vouched: null,
          invitation: null,
          returnTo: '/',
        })
        await giveBack(db, reserved, true)
      })
      setChoiceCookie(reply, choice, secure)
      remember(request, reply, email)
      return { state: 'structure-required' }
    }
    const account = enterable[0] ?? rights[0] ?? found[0]
    const right = account !== undefined && rights.includes(account)
    const renewed = right && passwords.isOld(account.hash!) ? await passwords.hash(password) : null
    const token = newToken()
    const replaces = sessionToken(request, secure)
    const opened = await signIn.transaction(async db => {
      const id = newId()
      const session =
        right && account.open
          ? await openPasswordSession(db, {
              id,
              tokenHash: digest(token),
              accountId: account.accountId,
              device: deviceInWords(request.headers['user-agent']),
              replaces: replaces ? digest(replaces) : null,
            })
          : null
      const entry: Entry = session
        ? {
            action: 'session.opened',
            subject: ['session', id],
            detail: { by: 'password', accountId: account!.accountId, replaced: session.replaced },
          }
        : {
            action: 'sign-in.failed',
            subject: account ? ['account', account.accountId] : ['sign-in', id],
            detail: {
              by: 'password',
              right,
              open: account?.open ?? null,
              inARow: Math.max(...reserved.map(r => r.failures)),
            },
          }
      const where = from(request, account?.organisationId ?? null)
      if (!session) await recordAtTheDoor(db, where, entry, newId)
      else {
        await db.enter(digest(token)) // in the name of who just came in
        await recordSignIn(db, { ...where, at: now }, [entry], newId)
        await giveBack(db, reserved, true)
        if (renewed) await renewHash(db, account!.accountId, account!.hash!, renewed)
      }
      return session
    })
    if (!opened)
      // Told to whoever knows the password, and to nobody else.
      throw refusal(request, right && account.open ? closedBy(account) : 'password/refused')
    setSessionCookie(reply, token, secure)
    remember(request, reply, email)
    return { state: 'second-factor-required' }
  })
}
