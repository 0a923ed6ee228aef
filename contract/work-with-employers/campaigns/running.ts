import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, Text } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { Decided } from './adding-targets.ts'
import { Campaign, CampaignParams, Goal, goalKinds } from './campaigns.ts'
import { Despite, Target, TargetParams } from './targets.ts'

/** What changes in a campaign once it is open (CAM-15), and the line of what happened to it. */
const running = { tag: 'Campagnes', needs: 'campagnes:pilote', params: CampaignParams, reply: Campaign } as const

export const changePeriod = defineRoute({
  ...running,
  method: 'PUT',
  path: '/campaigns/:campaignId/period',
  summary: 'Prolonger ou raccourcir une campagne ouverte : tout est retenu jusqu’au nouveau dernier jour, ou rien',
  body: Type.Object({ endsOn: Day }),
  versioned: true,
  refusals: [
    'campaign/pilot-only',
    'campaign/not-open',
    'campaign/period-over',
    'campaign/period-reversed',
    'campaign/period-too-long',
    'campaign/undecided-conflicts',
    'campaign/meeting-fixed',
    'session/step-up-required',
  ],
})

export const correctCampaign = defineRoute({
  ...running,
  method: 'PUT',
  path: '/campaigns/:campaignId/presentation',
  summary: 'Corriger la description, les objectifs et les responsables d’une campagne ouverte',
  body: Type.Object({
    description: Nullable(Text(2000)),
    goals: Type.Array(Goal, { maxItems: goalKinds.length }),
    leadIds: Type.Array(Id, { maxItems: 20, uniqueItems: true }),
  }),
  versioned: true,
  refusals: ['campaign/pilot-only', 'campaign/not-open', 'campaign/lead-not-entitled', 'campaign/goal-twice'],
})

export const addMember = defineRoute({
  ...running,
  method: 'POST',
  path: '/campaigns/:campaignId/members',
  summary: 'Ajouter une structure membre à une campagne ouverte',
  body: Type.Object({ organisationId: Id }),
  refusals: ['campaign/pilot-only', 'campaign/not-open', 'organisation/unknown', 'campaign/already-member'],
})

export const removeMember = defineRoute({
  ...running,
  method: 'POST',
  path: '/campaigns/:campaignId/members/:organisationId/leave',
  summary: 'Une structure quitte une campagne ouverte : ce qu’elle tenait redevient à prendre, l’historique reste',
  params: Type.Object({ ...CampaignParams.properties, organisationId: Id }),
  reply: Type.Object({ campaign: Campaign, released: Type.Integer() }),
  refusals: ['campaign/pilot-only', 'campaign/not-open', 'campaign/not-member', 'campaign/pilot-stays'],
})

export const listSuccessors = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/successors',
  tag: 'Campagnes',
  summary: 'Les structures membres qui peuvent piloter la campagne : un pilote y est habilité sur tout son territoire',
  needs: 'campagnes:pilote',
  params: CampaignParams,
  reply: Type.Object({ items: Type.Array(OrganisationRef) }),
  refusals: ['campaign/pilot-only'],
})

export const handOverCampaign = defineRoute({
  ...running,
  method: 'POST',
  path: '/campaigns/:campaignId/hand-over',
  summary: 'Confier le pilotage à une structure membre',
  body: Type.Object({ organisationId: Id }),
  stepUp: true,
  refusals: ['campaign/pilot-only', 'campaign/wrong-status', 'campaign/not-member', 'campaign/cannot-pilot'],
})

export const putTargetBack = defineRoute({
  ...running,
  method: 'POST',
  path: '/campaigns/:campaignId/targets/:siret/put-back',
  summary: 'Remettre parmi les cibles un établissement mis de côté : il est réservé de nouveau',
  params: TargetParams,
  body: Type.Object({ ...Decided, despite: Despite }),
  reply: Target,
  refusalReveals: { kind: 'establishment', by: 'siret' },
  refusals: [
    'campaign/pilot-only',
    'campaign/wrong-status',
    'campaign/period-over',
    'target/not-set-aside',
    'target/do-not-contact',
    'target/objects-to-diffusion',
    'campaign/undecided-conflicts',
    'campaign/meeting-fixed',
    'campaign/reason-required',
    'campaign/decision-impossible',
    'session/step-up-required',
  ],
})

/** `corrected`: its description, goals or leads. */
export const campaignEventKinds = [
  'opened',
  'closed',
  'reopened',
  'archived',
  'period',
  'corrected',
  'member-added',
  'member-left',
  'targets-added',
  'target-put-back',
  'handed-over',
  'register-closed',
  'register-moved',
  'register-objects',
  'register-restored',
] as const

export const listCampaignEvents = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/events',
  tag: 'Campagnes',
  summary: 'Ce qui est arrivé à une campagne depuis son ouverture, le plus récent d’abord',
  needs: 'campagnes:consultation',
  params: CampaignParams,
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        id: Id,
        at: Instant,
        kind: oneOf(campaignEventKinds),
        by: Nullable(OrganisationRef),
        /** The last day before and after, of a period that moved. */
        endedOn: Nullable(Day),
        endsOn: Nullable(Day),
        /** Whom it is about: a member, a pilot. */
        organisation: Nullable(OrganisationRef),
        targets: Nullable(Type.Integer()),
      }),
      { description: '200 au plus' },
    ),
  }),
})
