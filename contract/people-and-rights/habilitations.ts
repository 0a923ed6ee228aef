import { Type } from 'typebox'
import {
  Day,
  Email,
  Id,
  Instant,
  listOf,
  Nullable,
  oneOf,
  PageQuery,
  PersonRef,
  Siret,
  TerritoryId,
  TerritoryRef,
  Text,
} from '../common.ts'
import { Told } from '../notices.ts'
import { BlockOfPerson } from '../oversight/security.ts'
import { defineRoute, fileBodyLimit, missingTerms, profiles, roles, tools } from '../route.ts'
import { anomalyKinds } from './anomalies.ts'

/** Whose person it is: the structure's own agent, or of a delegate or contractor that it declared. */
export const attachments = ['agent', 'delegate', 'contractor'] as const
/** What a right serves, after article 2 of the convention; our own wording. */
export const purposes = ['prospection', 'recrutement', 'insertion', 'suivi'] as const
export const accountStatuses = ['active', 'suspended', 'blocked', 'deleted'] as const
/**
 * What is no anomaly of access yet: a suspension for inactivity within fourteen days; neither grant nor role, for less
 * than a month.
 */
export const notYetAnomalies = ['soon-inactive', 'not-granted'] as const
/** Why a person's account is looked at: what an account manager has to settle. */
export const watched = [...anomalyKinds, ...notYetAnomalies] as const

const Reason = Text(300)
const Attachment = oneOf(attachments)
/** Where a right opens: one territory, or the territories that an agency serves. */
const PerimeterKey = Type.Union([
  Type.Object({ territoryId: TerritoryId }, { additionalProperties: false }),
  Type.Object({ agencyId: Id }, { additionalProperties: false }),
])
export const Perimeter = Type.Object({
  territory: Nullable(TerritoryRef),
  agency: Nullable(Type.Object({ id: Id, name: Type.String() })),
})

export const HeldGrant = Type.Object({
  id: Id,
  tool: oneOf(tools),
  profile: oneOf(profiles),
  ...Perimeter.properties,
  reason: Type.String(),
  purpose: Nullable(oneOf(purposes)),
  duties: Nullable(Type.String()),
  startsOn: Day,
  endsOn: Nullable(Day),
  grantedAt: Instant,
  grantedBy: Nullable(PersonRef),
  beyondFunction: Type.Boolean(),
  missing: Type.Array(oneOf(missingTerms), {
    description: 'Ce qui l’empêche d’ouvrir quoi que ce soit ; vide : elle est en vigueur',
  }),
})
const PersonLine = {
  id: Id,
  givenName: Type.String(),
  familyName: Type.String(),
  function: Type.String(),
  status: oneOf(accountStatuses),
  attachment: Attachment,
  thirdParty: Nullable(Type.Object({ id: Id, name: Type.String() })),
  contractEndsOn: Nullable(Day),
  roles: Type.Array(oneOf(roles)),
  lastActAt: Nullable(Instant),
  inactiveOn: Nullable(
    Type.Object({ day: Day, passed: Type.Boolean() }, { description: 'Premier jour de suspension sans acte d’ici là' }),
  ),
  anomalies: Type.Array(oneOf(watched)),
  grants: Type.Array(HeldGrant),
}
export const PersonInList = Type.Object(PersonLine)
export const personActs = ['edit', 'grant', 'suspend', 'resume', 'lift', 'depart'] as const
export const Person = Type.Object({
  ...PersonLine,
  email: Nullable(Type.String()),
  createdAt: Instant,
  statusReason: Nullable(Type.String()),
  version: Type.Integer(),
  past: Type.Array(
    Type.Object({
      ...HeldGrant.properties,
      endedAt: Nullable(Instant),
      endedBy: Nullable(PersonRef),
      endReason: Nullable(Type.String()),
    }),
    { description: 'Habilitations à venir ou finies, la dernière d’abord' },
  ),
  proposed: Type.Array(Type.Object({ tool: oneOf(tools), profile: oneOf(profiles) }), {
    description: 'Le plus petit profil que demande la fonction',
  }),
  blocks: Type.Array(BlockOfPerson, { description: 'Les blocages, la dernière coupure d’abord ; 20 au plus' }),
  allowed: Type.Array(oneOf(personActs)),
  waits: Type.Boolean({ description: 'Le compte attend la confirmation d’une seconde personne' }),
  decidedBy: Type.String({ description: 'Qui décide pour cette personne, en toutes lettres' }),
})

