import type { FactorSettings } from './factors.ts'
import { type ProConnect, proConnect } from './proconnect.ts'

export interface IdentitySettings {
  readonly publicUrl: string
  /** 32 bytes: what is written with it is read with it, so it lives as long as the database. */
  readonly encryptionKey: Buffer
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
  readonly encryptionKey: Buffer
  readonly proconnect: ProConnect
  readonly factors: FactorSettings
}

let current: Identity | undefined
/** Told once, when the process starts: actions are constants, and know their settings from here. */
export const setIdentity = ({ publicUrl, encryptionKey, proconnect: { weakMfaAcceptedUntil, acceptedAcrByProvider, signingAlg = 'RS256', ...client } }: IdentitySettings): Identity => {
  if (encryptionKey.length !== 32) throw new Error('the encryption key must be 32 bytes long')
  current = {
    publicUrl, encryptionKey, factors: { strongByProvider: acceptedAcrByProvider, weakUntil: weakMfaAcceptedUntil },
    proconnect: proConnect({ ...client, signingAlg, redirectUri: `${publicUrl}/auth/callback`, postLogoutUri: `${publicUrl}/auth/signed-out` }),
  }
  return current
}
export const identity = (): Identity => {
  if (!current) throw new Error('setIdentity has not been called')
  return current
}
