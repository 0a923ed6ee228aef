/**
 * Checks what ProConnect's tokens hold: plain text of a reasonable length, and times that have come (IDN-1).
 * Pure: the clock is told.
 */
export class MalformedClaim extends Error {}
export class FutureClaim extends Error {}

const longest = {
  sub: 255,
  acr: 60,
  amr: 60,
  email: 254,
  given_name: 200,
  usual_name: 200,
  siret: 60,
  idp_id: 100,
} as const
const methodsAtMost = 20
const driftSeconds = 60

const plain = (claim: keyof typeof longest, value: unknown): string => {
  if (
    typeof value !== 'string' ||
    value.length > longest[claim] ||
    /[\u0000-\u001f\u007f]/.test(value) ||
    !value.isWellFormed()
  )
    throw new MalformedClaim(claim)
  return value.trim()
}
/** Empty when the claim is not there. */
export const textClaim = (claim: keyof typeof longest, value: unknown): string =>
  value === undefined || value === null ? '' : plain(claim, value)

export const methodsClaim = (value: unknown): string[] => {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || value.length > methodsAtMost) throw new MalformedClaim('amr')
  return value.map(method => plain('amr', method))
}

/** Seconds since 1970, or undefined; refused when it lies ahead of the clock by more than a drift. */
export const timeClaim = (value: unknown, now: Date): number | undefined => {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !(value >= 0)) throw new MalformedClaim('time')
  if (value > now.getTime() / 1000 + driftSeconds) throw new FutureClaim('time')
  return value
}
