import { Type } from 'typebox'
import {
  Day,
  Id,
  Instant,
  listOf,
  Nullable,
  OrganisationRef,
  oneOf,
  PageQuery,
  PersonRef,
  TerritoryRef,
  Text,
} from '../common.ts'
import { Told } from '../notices.ts'
import { defineRoute, missingTerms, profiles, tools } from '../route.ts'

/**
 * In the order in which they prevail (convention, art. 12): the general conditions over the particular ones; then the
 * rules each reads.
 */
export const documentKinds = ['cgu', 'cpu', 'confidentialite', 'securite'] as const
export const toolStates = ['disponible', 'perturbe', 'indisponible', 'maintenance'] as const
const Tool = oneOf(tools)

/** A version of a text. `hash` is the SHA-256 of exactly what stands in `body`, in hexadecimal. */
export const DocumentVersion = Type.Object({
  id: Id,
  kind: oneOf(documentKinds),
  tool: Nullable(Tool),
  version: Type.Integer(),
  title: Type.String(),
  hash: Type.String(),
  inForceFrom: Instant,
  inForceUntil: Nullable(Instant),
  state: oneOf(['to-come', 'in-force', 'replaced']),
  publishedAt: Instant,
})
export const AnnexEntry = Type.Object(
  {
    tool: Tool,
    purpose: Text(500),
    dataCategories: Type.Array(Text(200), { minItems: 1, maxItems: 30 }),
    commitments: Text(1000),
    documentationUrl: Nullable(Type.String({ format: 'uri', pattern: '^https://', maxLength: 300 })),
  },
  { additionalProperties: false },
)
export const AnnexVersion = Type.Object({
  id: Id,
  number: Type.Integer(),
  note: Type.String(),
  inForceFrom: Instant,
  inForceUntil: Nullable(Instant),
  state: oneOf(['to-come', 'in-force', 'replaced']),
  publishedAt: Instant,
  entries: Type.Array(AnnexEntry),
})
export const ToolState = Type.Object({
  state: oneOf(toolStates),
  message: Type.String(),
  since: Instant,
  recordedAt: Instant,
})

export const listTools = defineRoute({
  method: 'GET',
  path: '/tools',
  tag: 'Portail',
  summary: 'Les outils communs : finalité, données, conditions, engagements, documentation, état du service',
  needs: 'signed-in',
  reply: Type.Object({
    annex: Nullable(
      Type.Object(
        { number: Type.Integer(), inForceFrom: Instant },
        { description: 'La version de l’annexe 4 en vigueur' },
      ),
    ),
    items: Type.Array(
      Type.Object({
        tool: Tool,
        open: Type.Boolean({ description: 'Dans l’annexe 4 en vigueur' }),
        opensFrom: Nullable(Instant),
        closesAt: Nullable(Instant),
        purpose: Nullable(Type.String()),
        dataCategories: Type.Array(Type.String()),
        commitments: Nullable(Type.String()),
        documentationUrl: Nullable(Type.String()),
        cpu: Nullable(DocumentVersion),
        service: Nullable(ToolState),
        mine: Type.Boolean({ description: 'J’ai une habilitation en vigueur pour cet outil' }),
      }),
    ),
    allowed: Type.Array(oneOf(['publish', 'record-state'])),
  }),
})
export const listAnnex4 = defineRoute({
  method: 'GET',
  path: '/annex-4',
  tag: 'Portail',
  summary: 'Toutes les versions de l’annexe 4, la dernière d’abord',
  needs: 'signed-in',
  reply: Type.Object({ items: Type.Array(AnnexVersion), allowed: Type.Array(Type.Literal('publish')) }),
})
export const publishAnnex4 = defineRoute({
  method: 'POST',
  path: '/annex-4',
  tag: 'Portail',
  summary: 'Publier une version de l’annexe 4 : un outil qui n’y est plus perd ses habilitations ce jour-là',
  needs: 'role:administrateur',
  stepUp: true,
  body: Type.Object({
    inForceOn: Day,
    note: Text(500),
    entries: Type.Array(AnnexEntry, { minItems: 1, maxItems: tools.length }),
  }),
  reply: AnnexVersion,
  refusals: ['annex/tool-twice', 'conditions/date-past', 'conditions/date-before-last'],
})
export const recordToolState = defineRoute({
  method: 'POST',
  path: '/tools/:tool/states',
  tag: 'Portail',
  summary: 'Dire l’état du service d’un outil',
  needs: 'signed-in',
  params: Type.Object({ tool: Tool }),
  body: Type.Object({ state: oneOf(toolStates), message: Type.String({ maxLength: 500 }) }),
  reply: ToolState,
  refusals: ['access/role-required'],
})

