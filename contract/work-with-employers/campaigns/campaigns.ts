import { Type } from 'typebox'
import {
  Day,
  Id,
  Instant,
  Line,
  listOf,
  Nullable,
  OrganisationRef,
  oneOf,
  PageQuery,
  PersonRef,
  Siret,
  TerritoryId,
  TerritoryRef,
  Text,
} from '../../common.ts'
import { defineRoute } from '../../route.ts'

export const campaignStatuses = ['draft', 'open', 'closed', 'archived'] as const
export const CampaignStatus = oneOf(campaignStatuses)
export const purposes = ['prospection', 'fidelisation'] as const
export const Purpose = oneOf(purposes)
/** From the first to the last day, both counted: a campaign holds its establishments for its period, a year at most. */
export const mostCampaignDays = 366
export const campaignActions = [
  'edit',
  'add-targets',
  'decide-conflicts',
  'open',
  'change-period',
  'correct',
  'change-members',
  'hand-over',
  'close',
  'reopen',
  'archive',
  'duplicate',
  'work-targets',
] as const
/** The steps of a preparation that are remembered; what follows the choice of establishments is told by the counts. */
export const draftSteps = ['objet', 'equipe', 'objectifs', 'etablissements'] as const
/** What a campaign can aim at in figures: establishments contacted, exchanges, meetings set, needs detected. */
export const goalKinds = [
  'etablissements-contactes',
  'interlocuteurs-joints',
  'echanges',
  'rendez-vous',
  'besoins',
  'embauches',
] as const
export const Goal = Type.Object({ kind: oneOf(goalKinds), value: Type.Integer({ minimum: 1, maximum: 1_000_000 }) })

/** Whether what is done at another establishment of the company is a conflict too (EST-12). */
export const conflictScopes = ['establishment', 'company'] as const

export const Campaign = Type.Object({
  id: Id,
  name: Type.String(),
  purpose: Purpose,
  description: Nullable(Type.String()),
  territory: TerritoryRef,
  startsOn: Day,
  endsOn: Day,
  status: CampaignStatus,
  pilot: OrganisationRef,
  members: Type.Array(OrganisationRef),
  leads: Type.Array(PersonRef, { description: 'Les responsables : à qui s’adresser ; ce titre n’ouvre aucun droit' }),
  /** An establishment contacted by the network less than this many days ago is a conflict (CAM-3). */
  contactDelayDays: Type.Integer(),
  conflictScope: Type.Enum([...conflictScopes], {
    description: 'Un conflit se pèse par établissement, ou pour toute l’entreprise (SIREN)',
  }),
  goals: Type.Array(Goal, { description: 'Les objectifs chiffrés, un par sorte' }),
  counts: Type.Object({
    targets: Type.Integer(),
    contacted: Type.Integer(),
    undecided: Nullable(
      Type.Integer({ description: 'Conflits à trancher d’un brouillon ; absent des listes, qui ne les comptent pas' }),
    ),
  }),
  step: Type.Enum([...draftSteps], { description: 'L’étape où la préparation en est' }),
  createdAt: Instant,
  createdBy: PersonRef,
  openedAt: Nullable(Instant),
  closedAt: Nullable(Instant),
  closesOn: Nullable(
    Type.String({ format: 'date', description: 'Le jour où elle se clora d’elle-même, une fois annoncé' }),
  ),
  version: Type.Integer(),
  allowed: Type.Array(oneOf(campaignActions)),
})
const CampaignInput = Type.Object({
  name: Line(120),
  purpose: Purpose,
  description: Type.Optional(Nullable(Text(2000))),
  territoryId: TerritoryId,
  startsOn: Day,
  endsOn: Day,
  memberIds: Type.Array(Id, { maxItems: 100, uniqueItems: true }),
  contactDelayDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 365, default: 30 })),
  conflictScope: Type.Optional(oneOf(conflictScopes)),
  leadIds: Type.Optional(Type.Array(Id, { maxItems: 20, uniqueItems: true })),
  goals: Type.Optional(Type.Array(Goal, { maxItems: goalKinds.length })),
  step: Type.Optional(oneOf(draftSteps)),
})
export const CampaignParams = Type.Object({ campaignId: Id })

