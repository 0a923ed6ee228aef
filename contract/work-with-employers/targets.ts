import { Type } from 'typebox'
import { Day, Id, Nullable, OrganisationRef, oneOf, PersonRef, Siret, TerritoryId } from '../common.ts'
import { defineRoute } from '../route.ts'
import { TargetFilter, TargetStatus } from './campaigns.ts'
import { nextActionKinds } from './exchanges.ts'

const CampaignParams = Type.Object({ campaignId: Id })
/** Counts of the targets, for filters, columns of a board and sharing out by zone or activity. */
export const countTargets = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/target-counts',
  tag: 'Campagnes',
  summary: 'Combien de cibles par état, par structure, par zone et par activité',
  needs: 'campagnes:consultation',
  params: CampaignParams,
  query: TargetFilter,
  reply: Type.Object({
    total: Type.Integer(),
    statuses: Type.Array(Type.Object({ status: TargetStatus, count: Type.Integer() })),
    organisations: Type.Array(Type.Object({ organisation: Nullable(OrganisationRef), count: Type.Integer() })),
    zones: Type.Array(
      Type.Object({
        zone: Nullable(Type.Union([TerritoryId, Type.String()])),
        name: Type.String(),
        count: Type.Integer(),
      }),
    ),
    activities: Type.Array(Type.Object({ code: Nullable(Type.String()), label: Type.String(), count: Type.Integer() })),
  }),
})
/** The next actions of a campaign's targets, over some weeks: what a calendar shows. */
export const listTargetActions = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/target-actions',
  tag: 'Campagnes',
  summary: 'Les prochaines actions prévues sur les cibles, d’un jour à l’autre',
  needs: 'campagnes:consultation',
  params: CampaignParams,
  query: Type.Object({ ...TargetFilter.properties, from: Day, to: Day }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        id: Id,
        siret: Siret,
        name: Nullable(Type.String()),
        status: TargetStatus,
        kind: oneOf(nextActionKinds),
        dueOn: Day,
        dueAt: Nullable(Type.String()),
        owner: PersonRef,
        late: Type.Boolean(),
      }),
    ),
    more: Type.Boolean({ description: 'Seules les 1 000 premières sont là' }),
  }),
})
/** What a map shows: degrees, `west` below `east`. */
const Frame = {
  south: Type.Number({ minimum: -90, maximum: 90 }),
  west: Type.Number({ minimum: -180, maximum: 180 }),
  north: Type.Number({ minimum: -90, maximum: 90 }),
  east: Type.Number({ minimum: -180, maximum: 180 }),
}
export const listTargetPoints = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/target-points',
  tag: 'Campagnes',
  summary: 'Où sont les cibles, pour une carte',
  needs: 'campagnes:consultation',
  params: CampaignParams,
  query: Type.Object({
    ...TargetFilter.properties,
    ...Type.Partial(Type.Object(Frame, { description: 'Cadre d’une carte' })).properties,
  }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        siret: Siret,
        name: Nullable(Type.String()),
        status: TargetStatus,
        lat: Type.Number(),
        lon: Type.Number(),
      }),
      { description: '5 000 au plus' },
    ),
    unplaced: Type.Integer({ description: 'Sans position connue' }),
    more: Type.Boolean(),
  }),
})