export const listDocuments = defineRoute({
  method: 'GET',
  path: '/documents',
  tag: 'Portail',
  summary: 'Toutes les versions des conditions et des règles, dans l’ordre où elles prévalent, avec leurs dates',
  needs: 'signed-in',
  reply: Type.Object({ items: Type.Array(DocumentVersion), allowed: Type.Array(Type.Literal('publish')) }),
})
export const getDocument = defineRoute({
  method: 'GET',
  path: '/documents/:documentId',
  tag: 'Portail',
  summary: 'Le texte d’une version, en Markdown',
  needs: 'signed-in',
  params: Type.Object({ documentId: Id }),
  reply: Type.Object({ ...DocumentVersion.properties, body: Type.String(), acceptedAt: Nullable(Instant) }),
})
export const publishDocument = defineRoute({
  method: 'POST',
  path: '/documents',
  bodyLimit: 256 * 1024,
  tag: 'Portail',
  summary: 'Publier une version : elle sera demandée à chacun dès son jour d’effet',
  needs: 'role:administrateur',
  stepUp: true,
  body: Type.Object({
    kind: oneOf(documentKinds),
    tool: Nullable(Tool),
    title: Text(200),
    body: Text(100_000),
    inForceOn: Day,
  }),
  reply: DocumentVersion,
  refusals: [
    'conditions/tool-expected',
    'conditions/date-past',
    'conditions/date-before-last',
    'request/changed-meanwhile',
  ],
})

export const listConditions = defineRoute({
  method: 'GET',
  path: '/conditions',
  tag: 'Portail',
  summary: 'Les textes en vigueur qui me concernent, dans l’ordre où ils prévalent, et ce que j’en ai accepté',
  needs: 'signed-in',
  reply: Type.Object({
    items: Type.Array(
      Type.Object({ ...DocumentVersion.properties, body: Type.String(), acceptedAt: Nullable(Instant) }),
    ),
    toAccept: Type.Integer(),
  }),
})
export const acceptConditions = defineRoute({
  method: 'POST',
  path: '/acceptances',
  tag: 'Portail',
  summary: 'Accepter des textes en vigueur, chacun par son empreinte',
  needs: 'signed-in',
  body: Type.Object({
    documents: Type.Array(
      Type.Object(
        { documentId: Id, hash: Type.String({ maxLength: 64, pattern: '^[0-9a-f]{64}$' }) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 20 },
    ),
  }),
  reply: Type.Object({ accepted: Type.Integer(), toAccept: Type.Integer() }),
  refusals: ['conditions/not-in-force', 'conditions/text-changed', 'conditions/already-accepted'],
})
export const listAcceptances = defineRoute({
  method: 'GET',
  path: '/acceptances',
  tag: 'Portail',
  summary: 'Ce que j’ai accepté, quand, et l’empreinte du texte',
  needs: 'signed-in',
  reply: listOf(
    Type.Object({
      documentId: Id,
      kind: oneOf(documentKinds),
      tool: Nullable(Tool),
      version: Type.Integer(),
      title: Type.String(),
      hash: Type.String(),
      acceptedAt: Instant,
    }),
  ),
})

export const listMyRights = defineRoute({
  method: 'GET',
  path: '/my-rights',
  tag: 'Portail',
  summary: 'Mes habilitations, ce que chacune ouvre, ce qui lui manque et qui peut aider',
  needs: 'signed-in',
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        tool: Tool,
        profile: oneOf(profiles),
        territory: TerritoryRef,
        reason: Type.String(),
        since: Day,
        until: Nullable(Day),
        missing: Type.Array(oneOf(missingTerms)),
      }),
    ),
    accountManagers: Type.Array(PersonRef, { description: 'Responsables de gestion de comptes (RGC) de ma structure' }),
    trainingLeads: Type.Array(PersonRef),
    awareness: Type.Object({ lastOn: Nullable(Day), dueOn: Day, cuts: Type.Boolean() }),
    allowed: Type.Array(Type.Literal('follow-awareness')),
  }),
})

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
  query: Type.Object({ ...PageQuery, late: Type.Optional(Type.Boolean()) }),
  reply: Type.Object({
    ...listOf(AwarenessLine).properties,
    cuts: Type.Boolean({ description: 'Une sensibilisation dépassée coupe l’accès' }),
    allowed: Type.Array(oneOf(['record', 'set-policy'])),
  }),
  refusals: ['awareness/readers-only'],
})
export const recordAwareness = defineRoute({
  method: 'POST',
  path: '/awareness-records',
  tag: 'Portail',
  summary: 'Noter la sensibilisation d’une personne',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object({
    accountId: Id,
    doneOn: Day,
    modality: oneOf(awarenessModalities),
    title: Text(200),
    minutes: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 10_000 }))),
  }),
  reply: AwarenessLine,
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

