import { Secret, TOTP } from 'otpauth'

const period = 30
const totp = (secret: Buffer, label: string) =>
  new TOTP({
    issuer: 'Campagnes coordonnées',
    label,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
    algorithm: 'SHA1',
    digits: 6,
    period,
  })

export const newTotpSecret = (): Buffer => Buffer.from(new Secret({ size: 20 }).bytes)
/** The secret to type and the address to scan. */
export const totpInvitation = (secret: Buffer, label: string) => ({
  secret: totp(secret, label).secret.base32,
  uri: totp(secret, label).toString(),
})

/**
 * The step that a code belongs to, within one step of clock drift. Undefined when wrong or not newer than the last
 * accepted.
 */
export const totpStep = (secret: Buffer, code: string, now: Date, lastStep: number): number | undefined => {
  const token = code.replaceAll(' ', '')
  const drift = /^\d{6}$/.test(token) ? totp(secret, '').validate({ token, timestamp: now.getTime(), window: 1 }) : null
  if (drift === null) return undefined
  const step = Math.floor(now.getTime() / 1000 / period) + drift
  return step > lastStep ? step : undefined
}
