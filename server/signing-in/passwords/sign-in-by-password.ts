import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { anonymousBodyLimit } from '../../../contract/route.ts'
import * as contract from '../../../contract/signing-in/passwords.ts'
import type { Entry } from '../../platform/action.ts'
import { addressGroup } from '../../platform/address.ts'
import { appendAudit, recordAtTheDoor } from '../../platform/audit.ts'
import type { Database, Db } from '../../platform/database.ts'
import { deviceInWords } from '../../platform/device.ts'
import { Refused } from '../../platform/errors.ts'
import { originDigest, refuseOtherOrigin } from '../../platform/origin.ts'
import { sessionToken, setSessionCookie } from '../../platform/session-cookie.ts'
import { handoverHash } from '../identity/handover-code.ts'
import { digest, newToken } from '../identity/session-token.ts'
import { identity } from '../identity/settings.ts'
import type { Hasher } from './hashing.ts'
import { knownDevice } from './known-device.ts'
import { normalized, weaknessOf } from './password-rules.ts'
import {
  choosePassword,
  findLink,
  findPassword,
  lockBudgets,
  openPasswordSession,
  passwordAnywhere,
  renewHash,
  setBudget,
  tryLinkCode,
} from './passwords.queries.ts'
import { type BudgetKind, budgetsOf, counted, givenBack, secondsLeft } from './throttle-rules.ts'

export interface PasswordParts {
  /** As the role of signing in. */
  readonly signIn: Database
  readonly passwords: Hasher
  readonly originKey: Buffer
  readonly clock: () => Date
  readonly newId: () => string
}
type Reserved = readonly { readonly kind: BudgetKind; readonly key: Buffer; readonly failures: number }[]

/**
 * Asked without a session, so they stand outside `load → may → run` (platform/exceptions.ts). What opens here is one
 * factor: the second is asked next.
 */
