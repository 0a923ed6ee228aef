import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, PersonRef, Siret, TerritoryId } from '../common.ts'
import { defineRoute } from '../route.ts'
import { Closed } from '../territory-and-register/establishments.ts'
import { Campaign, Target, TargetFilter, TargetStatus, targetGroupings } from './campaigns.ts'
import { nextActionKinds } from './exchanges.ts'
import { Recipient, sharingKinds } from './sharing/reading.ts'

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
/** The list folded: how many targets each group has, none of them read. */
export const listTargetGroups = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/target-groups',
  tag: 'Campagnes',
  summary: 'Les cibles regroupées par état, commune, structure ou personne : combien dans chaque groupe',
  needs: 'campagnes:consultation',
  params: CampaignParams,
  query: Type.Object({ ...TargetFilter.properties, group: oneOf(targetGroupings) }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        of: Nullable(Type.String({ description: 'À donner à la liste des cibles' })),
        name: Nullable(Type.String()),
        count: Type.Integer(),
      }),
      { description: '300 au plus' },
    ),
    more: Type.Boolean(),
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
        closed: Closed,
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
        closed: Closed,
        lat: Type.Number(),
        lon: Type.Number(),
      }),
      { description: '5 000 au plus' },
    ),
    unplaced: Type.Integer({ description: 'Sans position connue' }),
    more: Type.Boolean(),
  }),
})

/** What a campaign did with an employer: it joined with the opening or later, changed hands, left, came back. */
export const campaignTurns = [
  'entered',
  'assigned',
  'set-aside',
  'put-back',
  'closed',
  'reopened',
  'campaign-closed',
] as const
/** One line of the history of an employer. */
export const CampaignLine = Type.Object({
  id: Id,
  siret: Siret,
  establishmentName: Nullable(Type.String()),
  campaign: Type.Object({ id: Id, name: Type.String() }),
  day: Day,
  at: Instant,
  turn: oneOf(campaignTurns),
  organisation: Type.Union([OrganisationRef, Type.Null()], {
    description: 'De qui c’est l’acte, ou qui s’en occupe depuis ; null : le répertoire',
  }),
  assignment: Nullable(
    Type.Object({
      by: Nullable(PersonRef),
      how: Nullable(oneOf(sharingKinds)),
      from: Nullable(Recipient),
      to: Nullable(Recipient),
    }),
  ),
})

export const listTargetsAt = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/targets',
  tag: 'Campagnes',
  summary: 'Ce que chaque campagne fait d’un établissement : où il en est, et qui s’en occupe',
  needs: 'campagnes:consultation',
  params: Type.Object({ siret: Siret }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        campaign: Type.Pick(Campaign, ['id', 'name', 'status', 'pilot', 'startsOn', 'endsOn']),
        target: Type.Pick(Target, [
          'status',
          'setAsideReason',
          'closedResult',
          'assignedTo',
          'takenBy',
          'lastContact',
          'contactCount',
        ]),
      }),
      { description: 'La dernière à commencer d’abord, 50 au plus' },
    ),
    more: Type.Boolean(),
  }),
})
