import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { KeyRing } from './key-ring.ts'

// What says that a box has a number: `cck1`, then the number of its key on two bytes. SQL reads it too (ctx.box_key).
const mark = Buffer.from('cck1')
const headed = (sealed: Buffer) => sealed.subarray(0, 4).equals(mark)

/** The number of the key that sealed a box; 0: before keys had numbers. */
export const keyOf = (sealed: Buffer): number => (headed(sealed) ? sealed.readUInt16BE(4) : 0)

// AES-256-GCM: iv (12 bytes), tag (16), text. `about` ties a secret to its owner: moved to another row, it no longer
// opens.
export const sealSecret = (keys: KeyRing, secret: Buffer, about: string): Buffer => {
  const iv = randomBytes(12)
  const head = Buffer.concat([mark, Buffer.of(keys.current >> 8, keys.current & 255)])
  const cipher = createCipheriv('aes-256-gcm', keys.derived('totp'), iv).setAAD(
    Buffer.concat([head, Buffer.from(about)]),
  )
  const text = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([head, iv, cipher.getAuthTag(), text])
}
export const openSecret = (keys: KeyRing, sealed: Buffer, about: string): Buffer => {
  const head = sealed.subarray(0, headed(sealed) ? 6 : 0)
  const box = sealed.subarray(head.length)
  const decipher = createDecipheriv('aes-256-gcm', keys.derived('totp', keyOf(sealed)), box.subarray(0, 12), {
    authTagLength: 16,
  })
    .setAAD(Buffer.concat([head, Buffer.from(about)]))
    .setAuthTag(box.subarray(12, 28))
  return Buffer.concat([decipher.update(box.subarray(28)), decipher.final()])
}
