import { randomBytes } from 'node:crypto'
import { sha256 } from '../../platform/digest.ts'

/** 256 random bits: for a session, and for the cookie that binds a sign-in to its browser. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const digest = (text: string): Buffer => sha256(text)
