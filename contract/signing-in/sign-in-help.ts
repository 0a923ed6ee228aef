import { Type } from 'typebox'
import { Id, Instant, Nullable, oneOf, Text } from '../common.ts'
import { defineRoute } from '../route.ts'

/*
 * What an account manager does for someone who cannot come in: for those of their own structure, never for themselves.
 * While a structure has none in effect, the operator does it for its first persons, with a reason (ACC-16).
 */

/** Handed over by voice: shown once, to whoever helps. */
export const HandoverCode = {
  code: Type.String({ description: 'À remettre de vive voix ; montré une seule fois' }),
  endsAt: Instant,
}
const AccountParams = Type.Object({ accountId: Id })
/** Needed for the first person of a structure (`reasonNeeded`): kept in the trail, told to the structure. */
const reason = Type.Optional(Text(300))

/** Why somebody of a structure without account manager in effect is helped by the operator. */
export const firsts = ['signatory', 'named'] as const
export const listFirstPeople = defineRoute({
  method: 'GET',
  path: '/first-people',
  tag: 'Habilitations',
  summary: 'Les premières personnes de structures sans RGC, que l’on peut aider à se connecter',
  needs: 'signed-in',
  query: Type.Object({
    waiting: Type.Optional(Type.Boolean({ description: 'Seulement celles dont une connexion est à confirmer' })),
  }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        organisation: Type.Object({ id: Id, name: Type.String() }),
        first: Type.Array(oneOf(firsts)),
        waiting: Type.Boolean({ description: 'Une connexion est à confirmer' }),
        came: Type.Boolean({ description: 'Est déjà entrée dans le service' }),
      }),
      { maxItems: 200 },
    ),
  }),
})

/** Who came by ProConnect with the address of an account, and waits for someone's word. */
export const WaitingLink = Type.Object({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  siret: Nullable(Type.String()),
  provider: Type.String({ description: 'Le fournisseur d’identité, tel que ProConnect le nomme' }),
  reason: oneOf(['already-linked', 'other-organisation', 'unknown-provider', 'employer-changed']),
  askedAt: Instant,
})

export const getSignInHelp = defineRoute({
  method: 'GET',
  path: '/accounts/:accountId/sign-in',
  tag: 'Habilitations',
  summary: 'Ce que l’on peut faire pour une personne qui ne peut plus se connecter',
  needs: 'signed-in',
  params: AccountParams,
  reply: Type.Object({
    name: Type.String(),
    organisationName: Type.String(),
    own: Type.Boolean(),
    /** Null: not for the viewer to know. */
    secondFactors: Nullable(Type.Integer()),
    hasPassword: Nullable(Type.Boolean()),
    /**
     * Who came by ProConnect with the address of this account, and waits for someone's word; for whoever may decide it.
     */
    waiting: Type.Array(WaitingLink),
    /** The operator helps a first person of the structure: a reason is given, and told to it. */
    reasonNeeded: Type.Boolean(),
    allowed: Type.Array(oneOf(['reset-second-factors', 'give-enrolment-code', 'send-password-link', 'decide-link'])),
  }),
})
export const resetSecondFactors = defineRoute({
  method: 'POST',
  path: '/accounts/:accountId/second-factors/reset',
  tag: 'Habilitations',
  summary: 'Réinitialiser les seconds facteurs d’une personne qui les a perdus',
  needs: 'signed-in',
  stepUp: true,
  secret: true,
  params: AccountParams,
  body: Type.Object({ reason: Text(300) }),
  reply: Type.Object({ factors: Type.Integer(), sessionsEnded: Type.Integer(), ...HandoverCode }),
  refusals: ['recovery/not-oneself', 'recovery/manager-only', 'recovery/officer-only', 'recovery/no-factor'],
})
export const giveEnrolmentCode = defineRoute({
  method: 'POST',
  path: '/accounts/:accountId/enrolment-code',
  tag: 'Habilitations',
  summary: 'Remettre à une personne le code qui lui permet d’enregistrer son premier second facteur',
  needs: 'signed-in',
  stepUp: true,
  secret: true,
  params: AccountParams,
  body: Type.Object({ reason }),
  reply: Type.Object(HandoverCode),
  refusals: [
    'recovery/reason-needed',
    'recovery/not-oneself',
    'recovery/manager-only',
    'recovery/officer-only',
    'recovery/has-factor',
    'recovery/not-active',
  ],
})
export const sendPasswordLink = defineRoute({
  method: 'POST',
  path: '/accounts/:accountId/password-link',
  tag: 'Habilitations',
  summary: 'Envoyer à une personne un lien à usage unique pour choisir son mot de passe',
  needs: 'signed-in',
  stepUp: true,
  secret: true,
  params: AccountParams,
  body: Type.Object({ reason }),
  reply: Type.Object(HandoverCode),
  refusals: [
    'recovery/reason-needed',
    'recovery/not-oneself',
    'recovery/manager-only',
    'recovery/officer-only',
    'password/not-open',
  ],
})
export const decideLink = defineRoute({
  method: 'POST',
  path: '/accounts/:accountId/links/:linkId/decide',
  tag: 'Habilitations',
  summary: 'Confirmer ou refuser qu’une identité ProConnect ouvre ce compte',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ accountId: Id, linkId: Id }),
  body: Type.Object({ decision: oneOf(['confirmed', 'refused']), reason }),
  reply: Type.Object({ decision: oneOf(['confirmed', 'refused']) }),
  refusals: [
    'recovery/reason-needed',
    'recovery/not-oneself',
    'recovery/manager-only',
    'recovery/officer-only',
    'recovery/not-active',
    'recovery/link-decided',
  ],
})
