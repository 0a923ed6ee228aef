import * as oidc from 'openid-client'
import type { SignInFailure } from '../../../contract/signing-in/sign-in-failures.ts'
import { FutureClaim, MalformedClaim, methodsClaim, textClaim, timeClaim } from './claims-rules.ts'
import { askedLevels, freshLevels } from './factors.ts'

export interface ProConnectSettings {
  /** `https://DOMAIN/api/v2`; http only on a loopback address, for the stand-in. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** The algorithm registered for the id_token and the user info. */
  readonly signingAlg: 'RS256' | 'ES256'
  readonly redirectUri: string
  readonly postLogoutUri: string
}
/** How the levels are asked for: essential, as a wish after ProConnect could not satisfy them, or proven anew. */
export type Asking = 'essential' | 'wish' | 'fresh'
export interface Departure {
  readonly url: string
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}
export interface Vouched {
  readonly issuer: string
  readonly subject: string
  readonly acr: string | null
  readonly amr: readonly string[]
  /** Seconds since 1970, when ProConnect says it. */
  readonly authTime: number | undefined
  readonly idToken: string
  readonly givenName: string
  readonly usualName: string
  readonly email: string
  readonly siret: string
  readonly idpId: string
}
export interface ProConnect {
  leave(asking: Asking): Promise<Departure>
  comeBack(address: URL, departure: Omit<Departure, 'url'>, now: Date): Promise<Vouched>
  /** Where to end the session there; undefined when ProConnect was never reached. */
  signOutAddress(idToken: string, state: string): string | undefined
}

/** The fault of the answer, under its code for the page and the trail. */
export class SignInRefused extends Error {
  readonly code: SignInFailure | 'levels-not-satisfied'
  constructor(code: SignInFailure | 'levels-not-satisfied', cause?: unknown) {
    super(code, { cause })
    this.code = code
  }
}

const scope = 'openid given_name usual_name email siret idp_id'
const claimsFor = (asking: Asking) =>
  JSON.stringify({
    id_token: {
      acr:
        asking === 'fresh'
          ? { essential: true, values: freshLevels }
          : asking === 'essential'
            ? { essential: true, values: askedLevels }
            : { values: askedLevels },
      amr: null,
      auth_time: null,
    },
  })
const isLoopback = (url: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)

/**
 * Discovery is done at the first need and again until it succeeds: the service starts, and serves open sessions, while
 * ProConnect is down.
 */
