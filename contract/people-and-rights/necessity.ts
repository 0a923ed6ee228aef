import { type Static, Type } from 'typebox'
import { Id, Instant, Nullable, OrganisationRef, oneOf, PersonRef, Text } from '../common.ts'
import { Told } from '../notices.ts'
import { defineRoute, roles } from '../route.ts'
import { HandoverCode, WaitingLink } from '../signing-in/sign-in-help.ts'
import { accountStatuses, HeldGrant } from './accounts.ts'

/** What is done in the place of account managers (ACC-10); each is its own right, its own row and its own word. */
export const standInActs = [
  'suspend',
  'resume',
  'lift',
  'depart',
  'end-grant',
  'reset-second-factors',
  'send-password-link',
] as const
export const exceptionalActs = ['read', ...standInActs, 'decide-link'] as const
export const grounds = ['incident', 'necessity'] as const

export const ExceptionalAct = Type.Object({
  id: Id,
  act: oneOf(exceptionalActs),
  ground: oneOf(grounds),
  reason: Type.String(),
  incident: Nullable(Type.String()),
  doneAt: Instant,
  by: Nullable(PersonRef),
})
/** Why it is exceptional: which of the two cases of the convention, and in words. */
const Why = {
  ground: oneOf(grounds),
  reason: Text(300, 10),
  incident: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Référence de l’incident' })),
}
const File = Type.Object({
  id: Id,
  givenName: Type.String(),
  familyName: Type.String(),
  function: Type.String(),
  email: Nullable(Type.String()),
  organisation: OrganisationRef,
  status: oneOf(accountStatuses),
  statusReason: Nullable(Type.String()),
  roles: Type.Array(oneOf(roles)),
  inactive: Type.Boolean(),
  lastActAt: Nullable(Instant),
  factors: Type.Integer({ description: 'Seconds facteurs enregistrés ici' }),
  grants: Type.Array(Type.Omit(HeldGrant, ['missing', 'grantedBy'])),
  acts: Type.Array(ExceptionalAct, { description: 'Les actes exceptionnels sur ce compte, le dernier d’abord' }),
  allowed: Type.Array(oneOf(standInActs)),
  managed: Type.Boolean({ description: 'Un RGC de la structure peut agir : rien ne se fait à sa place' }),
})
export type FileOnWire = Static<typeof File>

const tag = 'Habilitations'
const AccountParams = Type.Object({ accountId: Id })

export const getFile = defineRoute({
  method: 'GET',
  path: '/exceptional/people/:accountId',
  tag,
  summary: 'Pour le CSSI : le compte d’une personne d’un partenaire, une fois son dossier ouvert',
  needs: 'role:cssi',
  regional: true,
  params: AccountParams,
  reply: File,
  refusals: ['necessity/open-first', 'necessity/own-structure', 'grant/own'],
})
export const openFile = defineRoute({
  method: 'POST',
  path: '/exceptional/people/:accountId/open',
  tag,
  summary: 'Pour le CSSI : ouvrir une heure le dossier d’une personne d’un partenaire, avec son motif',
  needs: 'role:cssi',
  regional: true,
  stepUp: true,
  params: AccountParams,
  body: Type.Object(Why),
  reply: Type.Object({ ...File.properties, told: Told }),
  refusals: ['necessity/incident-needed', 'necessity/own-structure', 'grant/own', 'person/gone'],
})
const standInRefusals = [
  'necessity/incident-needed',
  'necessity/own-structure',
  'necessity/manager-can',
  'grant/own',
  'access/role-required',
  'person/gone',
] as const
export const standIn = defineRoute({
  method: 'POST',
  path: '/exceptional/people/:accountId/acts',
  tag,
  summary:
    'Acte exceptionnel, quand plus aucun RGC ne peut agir : suspendre ou rétablir un compte, lever une inactivité, supprimer le compte de qui est parti',
  needs: 'signed-in',
  stepUp: true,
  params: AccountParams,
  body: Type.Object({ act: oneOf(['suspend', 'resume', 'lift', 'depart']), ...Why }),
  reply: Type.Object({ told: Told, pseudonym: Nullable(Type.String()) }),
  refusals: [...standInRefusals, 'person/already', 'person/still-manager', 'security/last-officer'],
})
export const endGrantExceptionally = defineRoute({
  method: 'POST',
  path: '/exceptional/grants/:grantId/end',
  tag,
  summary: 'Acte exceptionnel, quand plus aucun RGC ne peut agir : mettre fin à une habilitation',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ grantId: Id }),
  body: Type.Object(Why),
  reply: Type.Object({ told: Told }),
  refusals: [...standInRefusals, 'grant/over'],
})
export const resetFactorsExceptionally = defineRoute({
  method: 'POST',
  path: '/exceptional/people/:accountId/second-factors/reset',
  tag,
  summary: 'Acte exceptionnel, quand plus aucun RGC ne peut agir : réinitialiser les seconds facteurs perdus',
  needs: 'signed-in',
  stepUp: true,
  secret: true,
  params: AccountParams,
  body: Type.Object(Why),
  reply: Type.Object({
    told: Told,
    factors: Type.Integer(),
    sessionsEnded: Type.Integer(),
    ...HandoverCode,
  }),
  refusals: [...standInRefusals, 'recovery/not-active', 'recovery/manager-only'],
})
export const sendPasswordLinkInPlace = defineRoute({
  method: 'POST',
  path: '/exceptional/people/:accountId/password-link',
  tag,
  summary:
    'Acte exceptionnel, quand plus aucun RGC ne peut agir : envoyer à une personne un lien pour choisir son mot de passe',
  needs: 'signed-in',
  stepUp: true,
  secret: true,
  params: AccountParams,
  body: Type.Object(Why),
  reply: Type.Object({ told: Told, ...HandoverCode }),
  refusals: [...standInRefusals, 'recovery/manager-only', 'password/not-open'],
})
export const listLinksInPlace = defineRoute({
  method: 'GET',
  path: '/exceptional/people/:accountId/links',
  tag,
  summary: 'Quand plus aucun RGC ne peut agir : les connexions par ProConnect qui attendent d’être confirmées',
  needs: 'signed-in',
  params: AccountParams,
  reply: Type.Object({ items: Type.Array(WaitingLink) }),
  refusals: ['necessity/open-first', 'necessity/own-structure', 'necessity/manager-can', 'grant/own'],
})
export const decideLinkInPlace = defineRoute({
  method: 'POST',
  path: '/exceptional/people/:accountId/links/:linkId/decide',
  tag,
  summary: 'Acte exceptionnel, quand plus aucun RGC ne peut agir : confirmer ou refuser une connexion par ProConnect',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ accountId: Id, linkId: Id }),
  body: Type.Object({ decision: oneOf(['confirmed', 'refused']), ...Why }),
  reply: Type.Object({ decision: oneOf(['confirmed', 'refused']), told: Told }),
  refusals: [...standInRefusals, 'recovery/not-active', 'recovery/link-decided'],
})
