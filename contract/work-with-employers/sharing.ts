import { Type } from 'typebox'
import {
  Id,
  Instant,
  listOf,
  Nullable,
  OrganisationRef,
  oneOf,
  PageQuery,
  PersonRef,
  Siret,
  TerritoryId,
  Text,
} from '../common.ts'
import { defineRoute } from '../route.ts'
import { EstablishmentLine } from '../territory-and-register/establishments.ts'
import { TargetFilter } from './campaigns.ts'

/** How targets are shared out: all to one, evenly by load, by zone, by activity, to who knows the employer. */
export const sharingKinds = ['main', 'charge', 'zone', 'activite', 'referent'] as const

/** An organisation, or a person of one's own. */
export const Recipient = Type.Object({ organisation: OrganisationRef, person: Nullable(PersonRef) })
export const RecipientKey = Type.Object(
  { organisationId: Id, accountId: Type.Optional(Nullable(Id)) },
  { additionalProperties: false },
)
const Recipients = Type.Array(RecipientKey, { minItems: 1, maxItems: 300 })

/** Which targets: some, or all that a filter finds but these. Those treated or set aside are never shared out. */
export const SharingSelection = Type.Union([
  Type.Object(
    { sirets: Type.Array(Siret, { minItems: 1, maxItems: 5000, uniqueItems: true }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { filter: TargetFilter, except: Type.Optional(Type.Array(Siret, { maxItems: 5000, uniqueItems: true })) },
    { additionalProperties: false },
  ),
])
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
export const Sharing = Type.Object({
  id: Id,
  how: oneOf(sharingKinds),
  by: PersonRef,
  withinOrganisation: Nullable(OrganisationRef),
  reason: Nullable(Type.String()),
  doneAt: Instant,
  moved: Type.Integer(),
  undoneAt: Nullable(Instant),
  undoneBy: Nullable(PersonRef),
  restored: Nullable(Type.Integer()),
  allowed: Type.Array(Type.Literal('undo')),
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
export const simulateSharing = defineRoute({
  method: 'POST',
  path: '/campaigns/:campaignId/sharings',
  bodyLimit: 512 * 1024,
  tag: 'Répartition',
  summary: 'Simuler une répartition : combien chacun aurait, sans rien changer aux cibles',
  needs: 'campagnes:responsable',
  params: CampaignParams,
  body: Type.Object({ which: SharingSelection, how: SharingMethod }),
  reply: Type.Object({
    id: Id,
    chosen: Type.Integer(),
    planned: Type.Integer({ description: 'Changeraient de mains' }),
    unchanged: Type.Integer({ description: 'Resteraient à qui les a déjà' }),
    unplaced: Type.Integer({ description: 'Personne ne peut les recevoir : hors des périmètres, ou sans référent' }),
    lines: Type.Array(SharingLine),
  }),
  refusals: ['sharing/leads-only', 'sharing/recipient-unknown', 'campaign/not-open', 'territory/unknown'],
})
export const confirmSharing = defineRoute({
  method: 'POST',
  path: '/campaigns/:campaignId/sharings/:sharingId/confirm',
  tag: 'Répartition',
  summary: 'Faire la répartition simulée : ce qui a bougé entre-temps est laissé, et dit',
  needs: 'campagnes:responsable',
  params: SharingParams,
  body: Type.Object({ reason: Type.Optional(Nullable(Text(300))) }),
  reply: Type.Object({
    sharing: Sharing,
    left: Type.Integer(),
    leftItems: Type.Array(EstablishmentLine, { description: 'Celles qui ont bougé entre-temps, 200 au plus' }),
  }),
  refusals: ['sharing/leads-only', 'sharing/already-done', 'sharing/stale', 'campaign/not-open'],
})
/** Why a target stays as it is when the sharing out is undone. */
export const keptReasons = ['passed-on', 'worked', 'set-aside'] as const
export const undoSharing = defineRoute({
  method: 'POST',
  path: '/campaigns/:campaignId/sharings/:sharingId/undo',
  tag: 'Répartition',
  summary: 'Annuler une répartition : ce qui n’a pas été travaillé depuis revient à qui l’avait',
  needs: 'campagnes:responsable',
  params: SharingParams,
  reply: Type.Object({
    sharing: Sharing,
    kept: Type.Integer(),
    keptItems: Type.Array(Type.Object({ establishment: EstablishmentLine, because: oneOf(keptReasons) }), {
      description: '200 au plus',
    }),
  }),
  refusals: ['sharing/leads-only', 'sharing/already-undone', 'campaign/not-open'],
})
export const listSharings = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/sharings',
  tag: 'Répartition',
  summary: 'Les répartitions faites, la dernière d’abord',
  needs: 'campagnes:consultation',
  params: CampaignParams,
  query: Type.Object(PageQuery),
  reply: Type.Object({ ...listOf(Sharing).properties, allowed: Type.Array(Type.Literal('share-out')) }),
})
export const listAssignments = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/targets/:siret/assignments',
  tag: 'Répartition',
  summary: 'Qui s’est occupé de cette cible : quand, de qui à qui, pourquoi',
  needs: 'campagnes:consultation',
  params: Type.Object({ campaignId: Id, siret: Siret }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        at: Instant,
        by: PersonRef,
        how: Nullable(oneOf(sharingKinds)),
        reason: Nullable(Type.String()),
        undone: Type.Boolean(),
        from: Nullable(Recipient),
        to: Nullable(Recipient),
      }),
      { description: 'La plus récente d’abord, 100 au plus' },
    ),
  }),
})
