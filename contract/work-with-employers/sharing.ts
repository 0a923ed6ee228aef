import { Type } from 'typebox'
import { Id, Nullable, oneOf, TerritoryId, Text } from '../common.ts'
import { defineRoute } from '../route.ts'
import { BulkWork } from './bulk-works.ts'
import { Recipient } from './sharing/reading.ts'
import { TargetSelection } from './sharing/target-selection.ts'
import { OverrunReason } from './solicitations.ts'

export * from './sharing/reading.ts'

export const RecipientKey = Type.Object(
  { organisationId: Id, accountId: Type.Optional(Nullable(Id)) },
  { additionalProperties: false },
)
const Recipients = Type.Array(RecipientKey, { minItems: 1, maxItems: 300 })

export const SharingMethod = Type.Union([
  Type.Object({ kind: Type.Literal('main'), to: RecipientKey }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('charge'), to: Recipients }, { additionalProperties: false }),
  Type.Object(
    {
      kind: Type.Literal('zone'),
      zones: Type.Array(
        Type.Object(
          {
            zone: Type.Union([
              TerritoryId,
              Type.String({ maxLength: 5, pattern: '^\\d[\\dAB]\\d{3}$', description: 'Code de commune' }),
            ]),
            to: Recipients,
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 500 },
      ),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('activite'),
      activities: Type.Array(
        Type.Object(
          { code: Type.String({ maxLength: 8, pattern: '^([A-V]|\\d{2}(\\.\\d{1,2}[A-Z]?)?)$' }), to: Recipients },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 200 },
      ),
    },
    { additionalProperties: false },
  ),
  Type.Object({ kind: Type.Literal('referent') }, { additionalProperties: false }),
])
/** What one would have: open targets before and after, and how many of these are new to them. */
export const SharingLine = Type.Object({
  to: Recipient,
  before: Type.Integer(),
  received: Type.Integer(),
  given: Type.Integer({ description: 'Rendues : passées à d’autres' }),
  after: Type.Integer(),
})
const CampaignParams = Type.Object({ campaignId: Id })
const SharingParams = Type.Object({ campaignId: Id, sharingId: Id })

export const listRecipients = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/recipients',
  tag: 'Répartition',
  summary: 'À qui des cibles peuvent être confiées, et ce que chacun en a déjà',
  needs: 'campagnes:responsable',
  params: CampaignParams,
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        ...Recipient.properties,
        load: Type.Integer({ description: 'Cibles ouvertes, toutes campagnes ouvertes' }),
      }),
    ),
    scope: oneOf(['campaign', 'organisation']),
  }),
  refusals: ['sharing/leads-only'],
})
/** Those treated or set aside are never shared out. */
export const simulateSharing = defineRoute({
  method: 'POST',
  path: '/campaigns/:campaignId/sharings',
  bodyLimit: 512 * 1024,
  tag: 'Répartition',
  summary: 'Simuler une répartition : combien chacun aurait, sans rien changer aux cibles',
  needs: 'campagnes:responsable',
  params: CampaignParams,
  body: Type.Object({ which: TargetSelection, how: SharingMethod }),
  reply: Type.Object({
    id: Id,
    chosen: Type.Integer(),
    planned: Type.Integer({ description: 'Changeraient de mains' }),
    unchanged: Type.Integer({ description: 'Resteraient à qui les a déjà' }),
    unplaced: Type.Integer({ description: 'Personne ne peut les recevoir : hors des périmètres, ou sans référent' }),
    notToContact: Type.Integer({ description: 'Laissées où elles sont : marquées « ne pas contacter »' }),
    beyondBudget: Type.Integer({
      description: 'Dépasseraient le budget de sollicitations : répartir demande un motif',
    }),
    lines: Type.Array(SharingLine),
  }),
  refusals: ['sharing/leads-only', 'sharing/recipient-unknown', 'campaign/not-open', 'territory/unknown'],
})
export const confirmSharing = defineRoute({
  method: 'POST',
  path: '/campaigns/:campaignId/sharings/:sharingId/confirm',
  tag: 'Répartition',
  summary:
    'Faire la répartition simulée, aussitôt ou en un travail long : ce qui a bougé entre-temps est laissé, et dit',
  needs: 'campagnes:responsable',
  params: SharingParams,
  body: Type.Object({ reason: Type.Optional(Nullable(Text(300))), beyondBudget: Type.Optional(OverrunReason) }),
  reply: BulkWork,
  refusals: [
    'solicitations/reason-needed',
    'sharing/leads-only',
    'sharing/already-done',
    'sharing/stale',
    'campaign/not-open',
  ],
})
export const undoSharing = defineRoute({
  method: 'POST',
  path: '/campaigns/:campaignId/sharings/:sharingId/undo',
  tag: 'Répartition',
  summary:
    'Annuler une répartition de moins de 90 jours : ce qui n’a pas été travaillé depuis revient à qui l’avait. Le travail devient le vôtre',
  needs: 'campagnes:responsable',
  params: SharingParams,
  reply: BulkWork,
  refusals: ['sharing/leads-only', 'sharing/already-undone', 'campaign/not-open'],
})
