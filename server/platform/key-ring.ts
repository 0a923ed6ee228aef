import { hkdfSync } from 'node:crypto'
import { sha256 } from './digest.ts'

/** What keys are for: each use has a key of its own, so that none serves two. */
export type KeyUse =
  | 'totp'
  | 'password'
  | 'known device'
  | 'origin'
  | 'handover code'
  | 'objection'
  | 'calendar'
  | 'unsubscribe'

/** The service's keys, by number. A sealed value bears the number of its key, and is read with that one. */
export interface KeyRing {
  /** The key that writes. */
  readonly current: number
  /** All those that can be read, 0 included where key 1 is there: what was written before keys had numbers. */
  readonly numbers: readonly number[]
  /** 32 bytes. Throws MissingKey. */
  derived(use: KeyUse, number?: number): Buffer
}

/** Something was written with a key that the settings no longer give. */
export class MissingKey extends Error {
  constructor(number: number) {
    super(`la clé de chiffrement numéro ${number || 1} manque dans ENCRYPTION_KEYS, et des secrets en dépendent encore`)
  }
}

/** `keys`: by number, from 1; the first writes. */
export const keyRing = (keys: ReadonlyMap<number, Buffer>): KeyRing => {
  const current = [...keys.keys()][0]
  if (
    current === undefined ||
    [...keys].some(([number, key]) => !Number.isInteger(number) || number < 1 || number > 65_535 || key.length !== 32)
  )
    throw new Error('a key ring has at least one key, of 32 bytes, numbered from 1')
  const made = new Map<string, Buffer>()
  const make = (use: KeyUse, number: number): Buffer => {
    const key = keys.get(number || 1)
    if (!key) throw new MissingKey(number)
    if (number > 0) return Buffer.from(hkdfSync('sha256', key, '', `campagnes-coordonnees ${use}`, 32))
    return use === 'totp' ? key : sha256(use, key)
  }
  return {
    current,
    numbers: [...(keys.has(1) ? [0] : []), ...keys.keys()],
    derived: (use, number = current) => {
      const name = `${number} ${use}`
      const known = made.get(name) ?? make(use, number)
      made.set(name, known)
      return known
    },
  }
}
