import { type CryptoKey, decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose'
import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Fault } from './login-page.ts'
import type { StandInSettings } from './settings.ts'

/** What a faulty provider answers, when the person asked for it: `pending` keeps who asked for what. */
export const faultyAnswers = async (provider: Provider, settings: StandInSettings, key: CryptoKey) => {
  const { privateKey: otherKey } = await generateKeyPair('RS256')
  const pending = new Map<string, Fault>() // by interaction, code, then access token: a fault follows its own sign-in
  const signAgain = async (token: string, change: Record<string, unknown>, signer = key) =>
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
          body.id_token = await signAgain(body.id_token, {}, otherKey)
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
  provider.use(async (ctx, next) => {
    await next()
    await tamper(ctx as KoaContextWithOIDC)
  })
  return pending
}
