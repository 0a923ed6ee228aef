import { createHash } from 'node:crypto'

/** SHA-256 of what is whole in memory, its parts one after the other. A stream feeds a hash of its own. */
export const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
export const sha256Hex = (...parts: readonly (string | Uint8Array)[]): string => sha256(...parts).toString('hex')
