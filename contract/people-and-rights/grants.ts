import { Type } from 'typebox'
import { Day, Id, Instant, listOf, Nullable, oneOf, PageQuery, PersonRef, TerritoryRef } from '../common.ts'
import { Told } from '../notices.ts'
import { defineRoute, missingTerms, profiles, tools } from '../route.ts'
import { Attachment, accountStatuses, Perimeter, PerimeterKey, purposes, Reason } from './accounts.ts'
import { Agency } from './organisations.ts'
import { Person, PersonParams, watched } from './people.ts'

const tag = 'Habilitations'

const GrantParams = Type.Object({ grantId: Id })

const GrantBody = {
  tool: oneOf(tools),
  profile: oneOf(profiles),
  perimeter: PerimeterKey,
  purpose: oneOf(purposes),
  reason: Reason,
  startsOn: Type.Optional(Nullable(Day)),
  endsOn: Type.Optional(Nullable(Day)),
  duties: Type.Optional(Nullable(Reason)),
}
const grantRefusals = [
  'grant/own',
  'grant/not-yours-to-decide',
  'grant/duties-needed',
  'grant/period-reversed',
  'grant/in-past',
  'grant/already',
  'grant/no-such-profile',
  'person/gone',
  'territory/unknown',
  'agency/unknown',
  'territory/beyond-structure',
] as const
/** `told`: of what exceeds the function; null when nothing does. */
const Granted = Type.Object({ ...Person.properties, told: Nullable(Told) })
export const grantAccess = defineRoute({
  method: 'POST',
  path: '/habilitations/people/:accountId/grants',
  tag,
  summary: 'Habiliter une personne : un outil, un profil, un périmètre, un motif',
  needs: 'signed-in',
  stepUp: true,
  params: PersonParams,
  body: Type.Object(GrantBody),
  reply: Granted,
  refusals: grantRefusals,
})
export const changeGrant = defineRoute({
  method: 'POST',
  path: '/habilitations/grants/:grantId/change',
  tag,
  summary: 'Changer une habilitation : l’ancienne finit, la nouvelle prend sa suite',
  needs: 'signed-in',
  stepUp: true,
  params: GrantParams,
  body: Type.Object({
    profile: oneOf(profiles),
    perimeter: PerimeterKey,
    purpose: oneOf(purposes),
    reason: Reason,
    endsOn: Type.Optional(Nullable(Day)),
    duties: Type.Optional(Nullable(Reason)),
  }),
  reply: Granted,
  refusals: [...grantRefusals, 'grant/over'],
})
export const endGrant = defineRoute({
  method: 'POST',
  path: '/habilitations/grants/:grantId/end',
  tag,
  summary: 'Mettre fin à une habilitation, aussitôt',
  needs: 'signed-in',
  stepUp: true,
  params: GrantParams,
  body: Type.Object({ reason: Reason }),
  reply: Person,
  refusals: ['grant/own', 'grant/not-yours-to-decide', 'grant/over'],
})

export const suspendGrant = defineRoute({
  method: 'POST',
  path: '/habilitations/grants/:grantId/suspend',
  tag,
  summary: 'Suspendre une habilitation, aussitôt : elle se rétablit telle qu’elle était',
  needs: 'signed-in',
  stepUp: true,
  params: GrantParams,
  body: Type.Object({ reason: Reason }),
  reply: Person,
  refusals: ['grant/own', 'grant/not-yours-to-decide', 'grant/over'],
})
export const resumeGrant = defineRoute({
  method: 'POST',
  path: '/habilitations/grants/:grantId/resume',
  tag,
  summary: 'Rétablir une habilitation suspendue',
  needs: 'signed-in',
  stepUp: true,
  params: GrantParams,
  body: Type.Object({ reason: Reason }),
  reply: Granted,
  refusals: [...grantRefusals, 'grant/not-suspended'],
})

