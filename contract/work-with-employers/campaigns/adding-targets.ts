import { Type } from 'typebox'
import { Nullable, oneOf, Siret, TerritoryId, Text } from '../../common.ts'
import { defineRoute, fileBodyLimit } from '../../route.ts'
import { Criteria } from '../../territory-and-register/criteria.ts'
import { EstablishmentLine, Size } from '../../territory-and-register/establishments.ts'
import { Campaign, CampaignParams } from './campaigns.ts'
import { conflictDecisions } from './conflicts.ts'

/**
 * What became of each pasted SIRET: added, already a target, outside the territory, unknown to the register, closed,
 * of a person who objects to its diffusion, marked « do not contact », or not a SIRET.
 */
export const targetOutcomes = [
  'added',
  'already-there',
  'outside-territory',
  'unknown',
  'closed',
  'objects',
  'do-not-contact',
  'not-a-siret',
] as const

const sirets = Type.Array(Type.String({ maxLength: 40 }), {
  minItems: 1,
  maxItems: 50000,
  description: 'Comme collés : espaces permis, une ligne chacun',
})
const Selection = Type.Union([
  Type.Object({ criteria: Criteria }, { additionalProperties: false }),
  Type.Object({ sirets }, { additionalProperties: false }),
])

/** What to do at once with those that are already held or were contacted: an open campaign has no later step. */
export const Decided = {
  held: Type.Optional(oneOf(conflictDecisions)),
  contacted: Type.Optional(oneOf(conflictDecisions)),
  beside: Type.Optional(oneOf(conflictDecisions)),
  reason: Type.Optional(Nullable(Text(300))),
}
const decided = Type.Optional(
  Type.Object(Decided, { description: 'D’une campagne ouverte : que faire de ceux qui sont déjà suivis' }),
)
const Addition = Type.Union([
  Type.Object({ criteria: Criteria, decided }, { additionalProperties: false }),
  Type.Object({ sirets, decided }, { additionalProperties: false }),
])

const Outcomes = Type.Object({
  counts: Type.Record(oneOf(targetOutcomes), Type.Integer()),
  lines: Type.Array(Type.Object({ line: Type.Integer(), text: Type.String(), outcome: oneOf(targetOutcomes) }), {
    description: 'Les lignes non ajoutées, 1 000 au plus',
  }),
})

/**
 * Where and what the establishments to add are: by territory inside the campaign's (communes when it is an EPCI), by
 * division of activity, by size. Largest first.
 */
const Breakdown = Type.Object({
  zones: Type.Array(Type.Object({ territoryId: Nullable(TerritoryId), name: Type.String(), count: Type.Integer() })),
  sectors: Type.Array(Type.Object({ code: Type.String(), label: Type.String(), count: Type.Integer() })),
  sizes: Type.Array(Type.Object({ size: Size, count: Type.Integer() })),
})

export const previewTargets = defineRoute({
  method: 'POST',
  path: '/campaigns/:campaignId/targets/preview',
  bodyLimit: fileBodyLimit,
  tag: 'Campagnes',
  summary: 'Combien d’établissements, un échantillon et les conflits, sans rien écrire',
  needs: 'campagnes:pilote',
  params: CampaignParams,
  body: Selection,
  reply: Type.Object({
    count: Type.Integer(),
    sample: Type.Array(EstablishmentLine),
    conflicts: Type.Object({ held: Type.Integer(), contacted: Type.Integer(), beside: Type.Integer() }),
    budgetSpent: Type.Integer({
      description: 'Pour qui il ne reste plus de sollicitation ce mois-là, ou le mois du début',
    }),
    outcomes: Outcomes,
    breakdown: Breakdown,
    points: Type.Array(
      Type.Object({ siret: Siret, name: Nullable(Type.String()), lat: Type.Number(), lon: Type.Number() }),
      { description: 'Pour une carte : 1 000 au plus, tirés de l’ensemble' },
    ),
  }),
  refusals: [
    'campaign/pilot-only',
    'campaign/not-draft',
    'campaign/too-many-targets',
    'access/outside-perimeter',
    'access/no-grant',
    'territory/unknown',
  ],
})

export const addTargets = defineRoute({
  method: 'POST',
  path: '/campaigns/:campaignId/targets',
  bodyLimit: fileBodyLimit,
  tag: 'Campagnes',
  summary: 'Ajouter des cibles par critères ou par SIRET, à un brouillon ou à une campagne ouverte',
  needs: 'campagnes:pilote',
  params: CampaignParams,
  body: Addition,
  reply: Type.Object({ outcomes: Outcomes, campaign: Campaign }),
  refusals: [
    'campaign/pilot-only',
    'campaign/not-draft',
    'campaign/too-many-targets',
    'access/outside-perimeter',
    'access/no-grant',
    'territory/unknown',
    'campaign/period-over',
    'campaign/undecided-conflicts',
    'campaign/meeting-fixed',
    'campaign/reason-required',
    'campaign/decision-impossible',
    'session/step-up-required',
  ],
})
