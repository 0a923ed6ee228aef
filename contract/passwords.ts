import { Type } from 'typebox'
import { SessionState } from './identity.ts'

/* Asked without a session, hence no routes of the API: the page posts to these addresses (server/platform/exceptions.ts). */

const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' })
const Password = Type.String({ minLength: 1, maxLength: 200 })
const LinkToken = Type.String({ pattern: '^[\\w-]{43}$' })

export const passwordSignIn = { path: '/auth/password', body: Type.Object({ email: Email, password: Password }), reply: Type.Object({ state: SessionState }) } as const
/** Whether a one-time link still serves: asked before a password is typed. */
export const passwordLink = { path: '/auth/password/link', body: Type.Object({ token: LinkToken }), reply: Type.Object({ first: Type.Boolean() }) } as const
export const choosePassword = { path: '/auth/password/choose', body: Type.Object({ token: LinkToken, password: Password }), reply: Type.Object({ chosen: Type.Boolean() }) } as const