export const passwordRoutes =
  ({ signIn, passwords, originKey, clock, newId }: PasswordParts) =>
  (server: FastifyInstance) => {
    const { publicUrl, keys } = identity()
    const secure = publicUrl.startsWith('https:')
    const devices = knownDevice(keys)
    const deviceCookie = secure ? '__Host-device' : 'device'
    const body = (schema: object) => ({ schema: { hide: true, body: schema }, bodyLimit: anonymousBodyLimit })
    server.addHook('onRequest', async request => refuseOtherOrigin(request, publicUrl))

    const from = (request: FastifyRequest, organisationId: string | null) => ({
      organisationId,
      origin: originDigest(originKey, request.ip),
      requestId: request.id,
    })

    /**
     * What this attempt draws on, counted at once; refused when one of them has to wait. Neither depends on whether
     * there is such an account.
     */
    const reserve = async (request: FastifyRequest, email: string, now: Date): Promise<Reserved> => {
      const device = devices.knows(request.cookies[deviceCookie], email)
      const address = addressGroup(request.ip)
      const keyOf: Readonly<Record<BudgetKind, () => Buffer>> = {
        device: () => devices.key('device', email, device!),
        pair: () => devices.key('pair', email, address),
        address: () => devices.key('address', address),
        account: () => devices.key('account', email),
      }
      const kinds = new Map(
        budgetsOf(device !== null).map(kind => {
          const key = keyOf[kind]()
          return [key.toString('hex'), { kind, key }]
        }),
      )
      return signIn.transaction(async db => {
        const budgets = await lockBudgets(
          db,
          [...kinds.values()].map(({ key }) => key),
        )
        refuseFor(Math.max(...budgets.map(budget => secondsLeft(budget, now))))
        return Promise.all(
          budgets.map(async ({ key, ...budget }) => {
            const { kind } = kinds.get(key.toString('hex'))!
            const spent = counted(kind, budget, now)
            await setBudget(db, key, spent)
            return { kind, key, failures: spent.failures }
          }),
        )
      })
    }
    const giveBack = async (db: Db, reserved: Reserved, right: boolean) => {
      for (const { key, ...budget } of await lockBudgets(
        db,
        reserved.map(r => r.key),
      )) {
        const { kind, failures } = reserved.find(r => r.key.equals(key))!
        await setBudget(db, key, givenBack(kind, budget, failures, right))
      }
    }

    server.post(contract.passwordSignIn.path, body(contract.passwordSignIn.body), async (request, reply) => {
      const { email: typed, password } = request.body as Static<typeof contract.passwordSignIn.body>
      const email = normalized(typed).toLowerCase()
      const now = clock()
      const reserved = await reserve(request, email, now)
      const found = await findPassword(signIn, email)
      const right = await passwords.verify(password, found?.hash ?? null).catch(async error => {
        await signIn.transaction(db => giveBack(db, reserved, false)) // never computed: no guess was made
        throw error
      })
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
          await appendAudit(db, { ...where, at: now, actorId: found!.accountId }, [entry], newId)
          await giveBack(db, reserved, true)
          if (renewed) await renewHash(db, found!.accountId, found!.hash!, renewed)
        }
        return session
      })
      if (!opened) {
        request.log.warn({ requestId: request.id, code: 'password/refused' }, 'sign-in refused')
        throw new Refused('password/refused')
      }
      setSessionCookie(reply, token, secure)
      reply.setCookie(deviceCookie, devices.remember(request.cookies[deviceCookie], email), {
        path: '/',
        httpOnly: true,
        secure,
        sameSite: 'strict',
        maxAge: 180 * 24 * 3600,
      })
      return { state: 'second-factor-required' }
    })

    server.post(contract.signInWays.path, body(contract.signInWays.body), async () => ({
      password: await passwordAnywhere(signIn),
    }))

    const linkOf = async (token: string) => {
      const link = await findLink(signIn, digest(token))
      if (!link) throw new Refused('password/link-over')
      return link
    }
    server.post(contract.passwordLink.path, body(contract.passwordLink.body), async request => {
      const { first, code } = await linkOf((request.body as { token: string }).token)
      return { first, code }
    })

    server.post(contract.choosePassword.path, body(contract.choosePassword.body), async (request, reply) => {
      const { token, code, password } = request.body as Static<typeof contract.choosePassword.body>
      const link = await linkOf(token)
      const weakness = weaknessOf(password, link.words)
      if (weakness) throw new Refused(weakness)
      const codeHash = link.code ? handoverHash(link.accountId, code ?? '') : null
      // Tried, and counted, before anything is computed; what was wrong stays written although the person is refused.
      const right = await signIn.transaction(async db => {
        const tried = await tryLinkCode(db, digest(token), codeHash)
        if (tried === false)
          await recordAtTheDoor(
            db,
            from(request, link.organisationId),
            { action: 'password.code-refused', subject: ['account', link.accountId], detail: { by: 'link' } },
            newId,
          )
        return tried
      })
      if (!right) throw new Refused(right === null ? 'password/link-over' : 'password/code-refused')
      const hash = await passwords.hash(password)
      await signIn.transaction(async db => {
        if (!(await choosePassword(db, digest(token), codeHash, hash))) throw new Refused('password/link-over')
        await recordAtTheDoor(
          db,
          from(request, link.organisationId),
          {
            action: 'password.chosen',
            subject: ['account', link.accountId],
            detail: { by: 'link', first: link.first },
          },
          newId,
        )
      })
      // Whoever holds the link is no stranger: strangers who slow the account down do not slow them.
      reply.setCookie(deviceCookie, devices.remember(request.cookies[deviceCookie], link.email), {
        path: '/',
        httpOnly: true,
        secure,
        sameSite: 'strict',
        maxAge: 180 * 24 * 3600,
      })
      return { chosen: true }
    })
  }

const refuseFor = (seconds: number) => {
  if (seconds > 0)
    throw new Refused('password/wait', { retryAfterSeconds: seconds, facts: { retryAfterSeconds: seconds } })
}
