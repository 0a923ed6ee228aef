import { Type } from 'typebox'
import { Id, Instant, Nullable, oneOf, Text } from './common.ts'
import { defineRoute } from './route.ts'

/* What an account manager does for someone who cannot come in: for those of their own structure, never for themselves. */

/** Handed over by voice: shown once, to whoever helps. */
const HandoverCode = { code: Type.String({ description: 'À remettre de vive voix ; montré une seule fois' }), endsAt: Instant }
const AccountParams = Type.Object({ accountId: Id })

export const getSignInHelp = defineRoute({
  method: 'GET', path: '/accounts/:accountId/sign-in', tag: 'Habilitations', summary: 'Ce que l’on peut faire pour une personne qui ne peut plus se connecter', needs: 'signed-in', params: AccountParams,
  reply: Type.Object({
    name: Type.String(), organisationName: Type.String(), own: Type.Boolean(),
    /** Null: not for the viewer to know. */
    secondFactors: Nullable(Type.Integer()),
    hasPassword: Nullable(Type.Boolean()),
    allowed: Type.Array(oneOf(['reset-second-factors', 'give-enrolment-code', 'send-password-link'])),
  }),
})
export const resetSecondFactors = defineRoute({
  method: 'POST', path: '/accounts/:accountId/second-factors/reset', tag: 'Habilitations', summary: 'Réinitialiser les seconds facteurs d’une personne qui les a perdus', needs: 'signed-in', stepUp: true, secret: true,
  params: AccountParams, body: Type.Object({ reason: Text(300) }), reply: Type.Object({ factors: Type.Integer(), sessionsEnded: Type.Integer(), ...HandoverCode }),
  refusals: ['recovery/not-oneself', 'recovery/manager-only', 'recovery/officer-only', 'recovery/no-factor'],
})
export const giveEnrolmentCode = defineRoute({
  method: 'POST', path: '/accounts/:accountId/enrolment-code', tag: 'Habilitations', summary: 'Remettre à une personne le code qui lui permet d’enregistrer son premier second facteur', needs: 'signed-in',
  stepUp: true, secret: true, params: AccountParams, reply: Type.Object(HandoverCode),
  refusals: ['recovery/not-oneself', 'recovery/manager-only', 'recovery/officer-only', 'recovery/has-factor', 'recovery/not-active'],
})
export const sendPasswordLink = defineRoute({
  method: 'POST', path: '/accounts/:accountId/password-link', tag: 'Habilitations', summary: 'Envoyer à une personne un lien à usage unique pour choisir son mot de passe', needs: 'signed-in', stepUp: true, secret: true,
  params: AccountParams, reply: Type.Object(HandoverCode),
  refusals: ['recovery/not-oneself', 'recovery/manager-only', 'recovery/officer-only', 'password/not-open'],
})