export const proConnect = (settings: ProConnectSettings): ProConnect => {
  const issuer = new URL(settings.issuer)
  const insecure = issuer.protocol === 'http:'
  if (insecure && !isLoopback(issuer)) throw new Error('ProConnect over http is for a loopback address only')

  let discovered: oidc.Configuration | undefined
  let discovering: Promise<oidc.Configuration> | undefined
  const configuration = (): Promise<oidc.Configuration> => {
    if (discovered) return Promise.resolve(discovered)
    discovering ??= oidc
      .discovery(
        issuer,
        settings.clientId,
        { id_token_signed_response_alg: settings.signingAlg, userinfo_signed_response_alg: settings.signingAlg },
        // Without this, signatures received over TLS are not checked at all.
        oidc.ClientSecretPost(settings.clientSecret),
        { timeout: 5, execute: [oidc.enableNonRepudiationChecks, ...(insecure ? [oidc.allowInsecureRequests] : [])] },
      )
      .then(found => (discovered = found))
      .catch(error => {
        throw new SignInRefused('provider-unavailable', error)
      })
      .finally(() => {
        discovering = undefined
      })
    return discovering
  }
  configuration().catch(() => {}) // warm, so that sign-out knows the address; a failure is met again at the first need

  return {
    leave: async asking => {
      const found = await configuration()
      const state = oidc.randomState(),
        nonce = oidc.randomNonce(),
        codeVerifier = oidc.randomPKCECodeVerifier() // 43 characters each; ProConnect wants 32
      const url = oidc.buildAuthorizationUrl(found, {
        redirect_uri: settings.redirectUri,
        scope,
        state,
        nonce,
        claims: claimsFor(asking),
        code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      })
      return { url: url.href, state, nonce, codeVerifier }
    },
    comeBack: async (address, { state, nonce, codeVerifier }, now) => {
      const found = await configuration()
      try {
        const tokens = await oidc.authorizationCodeGrant(found, address, {
          pkceCodeVerifier: codeVerifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()!
        const subject = textClaim('sub', claims.sub)
        const person = await oidc.fetchUserInfo(found, tokens.access_token, claims.sub)
        for (const time of [claims.iat, claims.nbf, person.iat, person.nbf]) timeClaim(time, now)
        return {
          // The stand-in takes another port at each start: on loopback the port is no part of the issuer's name.
          issuer: insecure ? `${issuer.protocol}//${issuer.hostname}${issuer.pathname}` : claims.iss,
          subject,
          acr: textClaim('acr', claims.acr) || null,
          amr: methodsClaim(claims.amr),
          authTime: timeClaim(claims.auth_time, now),
          idToken: tokens.id_token!,
          givenName: textClaim('given_name', person.given_name),
          usualName: textClaim('usual_name', person.usual_name),
          email: textClaim('email', person.email).toLowerCase(),
          siret: textClaim('siret', person.siret),
          idpId: textClaim('idp_id', person.idp_id),
        }
      } catch (error) {
        throw new SignInRefused(failureOf(error), error)
      }
    },
    signOutAddress: (idToken, state) =>
      discovered?.serverMetadata().end_session_endpoint
        ? oidc.buildEndSessionUrl(discovered, {
            id_token_hint: idToken,
            state,
            post_logout_redirect_uri: settings.postLogoutUri,
          }).href
        : undefined,
  }
}

const failureOf = (error: unknown): SignInFailure | 'levels-not-satisfied' => {
  if (error instanceof MalformedClaim) return 'identity-malformed'
  if (error instanceof FutureClaim) return 'signature'
  const {
    code,
    error: said,
    error_description: description,
    message,
    cause,
  } = error as { code?: string; error?: string; error_description?: string; message?: string; cause?: unknown }
  switch (code) {
    case 'OAUTH_AUTHORIZATION_RESPONSE_ERROR':
      if (said !== 'access_denied') return 'provider-error'
      return /\bacrs?\b/i.test(description ?? '') ? 'levels-not-satisfied' : 'cancelled'
    case 'OAUTH_RESPONSE_BODY_ERROR':
      return said === 'invalid_grant' ? 'code-refused' : 'provider-error'
    case 'OAUTH_JWT_USERINFO_EXPECTED':
      return 'unsigned-identity'
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED':
      return claimIn(cause) === 'nonce' ? 'nonce' : 'issuer'
    case 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED':
      return 'issuer'
    case 'OAUTH_KEY_SELECTION_FAILED':
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return 'signature'
    case 'OAUTH_INVALID_RESPONSE': {
      const words = `${message} ${(cause as Error | undefined)?.message}`
      return /signature/i.test(words)
        ? 'signature'
        : /"iss"/.test(words)
          ? 'issuer'
          : /"state"/.test(words)
            ? 'state'
            : 'provider-error'
    }
    case 'OAUTH_TIMEOUT':
    case 'ECONNREFUSED':
    case 'ECONNRESET':
      return 'provider-unavailable'
    default:
      return error instanceof TypeError ? 'provider-unavailable' : 'provider-error' // fetch fails with a TypeError
  }
}
const claimIn = (cause: unknown): unknown =>
  (cause as { claim?: unknown; cause?: { claim?: unknown } } | undefined)?.claim ??
  (cause as { cause?: { claim?: unknown } } | undefined)?.cause?.claim
