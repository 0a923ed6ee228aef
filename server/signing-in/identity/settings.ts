import type { KeyRing } from '../../platform/key-ring.ts'
import type { FactorSettings } from './factors.ts'
import { type ProConnect, proConnect } from './proconnect.ts'

export interface IdentitySettings {
  readonly publicUrl: string
  readonly keys: KeyRing
  readonly proconnect: {
    readonly issuer: string
    readonly clientId: string
    readonly clientSecret: string
    readonly signingAlg?: 'RS256' | 'ES256'
    readonly weakMfaAcceptedUntil: string | null
    readonly acceptedAcrByProvider: Readonly<Record<string, readonly string[]>>
  }
}
export interface Identity {
  readonly publicUrl: string
  readonly keys: KeyRing
  readonly proconnect: ProConnect
  readonly factors: FactorSettings
}

declare module '../../platform/action.ts' {
  interface Settings {
    readonly identity: Identity
  }
}

export const identityOf = ({
  publicUrl,
  keys,
  proconnect: { weakMfaAcceptedUntil, acceptedAcrByProvider, signingAlg = 'RS256', ...client },
}: IdentitySettings): Identity => ({
  publicUrl,
  keys,
  factors: { strongByProvider: new Map(Object.entries(acceptedAcrByProvider)), weakUntil: weakMfaAcceptedUntil },
  proconnect: proConnect({
    ...client,
    signingAlg,
    redirectUri: `${publicUrl}/auth/callback`,
    postLogoutUri: `${publicUrl}/auth/signed-out`,
  }),
})
