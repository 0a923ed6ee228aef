import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SignInFailure } from '../../../contract/signing-in/sign-in-failures.ts'
import type { Entry } from '../../platform/action.ts'
import { addressGroup } from '../../platform/address.ts'
import { appendAudit, recordAtTheDoor } from '../../platform/audit.ts'
import { budget } from '../../platform/budgets.ts'
import type { Database } from '../../platform/database.ts'
import { deviceInWords } from '../../platform/device.ts'
import { originDigest } from '../../platform/origin.ts'
import { nothingStays, sessionToken, setSessionCookie } from '../../platform/session-cookie.ts'
import { parseSiret } from '../../platform/siret.ts'
import { signInStrays } from '../../platform/telemetry.ts'
import { parisDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { entersWith, isFreshProof, proofOf } from './factors.ts'
import {
  askLink,
  beginSignIn,
  findIdentity,
  isOwnIdentity,
  linkIdentity,
  openSession,
  proveSession,
  type TakenSignIn,
  takeSignIn,
  weakLevel,
} from './identity.queries.ts'
import { matchAccount } from './match-account-rules.ts'
import { type Asking, SignInRefused, type Vouched } from './proconnect.ts'
import { digest, newToken } from './session-token.ts'
import { identity } from './settings.ts'

export interface SignInParts {
  /** For what is done within a session. */
  readonly database: Database
  /** The role of signing in, which alone finds an account and opens a session. */
  readonly signIn: Database
  readonly originKey: Buffer
  readonly clock: () => Date
  readonly newId: () => string
}

const browserMinutes = 10
/** Of one address in a quarter of an hour. The trail keeps for ever what anyone may have it write. */
const failuresTold = 30

/** The invitation that goes along to ProConnect and back (invitations/invitation-route.ts). */
export const invitationCookie = (secure: boolean) => (secure ? '__Host-invitation' : 'invitation')

/**
 * Leaving for ProConnect and coming back: redirects, not replies, so they stand outside `load → may → run`
 * (platform/exceptions.ts).
 */
export const signInRoutes =
  ({ database, signIn, originKey, clock, newId }: SignInParts) =>
  (server: FastifyInstance) => {
    const secure = identity().publicUrl.startsWith('https:')
    const browserCookie = secure ? '__Host-sign-in' : 'sign-in'
    const options = { schema: { hide: true } }
    const failures = budget(failuresTold, { windowMs: 900_000 })

    server.get('/auth/sign-in', options, async (request, reply) => {
      try {
        return await leave(request, reply, 'essential', returnOf(request), null)
      } catch (error) {
        return unavailable(request, reply, error)
      }
    })

    server.get('/auth/step-up', options, async (request, reply) => {
      const token = sessionToken(request, secure)
      const viewer = token ? await viewerOf(token) : null
      if (!viewer) return reply.redirect(errorPage('step-up-session-over'))
      try {
        return await leave(request, reply, 'fresh', returnOf(request), viewer.sessionId)
      } catch (error) {
        return unavailable(request, reply, error)
      }
    })

    server.get('/auth/callback', options, async (request, reply) => {
      const query = request.query as Record<string, unknown>
      const under = typeof query.state === 'string' && query.state.length <= 200 ? await take(query.state) : null
      try {
        if (!under) throw new SignInRefused('expired')
        const browser = request.cookies[browserCookie]
        if (!browser || !timingSafeEqual(digest(browser), Buffer.from(under.browserHash, 'hex')))
          throw new SignInRefused('other-browser')
        const vouched = await identity().proconnect.comeBack(new URL(request.url, identity().publicUrl), under, clock())
        return under.sessionId
          ? await confirm(request, reply, under, vouched)
          : await enter(request, reply, under, vouched)
      } catch (error) {
        if (!(error instanceof SignInRefused)) throw error
        // The person's provider cannot do what was asked: it is not a reason to stay out, since the second factor can
        // be proven here.
        if (error.code === 'levels-not-satisfied' && under?.essential && !under.sessionId) {
          return leave(request, reply, 'wish', under.returnTo, null).catch(failed =>
            unavailable(request, reply, failed),
          )
        }
        const code =
          error.code === 'levels-not-satisfied' ? (under?.sessionId ? 'step-up-not-proven' : 'cancelled') : error.code
        return refuse(request, reply, code, under)
      }
    })

    server.get('/auth/signed-out', options, async (_request, reply) =>
      reply.header('clear-site-data', nothingStays).redirect('/connexion'),
    )

    const leave = async (
      request: FastifyRequest,
      reply: FastifyReply,
      asking: Asking,
      returnTo: string,
      sessionId: string | null,
    ) => {
      const departure = await identity().proconnect.leave(asking)
      // Kept from one sign-in to the next, so that two tabs at once both come back.
      const known = request.cookies[browserCookie]
      const browser = known && /^[\w-]{43}$/.test(known) ? known : newToken()
      await beginSignIn(signIn, {
        id: newId(),
        stateHash: digest(departure.state),
        browserHash: digest(browser),
        state: departure.state,
        nonce: departure.nonce,
        codeVerifier: departure.codeVerifier,
        essential: asking !== 'wish',
        returnTo,
        sessionId,
      })
      reply.setCookie(browserCookie, browser, {
        path: '/',
        httpOnly: true,
        secure,
        sameSite: 'lax',
        maxAge: browserMinutes * 60,
      })
      return reply.redirect(departure.url)
    }

    /**
     * Gone from the table, and committed, before the code is exchanged: the same address played again, or elsewhere,
     * finds nothing.
     */
    const take = (state: string): Promise<TakenSignIn | null> => takeSignIn(signIn, digest(state))

    const viewerOf = async (token: string): Promise<Viewer | null> => {
      const tx = await database.begin()
      try {
        return (await tx.enter(digest(token))) as unknown as Viewer | null
      } finally {
        await tx.rollback()
      }
    }

    const act = (request: FastifyRequest, actorId: string | null, organisationId: string | null) => ({
      at: clock(),
      actorId,
      organisationId,
      origin: originDigest(originKey, request.ip),
      requestId: request.id,
    })

    const enter = async (request: FastifyRequest, reply: FastifyReply, under: TakenSignIn, vouched: Vouched) => {
      const now = clock()
      const proof = proofOf(vouched.acr, vouched.amr, vouched.idpId, identity().factors)
      const siret = parseSiret(vouched.siret)
      const token = newToken()
      const replaces = sessionToken(request, secure)
      const invitation = request.cookies[invitationCookie(secure)]
        ? digest(request.cookies[invitationCookie(secure)]!)
        : null
      const tx = await signIn.begin()
      try {
        const match = matchAccount(await findIdentity(tx, vouched, invitation), siret)
        const seen = {
          issuer: vouched.issuer,
          subject: vouched.subject,
          idpId: vouched.idpId,
          siret: vouched.siret,
          acr: vouched.acr,
          amr: vouched.amr,
        }
        if (match.kind === 'ask') {
          await askLink(tx, newId(), vouched, siret, match)
          await recordAtTheDoor(
            tx,
            act(request, null, match.organisationId),
            {
              action: 'account.link-asked',
              subject: ['account', match.accountId],
              detail: { ...seen, reason: match.reason },
            },
            newId,
          )
          await tx.commit()
          return reply.redirect(errorPage('link-pending'))
        }
        if (match.kind !== 'enter' && match.kind !== 'link') {
          const code =
            match.kind === 'inactive' ? 'account-inactive' : vouched.email ? 'no-account' : 'identity-incomplete'
          await recordAtTheDoor(
            tx,
            act(request, null, null),
            { action: 'sign-in.failed', subject: ['sign-in', under.id], detail: { ...seen, code } },
            newId,
          )
          await tx.commit()
          return reply.redirect(code === 'no-account' ? '/connexion/sans-compte' : errorPage(code))
        }
        if (match.kind === 'link' && !(await linkIdentity(tx, vouched, match.accountId, invitation)))
          throw new Error('the database does not find this first link certain')
        const secondFactor = entersWith(proof, parisDay(now), identity().factors, await weakLevel(tx, match.accountId))
          ? 'proconnect'
          : null
        const id = newId()
        const replaced = await openSession(tx, {
          id,
          tokenHash: digest(token),
          accountId: match.accountId,
          acr: vouched.acr,
          amr: vouched.amr,
          secondFactor,
          proof: secondFactor && proof !== 'none' ? proof : null,
          idToken: vouched.idToken,
          // A session that goes on at ProConnect proves the factors, not that the person is there now.
          provenAt:
            proof === 'strong' && vouched.authTime !== undefined
              ? new Date(Math.min(vouched.authTime * 1000, now.getTime()))
              : null,
          device: deviceInWords(request.headers['user-agent']),
          replaces: replaces ? digest(replaces) : null,
        })
        const viewer = (await tx.enter(digest(token))) as unknown as Viewer
        const entries: Entry[] = [
          { action: 'session.opened', subject: ['session', id], detail: { ...seen, proof, secondFactor, replaced } },
        ]
        if (match.kind === 'link')
          entries.unshift({
            action: 'account.linked',
            subject: ['account', match.accountId],
            detail: { ...seen, by: 'address and SIRET' },
          })
        await appendAudit(tx, act(request, match.accountId, viewer.organisationId), entries, newId)
        await tx.commit()
        setSessionCookie(reply, token, secure)
        if (invitation) reply.clearCookie(invitationCookie(secure), { path: '/', secure })
        return reply.redirect(
          secondFactor ? under.returnTo : `/connexion/second-facteur?retour=${encodeURIComponent(under.returnTo)}`,
        )
      } catch (error) {
        await tx.rollback()
        throw error
      }
    }

    /**
     * The same person, proven anew at ProConnect since they were asked: confirms a sensitive act, or unlocks (IDN-5).
     */
    const confirm = async (request: FastifyRequest, reply: FastifyReply, under: TakenSignIn, vouched: Vouched) => {
      const old = sessionToken(request, secure)
      if (!old) throw new SignInRefused('step-up-session-over')
      const tx = await database.begin()
      try {
        const viewer = (await tx.enter(digest(old))) as unknown as Viewer | null
        if (viewer?.sessionId !== under.sessionId) throw new SignInRefused('step-up-session-over')
        if (!(await isOwnIdentity(tx, vouched.issuer, vouched.subject))) throw new SignInRefused('step-up-other-person')
        const proof = proofOf(vouched.acr, vouched.amr, vouched.idpId, identity().factors)
        if (!isFreshProof(proof, vouched.acr, vouched.authTime, new Date(under.startedAt)))
          throw new SignInRefused('step-up-not-proven')
        const token = newToken()
        await proveSession(tx, viewer!.sessionId, 'proconnect', clock(), digest(token))
        const action =
          viewer!.state === 'active'
            ? 'session.stepped-up'
            : viewer!.state === 'locked'
              ? 'session.unlocked'
              : 'session.second-factor-proven'
        await appendAudit(
          tx,
          act(request, viewer!.accountId, viewer!.organisationId),
          [
            {
              action,
              subject: ['session', viewer!.sessionId],
              detail: { way: 'proconnect', acr: vouched.acr, amr: vouched.amr },
            },
          ],
          newId,
        )
        await tx.commit()
        setSessionCookie(reply, token, secure)
        return reply.redirect(under.returnTo)
      } catch (error) {
        await tx.rollback()
        throw error
      }
    }

    const refuse = async (
      request: FastifyRequest,
      reply: FastifyReply,
      code: SignInFailure,
      under: TakenSignIn | null,
    ) => {
      request.log.warn({ requestId: request.id, code }, 'sign-in refused')
      if (!under || code === 'other-browser' || !failures.takes(addressGroup(request.ip))) {
        signInStrays.inc({ code })
        return reply.redirect(errorPage(code))
      }
      const tx = await signIn.begin()
      try {
        await recordAtTheDoor(
          tx,
          act(request, null, null),
          { action: 'sign-in.failed', subject: ['sign-in', under.id], detail: { code } },
          newId,
        )
        await tx.commit()
      } catch (error) {
        await tx.rollback()
        throw error
      }
      return reply.redirect(errorPage(code))
    }

    const unavailable = (request: FastifyRequest, reply: FastifyReply, error: unknown) => {
      if (!(error instanceof SignInRefused)) throw error
      request.log.warn({ requestId: request.id, code: error.code }, 'ProConnect does not answer')
      return reply.code(503).header('retry-after', 30).type('text/html; charset=utf-8').send(unavailablePage)
    }
  }

const errorPage = (code: SignInFailure) => `/connexion/erreur?code=${code}`

/** A path of this site and nothing else; never the API. */
export const safeReturn = (path: unknown): string =>
  typeof path === 'string' &&
  path.length <= 300 &&
  /^\/(?![/\\])[\w\-/.~%]*$/.test(path) &&
  !/^\/(api|auth)(\/|$)/.test(path) &&
  (!path.startsWith('/connexion') || path === '/connexion/revenir')
    ? path
    : '/'
const returnOf = (request: FastifyRequest) => safeReturn((request.query as Record<string, unknown>).returnTo)

const unavailablePage = `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>ProConnect ne répond pas - Campagnes coordonnées</title></head>
<body><main><h1>ProConnect ne répond pas</h1>
<p>Le service de connexion est momentanément indisponible. Réessayez dans quelques minutes : rien n’est perdu, et les sessions ouvertes restent ouvertes.</p>
<p><a href="/connexion">Revenir à la page de connexion</a></p></main></body></html>`