/** Asks for a right, for oneself or, when one leads their work, for a colleague (ACC-3). */
export const GrantRequest = Type.Object({
  id: Id,
  person: PersonRef,
  askedBy: PersonRef,
  askedAt: Instant,
  tool: oneOf(tools),
  profile: oneOf(profiles),
  ...Perimeter.properties,
  purpose: oneOf(purposes),
  reason: Type.String(),
  decision: Nullable(oneOf(['accepted', 'refused', 'withdrawn'])),
  decidedAt: Nullable(Instant),
  decidedBy: Nullable(PersonRef),
  decisionReason: Nullable(Type.String()),
  beyondFunction: Type.Boolean({ description: 'Dépasse ce que la fonction demande d’ordinaire' }),
  allowed: Type.Array(oneOf(['decide', 'withdraw'])),
  whoDecides: Type.String(),
})
const RequestParams = Type.Object({ requestId: Id })
export const askGrant = defineRoute({
  method: 'POST',
  path: '/habilitations/requests',
  tag,
  summary: 'Demander une habilitation, pour soi ou pour une personne que l’on encadre',
  needs: 'signed-in',
  body: Type.Object({
    accountId: Type.Optional(Nullable(Id)),
    tool: oneOf(tools),
    profile: oneOf(profiles),
    perimeter: PerimeterKey,
    purpose: oneOf(purposes),
    reason: Reason,
  }),
  reply: Type.Object({ ...GrantRequest.properties, told: Told }),
  refusals: [
    'request-for-other/leads-only',
    'account/unknown',
    'grant/no-such-profile',
    'grant/already',
    'grant-request/pending',
    'territory/unknown',
    'agency/unknown',
    'territory/beyond-structure',
    'person/gone',
  ],
})
export const listGrantRequests = defineRoute({
  method: 'GET',
  path: '/habilitations/requests',
  tag,
  summary: 'Les demandes d’habilitation : les siennes ; toutes celles de la structure, pour qui en décide',
  needs: 'signed-in',
  query: Type.Object({
    ...PageQuery,
    state: Type.Optional(oneOf(['waiting', 'decided'])),
    mine: Type.Optional(Type.Boolean()),
  }),
  reply: listOf(GrantRequest),
})
export const decideGrantRequest = defineRoute({
  method: 'POST',
  path: '/habilitations/requests/:requestId/decision',
  tag,
  summary: 'Accepter ou refuser une demande : acceptée, elle donne l’habilitation',
  needs: 'signed-in',
  stepUp: true,
  params: RequestParams,
  body: Type.Object({
    decision: oneOf(['accepted', 'refused']),
    reason: Reason,
    profile: Type.Optional(oneOf(profiles)),
    endsOn: Type.Optional(Nullable(Day)),
    duties: Type.Optional(Nullable(Reason)),
  }),
  reply: Type.Object({ ...GrantRequest.properties, told: Nullable(Told) }),
  refusals: ['grant-request/decided', 'grant/over', ...grantRefusals],
})
export const withdrawGrantRequest = defineRoute({
  method: 'POST',
  path: '/habilitations/requests/:requestId/withdraw',
  tag,
  summary: 'Retirer sa demande tant qu’elle attend',
  needs: 'signed-in',
  params: RequestParams,
  reply: GrantRequest,
  refusals: ['grant-request/decided', 'grant-request/asker-only'],
})
export const listPerimeters = defineRoute({
  method: 'GET',
  path: '/habilitations/perimeters',
  tag,
  summary: 'Les agences de ma structure, et les collègues pour qui je peux demander',
  needs: 'signed-in',
  reply: Type.Object({
    territories: Type.Array(TerritoryRef, { description: 'Les territoires de ma structure : rien ne s’ouvre au-delà' }),
    agencies: Type.Array(Agency),
    colleagues: Type.Array(Type.Object({ id: Id, name: Type.String(), function: Type.String() }), {
      description: '1000 au plus ; aucun pour qui n’encadre personne',
    }),
  }),
})

/** The access of each person on a day (ACC-9): one line a grant. Of a past day, as it stood at its end; of today, now. */
export const AccessLine = Type.Object({
  grantId: Id,
  person: PersonRef,
  function: Type.String(),
  status: oneOf(accountStatuses),
  attachment: Attachment,
  tool: oneOf(tools),
  profile: oneOf(profiles),
  ...Perimeter.properties,
  since: Day,
  until: Nullable(Day),
  grantedAt: Instant,
  grantedBy: Nullable(PersonRef),
  reason: Type.String(),
  lastActAt: Nullable(Instant),
  /** Of this access, and not of the account alone. */
  lastUsedOn: Nullable(Day),
  missing: Type.Array(oneOf(missingTerms)),
})
const AccessFilter = {
  on: Type.Optional(Day),
  q: Type.Optional(Type.String({ maxLength: 80 })),
  tool: Type.Optional(oneOf(tools)),
  effect: Type.Optional(oneOf(['in-effect', 'withheld'])),
}
export const listAccess = defineRoute({
  method: 'GET',
  path: '/habilitations/access',
  tag,
  summary: 'Qui a accès à quoi, aujourd’hui ou un jour passé',
  needs: 'signed-in',
  query: Type.Object({ ...PageQuery, ...AccessFilter, sort: Type.Optional(oneOf(['name', 'since', 'tool'])) }),
  reply: Type.Object({ ...listOf(AccessLine).properties, at: Instant }),
  refusals: ['access/role-required', 'access-on/in-future'],
})
export const exportAccess = defineRoute({
  method: 'POST',
  path: '/habilitations/access/export',
  tag,
  summary: 'Exporter cette liste en CSV ; l’export est journalisé',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object({ ...AccessFilter, purpose: Reason }),
  reply: Type.Object({ fileName: Type.String(), text: Type.String(), lines: Type.Integer() }),
  refusals: ['access/role-required', 'access-on/in-future'],
})

/** What an account manager has to do: each count is that of the page behind it. */
export const getHabilitationsHome = defineRoute({
  method: 'GET',
  path: '/habilitations',
  tag,
  summary: 'Ce qu’il y a à décider, et qui est à surveiller',
  needs: 'signed-in',
  background: true,
  reply: Type.Object({
    requests: Type.Integer(),
    confirmations: Type.Integer({ description: 'À confirmer en seconde personne' }),
    people: Type.Integer(),
    everyone: Type.Boolean({ description: 'Ces personnes sont toutes celles de la structure, et non ses seuls RGC' }),
    open: Type.Integer({ description: 'Anomalies des accès ouvertes' }),
    supplied: Type.Integer({ description: 'Signalées par l’opérateur, non corrigées' }),
    anomalies: Type.Array(Type.Object({ anomaly: oneOf(watched), people: Type.Integer() })),
    suspended: Type.Integer(),
  }),
  refusals: ['access/role-required'],
})
