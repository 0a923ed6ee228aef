import { Type } from 'typebox'
import { Day, Id, listOf, Nullable, OrganisationRef, oneOf, PageQuery, Siret, Text } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { EstablishmentLine } from '../../territory-and-register/establishments.ts'
import { CampaignParams } from './campaigns.ts'

/** `beside`: another establishment of the company is held or was contacted, and this one is neither. */
export const conflictKinds = ['held', 'contacted', 'beside'] as const
export const conflictDecisions = ['leave', 'share', 'take'] as const
export const Conflict = Type.Object({
  establishment: EstablishmentLine,
  kind: oneOf(conflictKinds),
  /** Who holds or contacted it. What one may not read shows as organisation and date only (CAM-3). */
  organisation: OrganisationRef,
  on: Day,
  held: Type.Boolean({ description: 'Tenu jusqu’à ce jour ; sinon, contacté ce jour-là' }),
  campaign: Nullable(Type.Object({ id: Id, name: Type.String() })),
  decision: Nullable(oneOf(conflictDecisions)),
  reason: Nullable(Type.String()),
})

/** Of a campaign that would be prolonged or reopened: those it would meet until then. */
const Until = Type.String({
  format: 'date',
  description: 'Le dernier jour voulu d’une campagne à prolonger ou à rouvrir',
})

export const listConflicts = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/conflicts',
  tag: 'Campagnes',
  summary: 'Les cibles déjà tenues par une campagne ouverte ou contactées récemment',
  needs: 'campagnes:pilote',
  params: CampaignParams,
  query: Type.Object({
    undecided: Type.Optional(Type.Boolean()),
    kind: Type.Optional(oneOf(conflictKinds)),
    until: Type.Optional(Until),
    ...PageQuery,
  }),
  /**
   * Counts are of establishments: one that two campaigns hold in turn is two items, is counted in the group of each,
   * and once in `total` and `byKind`.
   */
  reply: Type.Object({
    ...listOf(Conflict).properties,
    groups: Type.Array(
      Type.Object({
        kind: oneOf(conflictKinds),
        organisation: OrganisationRef,
        campaignName: Nullable(Type.String()),
        count: Type.Integer(),
        undecided: Type.Integer(),
      }),
    ),
    byKind: Type.Array(Type.Object({ kind: oneOf(conflictKinds), count: Type.Integer(), undecided: Type.Integer() })),
  }),
  refusals: ['campaign/pilot-only'],
})

const Decision = {
  decision: oneOf(conflictDecisions),
  reason: Type.Optional(Nullable(Text(300))),
  until: Type.Optional(Until),
}
export const decideConflicts = defineRoute({
  method: 'POST',
  path: '/campaigns/:campaignId/conflicts/decide',
  tag: 'Campagnes',
  summary: 'Laisser, partager ou prendre, un par un ou par règle',
  needs: 'campagnes:pilote',
  params: CampaignParams,
  body: Type.Union([
    Type.Object(
      { sirets: Type.Array(Siret, { minItems: 1, maxItems: 1000, uniqueItems: true }), ...Decision },
      { additionalProperties: false },
    ),
    Type.Object(
      { rule: Type.Object({ kind: oneOf(conflictKinds), organisationId: Type.Optional(Id) }), ...Decision },
      { additionalProperties: false },
    ),
  ]),
  reply: Type.Object({
    decided: Type.Integer(),
    undecided: Type.Integer(),
    awaiting: Type.Integer({ description: 'Pris, mais qui attendent l’accord de qui y a fixé un rendez-vous' }),
  }),
  refusals: [
    'campaign/pilot-only',
    'campaign/not-draft',
    'campaign/not-open',
    'campaign/reason-required',
    'campaign/decision-impossible',
  ],
})