const tag = 'Habilitations'
const PersonParams = Type.Object({ accountId: Id })
const GrantParams = Type.Object({ grantId: Id })

export const listPeople = defineRoute({
  method: 'GET',
  path: '/habilitations/people',
  tag,
  summary: 'Les personnes de la structure, ce qu’elles peuvent et ce qui manque',
  needs: 'signed-in',
  query: Type.Object({
    ...PageQuery,
    q: Type.Optional(Type.String({ maxLength: 80 })),
    tool: Type.Optional(oneOf(tools)),
    attachment: Type.Optional(Attachment),
    anomaly: Type.Optional(oneOf(watched)),
    state: Type.Optional(oneOf(['in-effect', 'withheld', 'none'])),
    status: Type.Optional(oneOf(['active', 'suspended', 'deleted'])),
    sort: Type.Optional(oneOf(['name', 'last-act', 'function'])),
  }),
  reply: listOf(PersonInList),
  refusals: ['access/role-required'],
})
export const getPerson = defineRoute({
  method: 'GET',
  path: '/habilitations/people/:accountId',
  tag,
  summary: 'Une personne : ses droits, leur motif, ce qui manque et qui agit',
  needs: 'signed-in',
  params: PersonParams,
  versioned: true,
  reply: Person,
  refusals: ['access/role-required'],
})
const Identity = {
  givenName: Text(100),
  familyName: Text(100),
  function: Text(120),
  attachment: Attachment,
  thirdPartyId: Type.Optional(Nullable(Id)),
  contractEndsOn: Type.Optional(Nullable(Day)),
}
const attachmentRefusals = [
  'person/third-party-needed',
  'person/contract-end-needed',
  'person/contract-end-passed',
  'person/third-party-over',
] as const
export const createPerson = defineRoute({
  method: 'POST',
  path: '/habilitations/people',
  tag,
  summary: 'Créer le compte d’une personne',
  needs: 'role:rgc',
  stepUp: true,
  body: Type.Object({ ...Identity, email: Email }),
  reply: Type.Object({ ...Person.properties, told: Nullable(Told) }),
  refusals: ['person/shared-mailbox', 'person/address-taken', ...attachmentRefusals],
})
export const editPerson = defineRoute({
  method: 'PUT',
  path: '/habilitations/people/:accountId',
  tag,
  summary: 'Corriger l’identité, la fonction ou le rattachement d’une personne',
  needs: 'signed-in',
  stepUp: true,
  params: PersonParams,
  versioned: true,
  body: Type.Object(Identity),
  reply: Person,
  refusals: ['grant/own', 'grant/not-yours-to-decide', 'person/gone', ...attachmentRefusals],
})
export const suspendPerson = defineRoute({
  method: 'POST',
  path: '/habilitations/people/:accountId/suspend',
  tag,
  summary: 'Suspendre un compte : ses sessions cessent aussitôt',
  needs: 'signed-in',
  stepUp: true,
  params: PersonParams,
  body: Type.Object({ reason: Reason }),
  reply: Person,
  refusals: ['grant/own', 'grant/not-yours-to-decide', 'person/gone', 'person/already'],
})
export const resumePerson = defineRoute({
  method: 'POST',
  path: '/habilitations/people/:accountId/resume',
  tag,
  summary: 'Rétablir un compte suspendu',
  needs: 'signed-in',
  stepUp: true,
  params: PersonParams,
  body: Type.Object({ reason: Reason }),
  reply: Person,
  refusals: ['grant/own', 'grant/not-yours-to-decide', 'person/gone', 'person/already'],
})

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