export const AccessRequest = Type.Object({
  id: Id,
  organisation: OrganisationRef,
  by: PersonRef,
  people: Type.Integer({ description: 'Personnes à habiliter, en prévision' }),
  message: Type.String(),
  requestedAt: Instant,
  decision: Nullable(oneOf(['accepted', 'refused'])),
  decidedAt: Nullable(Instant),
  reason: Nullable(Type.String()),
  allowed: Type.Array(Type.Literal('decide')),
})
export const listAccessRequests = defineRoute({
  method: 'GET',
  path: '/access-requests',
  tag: 'Portail',
  summary: 'Les demandes d’accès à la plateforme, et qui peut en faire pour ma structure',
  needs: 'signed-in',
  reply: Type.Object({
    items: Type.Array(AccessRequest, { description: '200 au plus' }),
    designated: Nullable(Type.Object({ person: PersonRef, since: Instant })),
    candidates: Type.Array(PersonRef, {
      description: 'Pour le signataire : les comptes actifs de sa structure, 1000 au plus',
    }),
    allowed: Type.Array(oneOf(['request', 'designate'])),
  }),
})
export const designateRequester = defineRoute({
  method: 'POST',
  path: '/access-requesters',
  tag: 'Portail',
  summary: 'Désigner la personne qui demande l’accès pour la structure : elle remplace la précédente',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object({ accountId: Id }),
  reply: Type.Object({ person: PersonRef, since: Instant }),
  refusals: ['access-request/signatory-only', 'account/unknown'],
})
export const requestAccess = defineRoute({
  method: 'POST',
  path: '/access-requests',
  tag: 'Portail',
  summary: 'Demander l’accès de sa structure à la plateforme',
  needs: 'signed-in',
  body: Type.Object({
    people: Type.Integer({ minimum: 1, maximum: 100_000 }),
    message: Type.String({ maxLength: 1000 }),
  }),
  reply: Type.Object({ ...AccessRequest.properties, told: Told }),
  refusals: ['access-request/designated-only', 'access-request/pending'],
})
export const decideAccessRequest = defineRoute({
  method: 'POST',
  path: '/access-requests/:requestId/decision',
  tag: 'Portail',
  summary: 'Répondre à une demande d’accès',
  needs: 'role:administrateur',
  stepUp: true,
  params: Type.Object({ requestId: Id }),
  body: Type.Object({ decision: oneOf(['accepted', 'refused']), reason: Text(500) }),
  reply: AccessRequest,
  refusals: ['access-request/already-decided'],
})
