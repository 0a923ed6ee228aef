import { randomInt } from 'node:crypto'
import { sha256 } from '../../platform/digest.ts'

// No vowel and no look-alike: 20 of 28 letters and digits make 96 bits, so a plain digest is enough.
const letters = 'BCDFGHJKLMNPQRSTVWXZ23456789'
const newCode = () =>
  Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')).join(
    '-',
  )

export const newRecoveryCodes = (): string[] => Array.from({ length: 10 }, newCode)
/** As typed: case, spaces and dashes do not count. */
export const recoveryCodeHash = (code: string): Buffer => sha256(code.toUpperCase().replace(/[^0-9A-Z]/g, ''))
