import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { interactionPolicy, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { type Acr, acrs, errorPage, type Fault, faults, loginPage } from './login-page.ts'
import { everyone, type StandInPerson } from './people.ts'

export interface StandInSettings {
  readonly port: number
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
  readonly postLogoutUri: string
  /**
   * As the real one, lets a person in again without asking for twelve hours. Off for a demonstration, where one changes
   * person often.
   */
  readonly remembers?: boolean
  /** Whom it knows; everyone of the demonstration unless told otherwise. */
  readonly people?: readonly StandInPerson[]
  /** For tests: what a provider that lies, or is broken, puts in its tokens. */
  readonly alter?: (token: 'id_token' | 'userinfo', claims: Record<string, unknown>) => Record<string, unknown>
}

const base = '/api/v2'
// What the real one accepts at /authorize; anything else answers Y000400.
const accepted = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'nonce',
  'claims',
  'acr_values',
  'code_challenge',
  'code_challenge_method',
  'prompt',
  'idp_hint',
  'login_hint',
  'siret_hint',
]
const identityClaims = ['given_name', 'usual_name', 'email', 'uid', 'siret', 'idp_id']

interface Choice {
  readonly person: string
  readonly acr: Acr
  readonly amr: readonly string[]
  readonly fault: Fault
}

const essentialAcrs = (claims: unknown): string[] | undefined => {
  try {
    const acr = (
      JSON.parse(String(claims)) as { id_token?: { acr?: { essential?: boolean; values?: string[] } | null } }
    ).id_token?.acr
    return acr?.essential ? acr.values : undefined
  } catch {
    return undefined
  }
}

/**
 * A ProConnect of one's own: the same addresses, claims and refusals, and faults on demand. In memory; for a loopback
 * address only.
 */
export const startStandIn = async (settings: StandInSettings): Promise<Server> => {
  const issuer = `http://localhost:${settings.port}${base}`
  const people = settings.people ?? everyone
  const [key, otherKey] = await Promise.all([generateKeyPair('RS256', { extractable: true }), generateKeyPair('RS256')])
  const provider = new Provider(issuer, {
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
    jwks: { keys: [{ ...(await exportJWK(key.privateKey)), use: 'sig', alg: 'RS256', kid: 'stand-in' }] },
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

  const pending = new Map<string, Fault>() // by interaction, code, then access token: a fault follows its own sign-in
  provider.use(async (ctx, next) => {
    await next()
    await tamper(ctx as KoaContextWithOIDC)
  })
  const signAgain = async (token: string, change: Record<string, unknown>, signer = key.privateKey) =>
    new SignJWT({ ...decodeJwt(token), ...change })
      .setProtectedHeader({ ...decodeProtectedHeader(token), alg: 'RS256' })
      .sign(signer)
  const altered = async (token: string, kind: 'id_token' | 'userinfo') =>
    settings.alter ? signAgain(token, settings.alter(kind, decodeJwt(token))) : token
  const move = (from: string, to: string): Fault | undefined => {
    const fault = pending.get(from)
    if (fault) {
      pending.delete(from)
      pending.set(to, fault)
    }
    return fault
  }

  /**
   * Alters what has just been answered, when the person asked for a fault: the service under test must see through it
   * by itself.
   */
  const tamper = async (ctx: KoaContextWithOIDC) => {
    const location = ctx.response.get('location') ?? ''
    const uid = /\/authorize\/([\w-]+)$/.exec(ctx.path)?.[1]
    if (uid && location.startsWith(settings.redirectUri)) {
      const code = new URL(location).searchParams.get('code')
      if (code && move(uid, code) === 'replayed-code') await (await provider.AuthorizationCode.find(code))?.consume()
    } else if (ctx.path.endsWith('/token') && ctx.status === 200) {
      const body = ctx.body as { id_token: string; access_token: string }
      body.id_token = await altered(body.id_token, 'id_token')
      switch (move(String(ctx.oidc.params?.code), body.access_token)) {
        case 'wrong-nonce':
          body.id_token = await signAgain(body.id_token, { nonce: 'x'.repeat(43) })
          break
        case 'other-issuer':
          body.id_token = await signAgain(body.id_token, { iss: 'http://localhost:1/api/v2' })
          break
        case 'wrong-signature':
          body.id_token = await signAgain(body.id_token, {}, otherKey.privateKey)
          break
        case 'no-mfa':
          body.id_token = await signAgain(body.id_token, { acr: 'eidas1', amr: ['pwd'] })
          break
      }
    } else if (ctx.path.endsWith('/userinfo') && ctx.status === 200) {
      const token = ctx.get('authorization').slice(7)
      ctx.body = await altered(String(ctx.body), 'userinfo')
      if (pending.get(token) === 'unsigned-userinfo') {
        const claims = decodeJwt(String(ctx.body))
        ctx.type = 'application/json'
        ctx.body = claims
      }
      pending.delete(token)
    }
  }

  // Where the level asked for was not reached, the person's own provider still knows them: coming back without that
  // demand goes through at once.
  const remembered = new Map<string, Choice>()

  const interact = async (request: IncomingMessage, response: ServerResponse) => {
    const interaction = await provider.interactionDetails(request, response)
    const { uid, params, session } = interaction
    const essential = essentialAcrs(params.claims)
    const idpCookie = /(?:^|; )idp=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]
    let choice: Choice | undefined
    if (request.method === 'POST') choice = readChoice(await formOf(request), people)
    else if (idpCookie && !essential) {
      choice = remembered.get(idpCookie)
      remembered.delete(idpCookie)
    }
    if (!choice) return send(response, 200, loginPage(essential !== undefined, people))

    if (essential && choice.fault !== 'no-mfa' && !essential.includes(choice.acr)) {
      remembered.set(uid, choice)
      response.setHeader('set-cookie', `idp=${uid}; Path=/interaction; HttpOnly; SameSite=Lax; Max-Age=120`)
      return provider.interactionFinished(
        request,
        response,
        { error: 'access_denied', error_description: 'requested ACRs could not be satisfied' },
        { mergeWithLastSubmission: false },
      )
    }
    // Another person in the same browser: the first one's session makes room, as it would for a person who picks
    // another account.
    if (session && session.accountId !== choice.person) {
      await (await provider.Session.findByUid(session.uid))?.destroy()
      interaction.session = undefined
      await interaction.save(3600)
    }
    if (choice.fault !== 'none') pending.set(uid, choice.fault)
    const grant = new provider.Grant({ accountId: choice.person, clientId: settings.clientId })
    grant.addOIDCScope(String(params.scope))
    grant.addOIDCClaims(['acr', 'amr', 'auth_time', 'sid', ...identityClaims])
    // The lying provider still has to say yes here; what it did is put in the token afterwards.
    const acr = choice.fault === 'no-mfa' && essential?.[0] ? essential[0] : choice.acr
    await provider.interactionFinished(
      request,
      response,
      { login: { accountId: choice.person, acr, amr: [...choice.amr] }, consent: { grantId: await grant.save() } },
      { mergeWithLastSubmission: false },
    )
  }

  const callback = provider.callback()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer)
    const fail = (error: unknown) => {
      if (!response.headersSent)
        send(response, 400, errorPage('Y000400', error instanceof Error ? error.message : 'demande inconnue'))
    }
    if (url.pathname.startsWith('/interaction/')) return void interact(request, response).catch(fail)
    if (!url.pathname.startsWith(`${base}/`))
      return send(response, 404, errorPage('Y000404', 'Cette adresse n’existe pas.'))
    const wrong = url.pathname === `${base}/authorize` ? whatIsWrong(url.searchParams) : undefined
    if (wrong) return send(response, 400, errorPage('Y000400', wrong))
    request.url = request.url!.slice(base.length)
    Object.assign(request, { originalUrl: base + request.url, baseUrl: base })
    void callback(request, response)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(settings.port, '127.0.0.1', resolve))
  return server
}

