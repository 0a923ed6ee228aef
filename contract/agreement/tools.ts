import { Type } from 'typebox'
import { Day, Id, Instant, listOf, Nullable, OrganisationRef, oneOf, PersonRef, TerritoryRef, Text } from '../common.ts'
import { Told } from '../notices.ts'
import { defineRoute, missingTerms, profiles, tools } from '../route.ts'
import { Cancelled, DocumentVersion, documentKinds, versionStates } from './texts.ts'

export const toolStates = ['disponible', 'perturbe', 'indisponible', 'maintenance'] as const
const Tool = oneOf(tools)

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
  state: oneOf(versionStates),
  publishedAt: Instant,
  cancelled: Nullable(Cancelled),
  entries: Type.Array(AnnexEntry),
  allowed: Type.Array(Type.Literal('cancel')),
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
    withdraws: Type.Optional(
      Type.Array(Tool, {
        maxItems: tools.length,
        description: 'Les outils que l’on sait retirer, nommés un par un : sans quoi aucun n’est retiré',
      }),
    ),
  }),
  reply: Type.Object({
    ...AnnexVersion.properties,
    grantsEnded: Type.Integer({ description: 'Habilitations qui ont pris fin à cet instant' }),
    partners: Type.Integer({ description: 'Structures à qui un courriel est écrit' }),
  }),
  refusals: [
    'annex/tool-twice',
    'annex/withdrawal-unconfirmed',
    'conditions/date-past',
    'conditions/date-before-last',
    'request/changed-meanwhile',
  ],
})
export const weighAnnex4 = defineRoute({
  method: 'GET',
  path: '/annex-4/effects',
  tag: 'Portail',
  summary: 'Avant de publier : combien d’habilitations et de personnes chaque outil porte aujourd’hui',
  needs: 'role:administrateur',
  reply: listOf(Type.Object({ tool: Tool, grants: Type.Integer(), people: Type.Integer() })),
})
export const listPublications = defineRoute({
  method: 'GET',
  path: '/publications',
  tag: 'Portail',
  summary:
    'Ce que l’opérateur doit encore publier pour que les habilitations s’ouvrent, dans l’ordre : textes, puis annexe 4',
  needs: 'role:administrateur',
  reply: listOf(
    Type.Object({
      what: oneOf([...documentKinds, 'annex-4']),
      tool: Nullable(Tool),
      comesOn: Nullable(Instant),
    }),
  ),
})
export const cancelAnnex4 = defineRoute({
  method: 'POST',
  path: '/annex-4/:versionId/cancellation',
  tag: 'Portail',
  summary:
    'Annuler la dernière version de l’annexe 4, à venir ou en vigueur depuis moins d’un jour : les outils qu’elle retirait sont rouverts, avec les habilitations que ce retrait avait closes',
  needs: 'role:administrateur',
  stepUp: true,
  params: Type.Object({ versionId: Id }),
  body: Type.Object({ reason: Text(500) }),
  reply: Type.Object({
    ...AnnexVersion.properties,
    grantsRestored: Type.Integer(),
    grantsEnded: Type.Integer(),
    partners: Type.Integer(),
  }),
  refusals: ['conditions/cancelled', 'annex/cancel-too-late', 'annex/not-last'],
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
  /** What an accepted one leads to: the convention to prepare, or the accounts to open under it. */
  next: Nullable(oneOf(['convention', 'accounts'])),
  allowed: Type.Array(Type.Literal('decide')),
})
export const listAccessRequests = defineRoute({
  method: 'GET',
  path: '/access-requests',
  tag: 'Portail',
  summary: 'Les demandes d’accès à la plateforme, et qui peut en faire pour ma structure',
  needs: 'signed-in',
  reply: Type.Object({
    items: Type.Array(AccessRequest, {
      description: 'Celles qui attendent, toutes ; puis les autres, 200 au plus en tout',
    }),
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
  reply: Type.Object({ ...AccessRequest.properties, told: Nullable(Told) }),
  refusals: ['access-request/already-decided'],
})
