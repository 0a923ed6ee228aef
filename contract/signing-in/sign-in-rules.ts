import { Type } from 'typebox'
import { Day, Id, Instant, listOf, Nullable, OrganisationRef, oneOf, Text } from '../common.ts'
import { defineRoute, profiles } from '../route.ts'

/**
 * Whom a directive speaks of: who holds a grant of that profile, or a role (`fonction`: RGC, security officer,
 * administrator…).
 */
export const audiences = [...profiles, 'fonction'] as const
export type Audience = (typeof audiences)[number]
/**
 * The ways in: two factors at ProConnect, strong or weak; one there and the second here; a password and the second
 * here.
 */
export const signInWays = ['proconnect', 'proconnect-weak', 'proconnect-local', 'password'] as const
export type SignInWay = (typeof signInWays)[number]

const Accepted = {
  audience: oneOf(audiences),
  effectiveOn: Day,
  weakUntil: Nullable(Day),
  local: Type.Boolean(),
  password: Type.Boolean(),
}
export const DirectiveShown = Type.Object({
  id: Id,
  ...Accepted,
  reason: Type.String(),
  setBy: Nullable(Type.String()),
  setAt: Instant,
  standing: oneOf(['in-effect', 'to-come', 'replaced']),
})
export const listDirectives = defineRoute({
  method: 'GET',
  path: '/authentication-directives',
  tag: 'Administration',
  summary: 'Les moyens de connexion acceptés, par profil et par date',
  needs: 'role:administrateur',
  reply: listOf(DirectiveShown),
})
export const setDirective = defineRoute({
  method: 'POST',
  path: '/authentication-directives',
  tag: 'Administration',
  summary: 'Fixer les moyens de connexion acceptés d’un profil à partir d’un jour',
  needs: 'role:administrateur',
  stepUp: true,
  body: Type.Object({ ...Accepted, reason: Text(300) }),
  reply: DirectiveShown,
  refusals: ['directive/in-past', 'directive/weak-before', 'directive/shuts-you-out'],
})

export const OrganisationSignIn = Type.Object({
  organisation: OrganisationRef,
  passwordAllowed: Type.Boolean(),
  reason: Type.String(),
  setBy: Nullable(Type.String()),
  setAt: Instant,
})
export const listPasswordOrganisations = defineRoute({
  method: 'GET',
  path: '/password-organisations',
  tag: 'Administration',
  summary: 'Les décisions sur la connexion par mot de passe, la plus récente d’abord',
  needs: 'role:administrateur',
  reply: listOf(OrganisationSignIn),
})
export const decidePassword = defineRoute({
  method: 'POST',
  path: '/organisations/:organisationId/password',
  tag: 'Administration',
  summary: 'Ouvrir ou fermer la connexion par mot de passe à une structure',
  needs: 'role:administrateur',
  stepUp: true,
  params: Type.Object({ organisationId: Id }),
  body: Type.Object({ allowed: Type.Boolean(), reason: Text(300) }),
  reply: Type.Object({ passwordAllowed: Type.Boolean(), sessionsEnded: Type.Integer() }),
  refusals: ['password/already-decided'],
})
