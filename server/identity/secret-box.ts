import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

// AES-256-GCM: iv (12 bytes), tag (16), text. `about` ties a secret to its owner: moved to another row, it no longer opens.
export const sealSecret = (key: Buffer, secret: Buffer, about: string): Buffer => {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about))
  const text = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), text])
}
export const openSecret = (key: Buffer, sealed: Buffer, about: string): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 }).setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
}
