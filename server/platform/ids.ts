import { randomBytes } from 'node:crypto'
import { sha256Hex } from './digest.ts'

let [moment, counter] = [0, 0]
/**
 * UUIDv7 (RFC 9562). The first 48 bits are the time in milliseconds: keys of one moment lie together in an index.
 * The next twelve count within the millisecond (6.2, method 1).
 * Rows of one instant are read back in the order in which this process wrote them.
 */
export const uuidv7 = (now: number = Date.now()): string => {
  const bytes = randomBytes(16)
  // Begun at random in the lower half: two thousand may follow within the millisecond.
  counter = now === moment ? counter + 1 : bytes.readUInt16BE(6) & 0x7ff
  moment = now
  bytes.writeUIntBE(now, 0, 6)
  bytes.writeUInt16BE(0x7000 | (counter & 0xfff), 6)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** As this service writes them: in lower case. */
export const isUuid = (text: unknown): text is string =>
  typeof text === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** The same words, the same id: for rows that several may write of one fact. */
export const idOfWords = (...words: readonly (string | null)[]): string => {
  const hex = sha256Hex(JSON.stringify(words))
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
