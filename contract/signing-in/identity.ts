import { Type } from 'typebox'
import { Id, Instant, Line, listOf, Nullable, OrganisationRef, oneOf, TerritoryId, TerritoryRef } from '../common.ts'
import { categories, defineRoute, profiles, roles, tools } from '../route.ts'

export const SessionState = oneOf(['second-factor-required', 'active', 'locked'])
export const SecondFactorKind = oneOf(['totp', 'passkey'])
/** How the second factor of this session was proven: by ProConnect itself, or here. */
export const SecondFactorProof = oneOf(['proconnect', 'totp', 'passkey', 'recovery-code'])

export const Right = Type.Object({
  tool: oneOf(tools),
  profile: oneOf(profiles),
  territory: TerritoryRef,
  reason: Type.String(),
  since: Type.String(),
  until: Nullable(Type.String()),
})

export const Me = Type.Object({
  account: Type.Object({ id: Id, givenName: Type.String(), familyName: Type.String(), function: Type.String() }),
  organisation: OrganisationRef,
  session: Type.Object({
    id: Id,
    state: SessionState,
    signedInAt: Instant,
    endsAt: Instant,
    lockedAfterMinutes: Type.Integer(),
    steppedUpUntil: Nullable(Instant),
  }),
  factors: Type.Object({
    first: Type.Object({
      by: oneOf(['proconnect', 'password']),
      acr: Nullable(Type.String()),
      amr: Type.Array(Type.String()),
    }),
    second: Nullable(Type.Object({ by: SecondFactorProof, at: Instant })),
    enrolled: Type.Array(Type.Object({ id: Id, kind: SecondFactorKind, label: Type.String() })),
    /** A first second factor may be enrolled without the code that the account manager hands over. */
    enrolmentOpen: Type.Boolean(),
    recoveryCodesLeft: Type.Integer(),
    /** One has a password here, besides ProConnect or instead of it. */
    password: Type.Boolean(),
  }),
  rights: Type.Array(Right),
  /** In effect: who one is for one's structure, or for the operator. */
  roles: Type.Array(oneOf(roles)),
  /** Those that others hold for every region, and this person for some: they open what concerns these alone. */
  rolesOfRegions: Type.Array(Type.Object({ role: oneOf(roles), regionId: TerritoryId })),
  /** The categories of data that annex 4 opens; none while the session is locked. */
  categories: Type.Array(oneOf(categories)),
  /** What stands between the person and their work, and who must act. */
  missing: Type.Array(Type.Object({ code: Type.String(), sentence: Type.String(), whoActs: Type.String() })),
  /** Notifications not read yet, counted up to a hundred. */
  unread: Type.Integer(),
})

export const getMe = defineRoute({
  method: 'GET',
  path: '/me',
  tag: 'Identité',
  summary: 'Qui je suis, mes facteurs, mes droits et ce qui manque',
  needs: 'identified',
  background: true,
  reply: Me,
})

export const signOut = defineRoute({
  method: 'POST',
  path: '/sign-out',
  tag: 'Identité',
  summary: 'Se déconnecter d’ici et de ProConnect',
  needs: 'identified',
  deliberate: false,
  reply: Type.Object({ redirectTo: Type.String() }),
})

/**
 * Asked without a session (server/platform/exceptions.ts): whether an invitation still serves; it then goes along to
 * ProConnect and back.
 */
export const followInvitation = {
  path: '/auth/invitation',
  body: Type.Object({ token: Type.String({ pattern: '^[\\w-]{43}$', maxLength: 43 }) }),
  reply: Type.Object({ open: Type.Boolean() }),
} as const

const Enrolled = Type.Object({
  state: SessionState,
  recoveryCodes: Type.Array(Type.String(), { description: 'Montrés une seule fois, au premier enrôlement' }),
})
const Proven = Type.Object({ state: SessionState, recoveryCodesLeft: Type.Optional(Type.Integer()) })
const Code = Type.String({ maxLength: 8, pattern: '^[0-9 ]{6,8}$' })
/** Options and answers of the WebAuthn standard, passed as they are to and from the browser. */
const Ceremony = Type.Object({ options: Type.Unknown() })
const CeremonyAnswer = Type.Unknown()

