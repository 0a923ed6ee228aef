import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'

/** Read at the first passkey: it is a tenth of what the program reads, and most processes never meet one. */
const library = () => import('@simplewebauthn/server')

// EdDSA, ES256, RS256. Named, or the library would first offer an algorithm that Node still calls experimental.
const algorithms = [-8, -7, -257]

export interface Passkey {
  readonly credentialId: string
  readonly publicKey: Buffer
  readonly counter: number
  readonly transports: readonly string[]
}
interface Site {
  readonly publicUrl: string
}
const site = ({ publicUrl }: Site) => ({
  expectedOrigin: new URL(publicUrl).origin,
  expectedRPID: new URL(publicUrl).hostname,
})
const transportsOf = (passkey: Pick<Passkey, 'transports'>) => [...passkey.transports] as AuthenticatorTransport[]

export const passkeyInvitation = async (at: Site, person: { id: string; name: string }, existing: readonly Passkey[]) =>
  (await library()).generateRegistrationOptions({
    rpName: 'Campagnes coordonnées',
    rpID: new URL(at.publicUrl).hostname,
    userName: person.name,
    userDisplayName: person.name,
    userID: new TextEncoder().encode(person.id),
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    excludeCredentials: existing.map(p => ({ id: p.credentialId, transports: transportsOf(p) })),
  })

/** The passkey made, or undefined for any answer that does not hold. */
export const passkeyMade = async (at: Site, answer: unknown, challenge: string): Promise<Passkey | undefined> => {
  try {
    const { verified, registrationInfo } = await (await library()).verifyRegistrationResponse({
      response: answer as RegistrationResponseJSON,
      expectedChallenge: challenge,
      ...site(at),
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    if (!verified || !registrationInfo) return undefined
    const { id, publicKey, counter, transports } = registrationInfo.credential
    return { credentialId: id, publicKey: Buffer.from(publicKey), counter, transports: transports ?? [] }
  } catch {
    return undefined
  }
}

export const passkeyQuestion = async (at: Site, existing: readonly Passkey[]) =>
  (await library()).generateAuthenticationOptions({
    rpID: new URL(at.publicUrl).hostname,
    userVerification: 'required',
    allowCredentials: existing.map(p => ({ id: p.credentialId, transports: transportsOf(p) })),
  })

/** The key's new counter, or undefined for any answer that does not hold: a counter that goes back is a copied key. */
export const passkeyProven = async (
  at: Site,
  answer: unknown,
  challenge: string,
  passkey: Passkey,
): Promise<number | undefined> => {
  try {
    const { verified, authenticationInfo } = await (await library()).verifyAuthenticationResponse({
      response: answer as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      ...site(at),
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
        transports: transportsOf(passkey),
      },
    })
    return verified ? authenticationInfo.newCounter : undefined
  } catch {
    return undefined
  }
}
/** Which of the person's keys an answer claims to come from. */
export const claimedCredential = (answer: unknown): string | undefined => {
  const id = (answer as { id?: unknown } | null)?.id
  return typeof id === 'string' && id.length <= 1400 ? id : undefined
}