/** One line of a file of people, as it was understood. */
export const importErrors = [
  'name-missing',
  'address-malformed',
  'address-shared',
  'address-twice',
  'address-taken',
  'function-missing',
  'attachment-unknown',
  'third-party-unknown',
  'third-party-over',
  'contract-end-missing',
  'contract-end-malformed',
  'contract-end-passed',
  'too-long',
] as const
const ImportLine = Type.Object({
  line: Type.Integer(),
  givenName: Type.String(),
  familyName: Type.String(),
  email: Type.String(),
  function: Type.String(),
  outcome: oneOf(['new', 'known', 'error']),
  errors: Type.Array(oneOf(importErrors)),
})
export const checkImport = defineRoute({
  method: 'POST',
  path: '/habilitations/imports',
  bodyLimit: fileBodyLimit,
  tag,
  summary: 'Vérifier un fichier de personnes, sans rien créer',
  needs: 'role:rgc',
  stepUp: true,
  body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 1_500_000 }) }),
  reply: Type.Object({
    id: Id,
    new: Type.Integer(),
    known: Type.Integer({ description: 'Ont déjà leur compte : laissées telles quelles' }),
    wrong: Type.Integer(),
    lines: Type.Array(ImportLine),
  }),
  refusals: ['import/columns-missing', 'import/empty', 'import/too-many'],
})
export const confirmImport = defineRoute({
  method: 'POST',
  path: '/habilitations/imports/:importId/confirm',
  tag,
  summary: 'Créer les comptes d’un fichier vérifié, tous ou aucun',
  needs: 'role:rgc',
  stepUp: true,
  params: Type.Object({ importId: Id }),
  reply: Type.Object({
    created: Type.Integer(),
    waiting: Type.Integer({ description: 'Attendent la confirmation d’une seconde personne' }),
    told: Nullable(Told),
  }),
  refusals: ['import/has-errors', 'import/stale'],
})

/** The structure's own places, and those who work for it. */
export const Agency = Type.Object({ id: Id, name: Type.String(), territories: Type.Array(TerritoryRef) })
export const capacities = ['processor', 'joint-controller'] as const
export const ThirdParty = Type.Object({
  id: Id,
  kind: oneOf(['delegate', 'contractor']),
  name: Type.String(),
  siret: Nullable(Siret),
  capacity: oneOf(capacities),
  startsOn: Day,
  endsOn: Nullable(Day),
  evidence: Type.String(),
  evidenceOn: Day,
  people: Type.Integer({ description: 'Comptes ouverts pour ses personnes' }),
  version: Type.Integer(),
})
export const getStructure = defineRoute({
  method: 'GET',
  path: '/habilitations/structure',
  tag,
  summary: 'Le compte de la structure : agences, délégataires et prestataires',
  needs: 'signed-in',
  reply: Type.Object({
    territories: Type.Array(TerritoryRef),
    agencies: Type.Array(Agency),
    thirdParties: Type.Array(ThirdParty),
    allowed: Type.Array(Type.Literal('edit')),
  }),
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
  refusals: ['grant-request/decided', ...grantRefusals],
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

/** Who had which access on a day (ACC-9): one line a grant. Of a past day, as it stood at its end; of today, now. */
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

export const liftInactivity = defineRoute({
  method: 'POST',
  path: '/habilitations/people/:accountId/lift',
  tag,
  summary: 'Lever la suspension d’une personne inactive',
  needs: 'signed-in',
  stepUp: true,
  params: PersonParams,
  body: Type.Object({ reason: Reason }),
  reply: Person,
  refusals: ['grant/own', 'grant/not-yours-to-decide', 'person/gone', 'person/already'],
})
export const departures = ['departure', 'change-of-function', 'breach'] as const
export const recordDeparture = defineRoute({
  method: 'POST',
  path: '/habilitations/people/:accountId/depart',
  tag,
  summary: 'Supprimer le compte et les habilitations de qui s’en va ; aussitôt, pour un manquement',
  needs: 'signed-in',
  stepUp: true,
  params: PersonParams,
  body: Type.Object({ cause: oneOf(departures), reason: Reason }),
  reply: Type.Object({
    pseudonym: Type.String(),
    grantsEnded: Type.Integer(),
    sessionsEnded: Type.Integer(),
    told: Nullable(Told),
  }),
  refusals: ['grant/own', 'grant/not-yours-to-decide', 'person/gone', 'person/still-manager'],
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
    open: Type.Integer({ description: 'Anomalies des accès ouvertes' }),
    supplied: Type.Integer({ description: 'Signalées par l’opérateur, non corrigées' }),
    anomalies: Type.Array(Type.Object({ anomaly: oneOf(watched), people: Type.Integer() })),
    suspended: Type.Integer(),
  }),
  refusals: ['access/role-required'],
})

