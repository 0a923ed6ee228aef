import { createHmac, randomInt } from 'node:crypto'
import type { KeyRing } from '../../platform/key-ring.ts'

/** Long enough to be handed over by voice and typed once; five tries, by the database's own count. */
export const handoverHours = 24

/** Eight digits, which nobody mishears. */
export const newHandoverCode = (): string => String(randomInt(100_000_000)).padStart(8, '0')
export const inWords = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`
/**
 * Keyed, for eight digits alone would be found from a plain digest; and proper to one account. A code of the day does
 * not outlive a change of key.
 */
export const handoverHash = (keys: KeyRing, accountId: string, code: string): Buffer =>
  createHmac('sha256', keys.derived('handover code'))
    .update(`${accountId} ${code.replace(/\D/g, '')}`)
    .digest()
