import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SignInFailure } from '../../../contract/signing-in/sign-in-failures.ts'
import { addressGroup } from '../../platform/address.ts'
import { recordAtTheDoor } from '../../platform/audit.ts'
import { budget } from '../../platform/budgets.ts'
import type { Database } from '../../platform/database.ts'
import { deviceInWords } from '../../platform/device.ts'
import { originDigest } from '../../platform/origin.ts'
import { nothingStays, sessionToken, setSessionCookie } from '../../platform/session-cookie.ts'
import { signInStrays, signInsRefused } from '../../platform/telemetry.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type Coming, confirmByProConnect, enterByProConnect, type Led } from './by-proconnect.ts'
import { setChoiceCookie } from './choice-cookie.ts'
import { beginSignIn, type TakenSignIn, takeSignIn } from './identity.queries.ts'
import { type Asking, SignInRefused, type Vouched } from './proconnect.ts'
import { digest, newToken } from './session-token.ts'
import type { Identity } from './settings.ts'

export interface SignInParts {
  readonly identity: Identity
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
export const signInRoutes = (parts: SignInParts) => (server: FastifyInstance) => {
  const { identity, database, signIn, clock } = parts
  const { secure, browserCookie, leave, take, viewerOf, comingOf, refuse } = doorOf(parts)
  const options = { schema: { hide: true } }

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
      const vouched = await identity.proconnect.comeBack(new URL(request.url, identity.publicUrl), under, clock())
      const coming = comingOf(request, under, vouched)
      const { to, token, choice }: Led = under.sessionId
        ? await database.transaction(tx => confirmByProConnect(tx, coming))
        : await signIn.transaction(tx => enterByProConnect(tx, coming))
      if (token) setSessionCookie(reply, token, secure)
      if (choice) setChoiceCookie(reply, choice, secure)
      if (token && coming.invitation) reply.clearCookie(invitationCookie(secure), { path: '/', secure })
      return reply.redirect(to)
    } catch (error) {
      if (!(error instanceof SignInRefused)) throw error
      // The person's provider cannot do what was asked: it is not a reason to stay out, since the second factor can
      // be proven here.
      if (error.code === 'levels-not-satisfied' && under?.essential && !under.sessionId) {
        return leave(request, reply, 'wish', under.returnTo, null).catch(failed => unavailable(request, reply, failed))
      }
      const code =
        error.code === 'levels-not-satisfied' ? (under?.sessionId ? 'step-up-not-proven' : 'cancelled') : error.code
      return refuse(request, reply, code, under)
    }
  })

  server.get('/auth/signed-out', options, async (_request, reply) =>
    reply.header('clear-site-data', nothingStays).redirect('/connexion'),
  )
}

/** Whether the trail takes one more failure from there; past that a counter tells. */
const roomInTheTrail = () => {
  const failures = budget(failuresTold, { windowMs: 900_000 })
  return (request: FastifyRequest, code: string): boolean => {
    const told = failures.takes(addressGroup(request.ip))
    if (!told) signInStrays.inc({ code })
    return told
  }
}

/** What leaving and coming back share: the browser's cookie, what is taken up, what is refused. */
const doorOf = ({ identity, database, signIn, originKey, clock, newId }: SignInParts) => {
  const secure = identity.publicUrl.startsWith('https:')
  const browserCookie = secure ? '__Host-sign-in' : 'sign-in'
  const mayTell = roomInTheTrail()

  const leave = async (
    request: FastifyRequest,
    reply: FastifyReply,
    asking: Asking,
    returnTo: string,
    sessionId: string | null,
  ) => {
    const departure = await identity.proconnect.leave(asking)
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

  const viewerOf = (token: string): Promise<Viewer | null> => database.transaction(tx => tx.enter(digest(token)))

  const act = (request: FastifyRequest, actorId: string | null, organisationId: string | null) => ({
    at: clock(),
    actorId,
    organisationId,
    origin: originDigest(originKey, request.ip),
    requestId: request.id,
  })

  const comingOf = (request: FastifyRequest, under: TakenSignIn, vouched: Vouched): Coming => {
    const [old, invitation] = [sessionToken(request, secure), request.cookies[invitationCookie(secure)]]
    return {
      under,
      vouched,
      factors: identity.factors,
      now: clock(),
      newId,
      act: (actorId, organisationId) => act(request, actorId, organisationId),
      device: deviceInWords(request.headers['user-agent']),
      replaces: old ? digest(old) : null,
      invitation: invitation ? digest(invitation) : null,
      mayTell: code => mayTell(request, code),
    }
  }

  const refuse = async (
    request: FastifyRequest,
    reply: FastifyReply,
    code: SignInFailure,
    under: TakenSignIn | null,
  ) => {
    request.log.warn({ requestId: request.id, code }, 'sign-in refused')
    signInsRefused.inc({ way: 'proconnect', code })
    if (!under || code === 'other-browser') signInStrays.inc({ code })
    else if (mayTell(request, code))
      await signIn.transaction(tx =>
        recordAtTheDoor(
          tx,
          act(request, null, null),
          { action: 'sign-in.failed', subject: ['sign-in', under.id], detail: { code } },
          newId,
        ),
      )
    return reply.redirect(errorPage(code))
  }

  return { secure, browserCookie, leave, take, viewerOf, comingOf, refuse }
}

const unavailable = (request: FastifyRequest, reply: FastifyReply, error: unknown) => {
  if (!(error instanceof SignInRefused)) throw error
  request.log.warn({ requestId: request.id, code: error.code }, 'ProConnect does not answer')
  return reply.code(503).header('retry-after', 30).type('text/html; charset=utf-8').send(unavailablePage)
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