const AgencyBody = Type.Object({
  name: Text(200),
  territories: Type.Array(TerritoryId, { minItems: 1, maxItems: 200, uniqueItems: true }),
})
export const declareAgency = defineRoute({
  method: 'POST',
  path: '/habilitations/agencies',
  tag,
  summary: 'Déclarer une agence et les territoires qu’elle sert',
  needs: 'role:rgc',
  stepUp: true,
  body: AgencyBody,
  reply: Agency,
  refusals: ['territory/unknown', 'territory/beyond-structure', 'agency/too-wide'],
})
export const editAgency = defineRoute({
  method: 'PUT',
  path: '/habilitations/agencies/:agencyId',
  tag,
  summary: 'Changer le nom ou les territoires d’une agence : ses habilitations suivent aussitôt',
  needs: 'role:rgc',
  stepUp: true,
  params: Type.Object({ agencyId: Id }),
  body: AgencyBody,
  reply: Type.Object({ ...Agency.properties, told: Nullable(Told) }),
  refusals: ['territory/unknown', 'territory/beyond-structure', 'agency/too-wide', 'agency/own'],
})
const ThirdPartyBody = {
  name: Text(200),
  siret: Type.Optional(Nullable(Siret)),
  capacity: oneOf(capacities),
  startsOn: Day,
  endsOn: Type.Optional(Nullable(Day)),
  evidence: Text(500),
  evidenceOn: Day,
}
export const declareThirdParty = defineRoute({
  method: 'POST',
  path: '/habilitations/third-parties',
  tag,
  summary: 'Déclarer un délégataire ou un prestataire : sa qualité, ses dates, la preuve de ses obligations',
  needs: 'role:rgc',
  stepUp: true,
  body: Type.Object({ kind: oneOf(['delegate', 'contractor']), ...ThirdPartyBody }),
  reply: ThirdParty,
  refusals: [
    'third-party/already',
    'third-party/end-needed',
    'grant/period-reversed',
    'third-party/evidence-in-future',
    'establishment/wrong-key',
  ],
})
export const editThirdParty = defineRoute({
  method: 'PUT',
  path: '/habilitations/third-parties/:thirdPartyId',
  tag,
  summary: 'Corriger ou clore un délégataire ou un prestataire : les comptes de ses personnes finissent avec lui',
  needs: 'role:rgc',
  stepUp: true,
  versioned: true,
  params: Type.Object({ thirdPartyId: Id }),
  body: Type.Object(ThirdPartyBody),
  reply: ThirdParty,
  refusals: [
    'third-party/already',
    'third-party/end-needed',
    'grant/period-reversed',
    'third-party/evidence-in-future',
    'establishment/wrong-key',
  ],
})
