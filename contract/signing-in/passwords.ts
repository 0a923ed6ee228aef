import { Type } from 'typebox'
import { defineRoute } from '../route.ts'
import { SessionState } from './identity.ts'

const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' })
const Password = Type.String({ minLength: 1, maxLength: 200 })
const LinkToken = Type.String({ maxLength: 43, pattern: '^[\\w-]{43}$' })
const weaknesses = ['password/too-short', 'password/too-simple', 'password/guessable', 'password/personal'] as const

/* Asked without a session, hence no routes of the API: the page posts to these addresses (server/platform/exceptions.ts). */

/** What the sign-in page offers; never which organisations it is open to. */
export const signInWays = {
  path: '/auth/ways',
  body: Type.Object({}),
  reply: Type.Object({ password: Type.Boolean() }),
} as const
export const passwordSignIn = {
  path: '/auth/password',
  body: Type.Object({ email: Email, password: Password }),
  /** Two accounts have this address and this password: the person chooses a structure first. */
  reply: Type.Object({ state: Type.Union([SessionState, Type.Literal('structure-required')]) }),
} as const
/** Whether a one-time link still serves: asked before a password is typed. */
export const passwordLink = {
  path: '/auth/password/link',
  body: Type.Object({ token: LinkToken }),
  reply: Type.Object({ first: Type.Boolean(), code: Type.Boolean() }),
} as const
export const choosePassword = {
  path: '/auth/password/choose',
  body: Type.Object({
    token: LinkToken,
    code: Type.Optional(Type.String({ pattern: '^[0-9 ]{8,12}$', maxLength: 12 })),
    password: Password,
  }),
  reply: Type.Object({ chosen: Type.Boolean() }),
} as const

export const changePassword = defineRoute({
  method: 'POST',
  path: '/password',
  tag: 'Identité',
  summary: 'Changer mon mot de passe',
  needs: 'signed-in',
  stepUp: true,
  secret: true,
  body: Type.Object({ current: Password, next: Password }),
  reply: Type.Object({ sessionsEnded: Type.Integer() }),
  refusals: ['password/none', 'password/wrong-current', 'password/wait', ...weaknesses],
})
