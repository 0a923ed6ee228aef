import { Type } from 'typebox'
import { Day, Id, Instant, listOf, Nullable, oneOf, PersonRef, TerritoryRef, Text } from '../common.ts'
import { categories, defineRoute, missingTerms, profiles, tools } from '../route.ts'
import { Cancelled, DocumentVersion, documentKinds, versionStates } from './texts.ts'

export const toolStates = ['disponible', 'perturbe', 'indisponible', 'maintenance'] as const
const Tool = oneOf(tools)
const DataCategory = oneOf(categories)

export const AnnexEntry = Type.Object(
  {
    tool: Tool,
    purpose: Text(500),
    dataCategories: Type.Array(Text(200), {
      minItems: 1,
      maxItems: 30,
      description: 'Les mots de l’annexe : ils expliquent, et n’ouvrent rien',
    }),
    categories: Type.Array(DataCategory, {
      maxItems: categories.length,
      uniqueItems: true,
      description: 'Les catégories de données ouvertes, par leur code ; les autres sont fermées',
    }),
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
        categories: Type.Array(DataCategory, { description: 'Ouvertes par l’annexe 4 en vigueur' }),
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
    closes: Type.Optional(
      Type.Array(DataCategory, {
        maxItems: categories.length,
        description:
          'Les catégories de données que l’on sait fermer, nommées une par une : sans quoi aucune n’est fermée',
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
    'annex/category-of-another-tool',
    'annex/closing-unconfirmed',
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