/** `start`: the latest to start first, as among equals of each other order. `end`: the first to end first. */
export const campaignSorts = ['start', 'name', 'purpose', 'territory', 'end', 'pilot', 'status', 'progress'] as const
/** Each, and the same turned round. */
export const campaignOrders = [...campaignSorts, ...campaignSorts.map(sort => `-${sort}` as const)] as const
export const listCampaigns = defineRoute({
  method: 'GET',
  path: '/campaigns',
  tag: 'Campagnes',
  summary: 'Les campagnes de mon périmètre dont ma structure est membre',
  needs: 'campagnes:consultation',
  query: Type.Object({
    status: Type.Optional(CampaignStatus),
    siret: Type.Optional(Siret),
    sort: Type.Optional(oneOf(campaignOrders)),
    ...PageQuery,
  }),
  reply: Type.Object({ ...listOf(Campaign).properties, allowed: Type.Array(Type.Literal('create')) }),
})
export const getCampaign = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId',
  tag: 'Campagnes',
  summary: 'Une campagne',
  needs: 'campagnes:consultation',
  params: CampaignParams,
  reply: Campaign,
  versioned: true,
})
export const createCampaign = defineRoute({
  method: 'POST',
  path: '/campaigns',
  tag: 'Campagnes',
  summary: 'Préparer une campagne (brouillon)',
  needs: 'campagnes:pilote',
  body: CampaignInput,
  reply: Campaign,
  versioned: true,
  refusals: [
    'access/outside-perimeter',
    'territory/unknown',
    'organisation/unknown',
    'campaign/period-reversed',
    'campaign/period-too-long',
    'campaign/period-over',
    'campaign/lead-not-entitled',
    'campaign/goal-twice',
  ],
})
export const editCampaign = defineRoute({
  method: 'PUT',
  path: '/campaigns/:campaignId',
  tag: 'Campagnes',
  summary: 'Modifier un brouillon',
  needs: 'campagnes:pilote',
  params: CampaignParams,
  body: CampaignInput,
  reply: Campaign,
  versioned: true,
  refusals: [
    'campaign/pilot-only',
    'campaign/not-draft',
    'access/outside-perimeter',
    'territory/unknown',
    'organisation/unknown',
    'campaign/period-reversed',
    'campaign/period-too-long',
    'campaign/period-over',
    'campaign/lead-not-entitled',
    'campaign/goal-twice',
  ],
})
export const listLeadCandidates = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/lead-candidates',
  tag: 'Campagnes',
  summary: 'Qui peut être responsable d’un brouillon : profil « responsable » ou « pilote » dans une structure membre',
  needs: 'campagnes:pilote',
  params: CampaignParams,
  query: Type.Object({ q: Type.Optional(Text(80)) }),
  reply: Type.Object({
    items: Type.Array(Type.Object({ ...PersonRef.properties, function: Type.String(), organisation: Type.String() }), {
      description: '50 au plus, par nom',
    }),
  }),
  refusals: ['campaign/pilot-only'],
})
export const duplicateCampaign = defineRoute({
  method: 'POST',
  path: '/campaigns/:campaignId/duplicate',
  tag: 'Campagnes',
  summary: 'Préparer un brouillon semblable, à d’autres dates',
  needs: 'campagnes:pilote',
  params: CampaignParams,
  reply: Campaign,
  versioned: true,
  body: Type.Object({
    name: Line(120),
    startsOn: Day,
    endsOn: Day,
    withTargets: Type.Optional(
      Type.Boolean({
        description: 'Reprendre aussi les cibles qui n’ont pas été mises de côté, et sont encore au registre',
      }),
    ),
  }),
  refusals: [
    'access/outside-perimeter',
    'campaign/period-reversed',
    'campaign/period-too-long',
    'campaign/period-over',
  ],
})
