import { Type } from 'typebox'
import {
  Day,
  Email,
  Id,
  Instant,
  Line,
  listOf,
  Nullable,
  OrganisationRef,
  oneOf,
  PageQuery,
  PersonRef,
} from '../common.ts'
import { defineRoute, fileBodyLimit } from '../route.ts'

/** A person of a structure and their last security awareness; due a year after it, or after the account's creation. */
export const AwarenessLine = Type.Object({
  person: PersonRef,
  organisation: OrganisationRef,
  lastOn: Nullable(Day),
  modality: Nullable(Type.String()),
  dueOn: Day,
  late: Type.Boolean(),
})
export const awarenessModalities = ['academie', 'reunion', 'formation', 'lecture'] as const
export const listAwareness = defineRoute({
  method: 'GET',
  path: '/awareness',
  tag: 'Portail',
  summary: 'Les sensibilisations à la sécurité, la plus ancienne échéance d’abord',
  needs: 'signed-in',
  query: Type.Object({
    ...PageQuery,
    late: Type.Optional(Type.Boolean()),
    never: Type.Optional(Type.Boolean({ description: 'Jamais sensibilisés' })),
  }),
  reply: Type.Object({
    ...listOf(AwarenessLine).properties,
    cuts: Type.Boolean({ description: 'Une sensibilisation dépassée coupe l’accès' }),
    allowed: Type.Array(oneOf(['record', 'set-policy'])),
  }),
  refusals: ['awareness/readers-only'],
})
/** What was followed, when and how; `minutes` when it is known. */
const Done = {
  doneOn: Day,
  modality: oneOf(awarenessModalities),
  title: Line(200),
  minutes: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 10_000 }))),
}
export const recordAwareness = defineRoute({
  method: 'POST',
  path: '/awareness-records',
  tag: 'Portail',
  summary: 'Noter la sensibilisation d’une personne',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object({
    accountId: Id,
    ...Done,
  }),
  reply: AwarenessLine,
  refusals: ['awareness/recorders-only', 'awareness/by-another', 'awareness/in-future', 'account/unknown'],
})
/** As many as come to one meeting. */
export const mostAttending = 500
export const recognisePeople = defineRoute({
  method: 'POST',
  path: '/awareness-records/people',
  tag: 'Portail',
  summary: 'Reconnaître par leur adresse les personnes d’une réunion, avant de noter leur sensibilisation',
  needs: 'signed-in',
  noAct: true,
  bodyLimit: fileBodyLimit,
  body: Type.Object({ addresses: Type.Array(Email, { minItems: 1, maxItems: mostAttending }) }),
  reply: Type.Object({
    people: Type.Array(PersonRef),
    unknown: Type.Array(Type.String(), { description: 'Aucun compte de ma structure à cette adresse' }),
    myself: Type.Boolean({ description: 'Mon adresse y est : ma sensibilisation est notée par une autre personne' }),
  }),
  refusals: ['awareness/recorders-only'],
})
export const recordMeeting = defineRoute({
  method: 'POST',
  path: '/awareness-records/meeting',
  tag: 'Portail',
  summary: 'Noter la sensibilisation de toutes les personnes d’une réunion : toutes, ou aucune',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object({
    accountIds: Type.Array(Id, { minItems: 1, maxItems: mostAttending, uniqueItems: true }),
    ...Done,
  }),
  reply: Type.Object({ recorded: Type.Integer() }),
  refusals: ['awareness/recorders-only', 'awareness/by-another', 'awareness/in-future', 'account/unknown'],
})
export const setAwarenessPolicy = defineRoute({
  method: 'POST',
  path: '/awareness-policies',
  tag: 'Portail',
  summary: 'Décider si une sensibilisation dépassée coupe l’accès, ou avertit seulement',
  needs: 'role:administrateur',
  stepUp: true,
  body: Type.Object({ cuts: Type.Boolean() }),
  reply: Type.Object({ cuts: Type.Boolean(), inForceFrom: Instant }),
})

/** What a structure has had checked before opening the service to its people (convention, art. 3.2). */
export const equipmentParts = ['materiel', 'reseau', 'second-facteur'] as const
export const EquipmentValidation = Type.Object({
  id: Id,
  organisation: OrganisationRef,
  parts: Type.Array(oneOf(equipmentParts)),
  validatedOn: Day,
  note: Type.String(),
  by: PersonRef,
  recordedAt: Instant,
})
export const listEquipmentValidations = defineRoute({
  method: 'GET',
  path: '/equipment-validations',
  tag: 'Portail',
  summary: 'Les validations de son équipement par la structure, la plus récente d’abord',
  needs: 'signed-in',
  reply: Type.Object({
    items: Type.Array(EquipmentValidation, { description: '200 au plus' }),
    lacking: Type.Array(oneOf(equipmentParts), { description: 'Jamais validé par ma structure' }),
    allowed: Type.Array(Type.Literal('record')),
  }),
})
export const recordEquipmentValidation = defineRoute({
  method: 'POST',
  path: '/equipment-validations',
  tag: 'Portail',
  summary: 'Noter la validation de l’équipement de sa structure',
  needs: 'signed-in',
  body: Type.Object({
    parts: Type.Array(oneOf(equipmentParts), { minItems: 1, maxItems: 3, uniqueItems: true }),
    validatedOn: Day,
    note: Type.String({ maxLength: 500 }),
  }),
  reply: EquipmentValidation,
  refusals: ['equipment/recorders-only', 'equipment/in-future'],
})