/** The service that asks showed the person's own token: nothing is left to confirm. */
const signOutAtOnce = async (ctx: KoaContextWithOIDC) => {
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

/** As the real one: max_age is not there, and only essential eidas2 or eidas3 ask the person again within a session. */
const policy = (remembers: boolean) => {
  const { base: basePolicy, Check } = interactionPolicy
  const prompts = basePolicy()
  prompts.get('login')!.checks.add(
    new Check('new_session_required', 'this level is proven anew', ctx => {
      const essential = essentialAcrs(ctx.oidc.params?.claims)
      const anew = !remembers || essential?.every(acr => ['eidas2', 'eidas3'].includes(acr))
      return anew && !ctx.oidc.result?.login ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT
    }),
  )
  return prompts
}

const whatIsWrong = (params: URLSearchParams): string | undefined => {
  const unknown = [...params.keys()].find(name => !accepted.includes(name))
  if (unknown) return `Le paramètre « ${unknown} » n’est pas accepté.`
  if ((params.get('state') ?? '').length < 32) return 'Le paramètre « state » doit compter au moins 32 caractères.'
  if ((params.get('nonce') ?? '').length < 32) return 'Le paramètre « nonce » doit compter au moins 32 caractères.'
  return undefined
}

const readChoice = (form: URLSearchParams, people: readonly StandInPerson[]): Choice | undefined => {
  const acr = form.get('acr') || 'eidas2'
  const fault = form.get('fault') || 'none'
  const person = form.get('person') ?? ''
  if (!people.some(p => p.id === person) || !(acrs as readonly string[]).includes(acr) || !(fault in faults))
    return undefined
  return {
    person,
    acr: acr as Acr,
    fault: fault as Fault,
    amr: (form.get('amr') ?? 'pwd,otp,mfa')
      .split(',')
      .map(m => m.trim())
      .filter(Boolean),
  }
}

const formOf = async (request: IncomingMessage) => {
  let text = ''
  for await (const chunk of request) {
    text += chunk
    if (text.length > 10_000) break
  }
  return new URLSearchParams(text)
}
const send = (response: ServerResponse, status: number, html: string) => {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html)
}
