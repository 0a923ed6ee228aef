import { type CryptoKey, exportJWK } from 'jose'
import { type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { policy } from './interaction-policy.ts'
import { acrs, errorPage } from './login-page.ts'
import type { StandInPerson } from './people.ts'
import { identityClaims, type StandInSettings } from './settings.ts'

/** The service that asks showed the person's own token: nothing is left to confirm. */
export const signOutAtOnce = async (ctx: KoaContextWithOIDC) => {
  const { postLogoutRedirectUri, state } = ctx.oidc.session!.state as { postLogoutRedirectUri?: string; state?: string }
  await ctx.oidc.session!.destroy()
  if (!postLogoutRedirectUri) {
    ctx.body = 'Session terminée.'
    return
  }
  const back = new URL(postLogoutRedirectUri)
  if (state) back.searchParams.set('state', state)
  ctx.redirect(back.href)
}

/** The provider itself, with the addresses, claims and lives of the real one. */
export const newProvider = async (
  settings: StandInSettings,
  issuer: string,
  people: readonly StandInPerson[],
  key: CryptoKey,
): Promise<Provider> => {
  return new Provider(issuer, {
    clients: [
      {
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        redirect_uris: [settings.redirectUri],
        post_logout_redirect_uris: [settings.postLogoutUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_post',
        id_token_signed_response_alg: 'RS256',
        userinfo_signed_response_alg: 'RS256',
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(key)), use: 'sig', alg: 'RS256', kid: 'stand-in' }] },
    routes: {
      authorization: '/authorize',
      token: '/token',
      userinfo: '/userinfo',
      end_session: '/session/end',
      jwks: '/jwks',
    },
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: signOutAtOnce },
    },
    interactions: {
      policy: policy(settings.remembers ?? false),
      url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
    },
    acrValues: [...acrs],
    extraParams: ['idp_hint', 'siret_hint'],
    scopes: ['openid', ...identityClaims],
    claims: {
      openid: ['sub'],
      ...Object.fromEntries(identityClaims.map(c => [c, [c]])),
      acr: null,
      amr: null,
      auth_time: null,
      iss: null,
      sid: null,
    },
    conformIdTokenClaims: true,
    pkce: { required: () => false },
    cookies: { keys: [settings.clientSecret], long: { signed: true }, short: { signed: true } },
    ttl: {
      AuthorizationCode: 60,
      AccessToken: 3600,
      IdToken: 3600,
      Session: 12 * 3600,
      Grant: 12 * 3600,
      Interaction: 3600,
    },
    findAccount: (_ctx, sub) => {
      const person = people.find(p => p.id === sub)
      return (
        person && {
          accountId: sub,
          claims: async () => ({
            sub,
            uid: sub,
            given_name: person.givenName,
            usual_name: person.usualName,
            email: person.email,
            siret: person.siret,
            idp_id: person.idpId,
          }),
        }
      )
    },
    renderError: (ctx, out, error) => {
      ctx.type = 'html'
      ctx.body = errorPage(out.error, out.error_description ?? error.message)
    },
  })
}
