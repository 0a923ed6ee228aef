import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits: for a session, and for the cookie that binds a sign-in to its browser. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