export const openEnrolment = defineRoute({
  method: 'POST',
  path: '/second-factor/open',
  tag: 'Second facteur',
  summary: 'Saisir le code remis de vive voix, pour enregistrer un premier second facteur',
  needs: 'identified',
  body: Type.Object({ code: Type.String({ pattern: '^[0-9 ]{8,12}$', maxLength: 12 }) }),
  reply: Type.Object({ opened: Type.Boolean() }),
  refusals: ['second-factor/already', 'second-factor/code-refused', 'second-factor/code-over'],
})
export const startTotp = defineRoute({
  method: 'POST',
  path: '/second-factor/totp',
  tag: 'Second facteur',
  summary: 'Commencer à enregistrer une application de codes',
  needs: 'identified',
  reply: Type.Object({ secret: Type.String(), uri: Type.String() }),
  refusals: ['second-factor/already', 'second-factor/code-needed', 'session/step-up-required'],
})
export const confirmTotp = defineRoute({
  method: 'POST',
  path: '/second-factor/totp/confirm',
  tag: 'Second facteur',
  summary: 'Confirmer l’application par un premier code',
  needs: 'identified',
  body: Type.Object({ code: Code, label: Line(60) }),
  reply: Enrolled,
  refusals: [
    'second-factor/wrong-code',
    'second-factor/wait',
    'second-factor/enrolment-lost',
    'second-factor/code-needed',
  ],
})
export const startPasskey = defineRoute({
  method: 'POST',
  path: '/second-factor/passkeys',
  tag: 'Second facteur',
  summary: 'Commencer à enregistrer une clé d’accès',
  needs: 'identified',
  reply: Ceremony,
  refusals: ['second-factor/already', 'second-factor/code-needed', 'session/step-up-required'],
})
export const confirmPasskey = defineRoute({
  method: 'POST',
  path: '/second-factor/passkeys/confirm',
  tag: 'Second facteur',
  summary: 'Enregistrer la clé d’accès créée',
  needs: 'identified',
  body: Type.Object({ answer: CeremonyAnswer, label: Line(60) }),
  reply: Enrolled,
  refusals: ['second-factor/passkey-refused', 'second-factor/enrolment-lost', 'second-factor/code-needed'],
})
export const proveByTotp = defineRoute({
  method: 'POST',
  path: '/second-factor/prove/totp',
  tag: 'Second facteur',
  summary: 'Prouver son second facteur par un code : entrée, déverrouillage ou confirmation',
  needs: 'identified',
  body: Type.Object({ code: Code }),
  reply: Proven,
  refusals: ['second-factor/wrong-code', 'second-factor/wait', 'second-factor/passkey-only', 'second-factor/none'],
})
export const startPasskeyProof = defineRoute({
  method: 'POST',
  path: '/second-factor/prove/passkey/options',
  tag: 'Second facteur',
  summary: 'Demander la preuve par une clé d’accès',
  needs: 'identified',
  reply: Ceremony,
  refusals: ['second-factor/none'],
})
export const proveByPasskey = defineRoute({
  method: 'POST',
  path: '/second-factor/prove/passkey',
  tag: 'Second facteur',
  summary: 'Prouver son second facteur par une clé d’accès',
  needs: 'identified',
  body: Type.Object({ answer: CeremonyAnswer }),
  reply: Proven,
  refusals: ['second-factor/passkey-refused', 'second-factor/wait', 'second-factor/none'],
})
export const proveByRecoveryCode = defineRoute({
  method: 'POST',
  path: '/second-factor/prove/recovery-code',
  tag: 'Second facteur',
  summary: 'Prouver son second facteur par un code de secours',
  needs: 'identified',
  body: Type.Object({ code: Type.String({ minLength: 8, maxLength: 40 }) }),
  reply: Proven,
  refusals: ['second-factor/wrong-code', 'second-factor/wait', 'second-factor/passkey-only', 'second-factor/none'],
})
export const replaceRecoveryCodes = defineRoute({
  method: 'POST',
  path: '/second-factor/recovery-codes',
  tag: 'Second facteur',
  summary: 'Remplacer mes codes de secours : les anciens ne servent plus',
  needs: 'signed-in',
  stepUp: true,
  secret: true,
  reply: Type.Object({ recoveryCodes: Type.Array(Type.String(), { description: 'Montrés une seule fois' }) }),
  refusals: ['second-factor/none'],
})
export const removeSecondFactor = defineRoute({
  method: 'DELETE',
  path: '/second-factor/:factorId',
  tag: 'Second facteur',
  summary: 'Retirer un second facteur',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ factorId: Id }),
  reply: Type.Object({ removed: Type.Boolean() }),
  refusals: ['second-factor/last'],
})

export const Session = Type.Object({
  id: Id,
  current: Type.Boolean(),
  state: SessionState,
  signedInAt: Instant,
  lastSeenAt: Instant,
  endsAt: Instant,
  device: Type.String({ description: 'Navigateur et système, en mots' }),
})
export const listSessions = defineRoute({
  method: 'GET',
  path: '/sessions',
  tag: 'Identité',
  summary: 'Mes sessions ouvertes',
  needs: 'signed-in',
  reply: listOf(Session),
})
export const endSession = defineRoute({
  method: 'POST',
  path: '/sessions/:sessionId/end',
  tag: 'Identité',
  summary: 'Fermer une de mes sessions',
  needs: 'signed-in',
  params: Type.Object({ sessionId: Id }),
  reply: Type.Object({ ended: Type.Integer() }),
})
export const endOtherSessions = defineRoute({
  method: 'POST',
  path: '/sessions/end-others',
  tag: 'Identité',
  summary: 'Fermer toutes mes autres sessions',
  needs: 'signed-in',
  reply: Type.Object({ ended: Type.Integer() }),
})

/* Asked without a session, hence no routes of the API: the page posts to these addresses (server/platform/exceptions.ts). */

/** Between which structures a sign-in waits, by name and nothing else; none: it is over. */
export const structuresToChoose = {
  path: '/auth/structures',
  body: Type.Object({}),
  reply: Type.Object({ structures: Type.Array(Type.Object({ id: Id, name: Type.String() })) }),
} as const
export const chooseStructure = {
  path: '/auth/structures/choose',
  body: Type.Object({ organisationId: Id }),
  /** Null: to the second factor, whose page knows where one was going. */
  reply: Type.Object({ to: Nullable(Type.String()) }),
} as const
