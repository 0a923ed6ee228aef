import { Type } from 'typebox'
import { AccountEmail, Day, Id, Line, listOf, Nullable, oneOf, PageQuery } from '../common.ts'
import { Told } from '../notices.ts'
import { defineRoute, fileBodyLimit, tools } from '../route.ts'
import { Attachment, Reason } from './accounts.ts'
import { Person, PersonInList, watched } from './people/shapes.ts'

export * from './people/shapes.ts'

const tag = 'Habilitations'
export const PersonParams = Type.Object({ accountId: Id })

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
  givenName: Line(100),
  familyName: Line(100),
  function: Line(120),
  attachment: Attachment,
  thirdPartyId: Type.Optional(Nullable(Id)),
  contractEndsOn: Type.Optional(Nullable(Day)),
}
const attachmentRefusals = [
  'person/third-party-needed',
  'person/contract-end-needed',
  'person/contract-end-passed',
  'person/third-party-over',
  'person/third-party-to-come',
] as const
export const createPerson = defineRoute({
  method: 'POST',
  path: '/habilitations/people',
  tag,
  summary: 'Créer le compte d’une personne',
  needs: 'role:rgc',
  stepUp: true,
  body: Type.Object({ ...Identity, email: AccountEmail }),
  reply: Type.Object({ ...Person.properties, told: Nullable(Told) }),
  refusals: [
    'person/shared-mailbox',
    'person/address-taken',
    'person/mailbox-taken',
    'person/own-mailbox',
    ...attachmentRefusals,
  ],
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
  refusals: ['grant/own', 'grant/not-yours-to-decide', 'person/gone', 'person/manages-accounts', ...attachmentRefusals],
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
  refusals: ['grant/own', 'grant/not-yours-to-decide', 'person/gone', 'person/already', 'security/last-officer'],
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

/** One line of a file of people, as it was understood. */
export const importErrors = [
  'name-missing',
  'address-malformed',
  'address-shared',
  'address-twice',
  'address-taken',
  'mailbox-taken',
  'function-missing',
  'attachment-unknown',
  'third-party-unknown',
  'third-party-over',
  'third-party-to-come',
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
/** `not-needed`: the person stays, the account serves no more (ACC-8). */
export const departures = ['departure', 'change-of-function', 'not-needed', 'breach'] as const
export const recordDeparture = defineRoute({
  method: 'POST',
  path: '/habilitations/people/:accountId/depart',
  tag,
  summary:
    'Supprimer le compte et les habilitations de qui s’en va ou n’en a plus l’usage ; aussitôt, pour un manquement',
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
  refusals: ['grant/own', 'grant/not-yours-to-decide', 'person/gone', 'person/still-manager', 'security/last-officer'],
})
export const enterDeparture = defineRoute({
  method: 'POST',
  path: '/habilitations/people/:accountId/departure-to-come',
  tag,
  summary: 'Saisir d’avance un départ : droits et compte prennent fin avec le dernier jour, et il s’annule d’ici là',
  needs: 'signed-in',
  stepUp: true,
  params: PersonParams,
  body: Type.Object(
    { cause: oneOf(['departure', 'change-of-function', 'not-needed']), lastDay: Day, reason: Reason },
    { additionalProperties: false },
  ),
  reply: Person,
  refusals: [
    'grant/own',
    'grant/not-yours-to-decide',
    'person/gone',
    'person/still-manager',
    'person/last-day-passed',
    'person/departure-entered',
    'security/last-officer',
  ],
})
export const cancelDeparture = defineRoute({
  method: 'POST',
  path: '/habilitations/people/:accountId/departure-to-come/cancel',
  tag,
  summary: 'Annuler un départ saisi d’avance, tant que son dernier jour n’est pas passé',
  needs: 'signed-in',
  stepUp: true,
  params: PersonParams,
  body: Type.Object({ reason: Reason }),
  reply: Person,
  refusals: ['grant/own', 'grant/not-yours-to-decide', 'person/no-departure-to-come'],
})
export const undoDeparture = defineRoute({
  method: 'POST',
  path: '/habilitations/people/:accountId/undo-departure',
  tag,
  summary: 'Annuler un départ enregistré par erreur, dans les trente jours',
  needs: 'signed-in',
  stepUp: true,
  params: PersonParams,
  body: Type.Object({ reason: Reason }),
  reply: Person,
  refusals: [
    'grant/own',
    'grant/not-yours-to-decide',
    'person/not-departed',
    'person/undo-too-late',
    'person/departure-declared',
    'person/address-taken',
  ],
})
