import { createHmac, timingSafeEqual } from 'node:crypto'
import { switchable } from '../../contract/deliveries.ts'
import { isUuid } from '../platform/ids.ts'
import type { KeyRing } from '../platform/key-ring.ts'

export const unsubscribePath = '/desabonnement'

/** Which mail, of what kind: what an address stops. */
export interface Unsubscribing {
  readonly kind: string
  readonly mailId: string
}
export interface UnsubscribeAddresses {
  /** Undefined for a mail that is imposed: nothing stops it. */
  of(mail: Unsubscribing): string | undefined
  /** Whether we signed it: what is unknown asks nothing of the database. */
  signed(mail: Unsubscribing & { readonly signature: string }): boolean
}

/** The digest, and the kinds that a person may have otherwise. */
export const mayStop = (kind: string): boolean => kind === 'digest' || Object.hasOwn(switchable, kind)

export const unsubscribeAddresses = (keys: KeyRing, publicUrl: string): UnsubscribeAddresses => {
  const signatureOf = ({ kind, mailId }: Unsubscribing, number: number): Buffer =>
    createHmac('sha256', keys.derived('unsubscribe', number)).update(`${kind} ${mailId}`).digest()
  return {
    of: mail =>
      mayStop(mail.kind)
        ? `${publicUrl}${unsubscribePath}/${mail.kind}/${mail.mailId}/${signatureOf(mail, keys.current).toString('base64url')}`
        : undefined,
    signed: ({ kind, mailId, signature }) => {
      const given = Buffer.from(signature, 'base64url')
      if (!mayStop(kind) || !isUuid(mailId) || given.length !== 32 || given.toString('base64url') !== signature)
        return false
      return keys.numbers.some(number => number > 0 && timingSafeEqual(signatureOf({ kind, mailId }, number), given))
    },
  }
}
