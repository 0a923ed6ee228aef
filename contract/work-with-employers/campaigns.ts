import { Type } from 'typebox'
import {
  Day,
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
  TerritoryRef,
  Text,
} from '../common.ts'
import { defineRoute, fileBodyLimit } from '../route.ts'
import { Criteria, EstablishmentLine, Size } from '../territory-and-register/establishments.ts'

export const campaignStatuses = ['draft', 'open', 'closed', 'archived'] as const
export const CampaignStatus = oneOf(campaignStatuses)
export const purposes = ['prospection', 'fidelisation'] as const
export const Purpose = oneOf(purposes)
export const campaignActions = [
  'edit',
  'add-targets',
  'decide-conflicts',
  'open',
  'close',
  'reopen',
  'archive',
  'duplicate',
  'work-targets',
] as const
/** The steps of a preparation that are remembered; what follows the choice of establishments is told by the counts. */
export const draftSteps = ['objet', 'equipe', 'objectifs', 'etablissements'] as const
/** What a campaign can aim at in figures: establishments contacted, exchanges, meetings set, needs detected. */
export const goalKinds = ['etablissements-contactes', 'echanges', 'rendez-vous', 'besoins'] as const
export const Goal = Type.Object({ kind: oneOf(goalKinds), value: Type.Integer({ minimum: 1, maximum: 1_000_000 }) })

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
  goals: Type.Array(Goal, { description: 'Les objectifs chiffrés, un par sorte' }),
  counts: Type.Object({
    targets: Type.Integer(),
    contacted: Type.Integer(),
    undecided: Nullable(
      Type.Integer({ description: 'Conflits à trancher d’un brouillon ; absent des listes, qui ne les comptent pas' }),
    ),
  }),
  step: Type.Enum([...draftSteps], { description: 'L’étape où la préparation en est' }),
  openedAt: Nullable(Instant),
  closedAt: Nullable(Instant),
  version: Type.Integer(),
  allowed: Type.Array(oneOf(campaignActions)),
})
const CampaignInput = Type.Object({
  name: Text(120),
  purpose: Purpose,
  description: Type.Optional(Nullable(Text(2000))),
  territoryId: TerritoryId,
  startsOn: Day,
  endsOn: Day,
  memberIds: Type.Array(Id, { maxItems: 100, uniqueItems: true }),
  contactDelayDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 365, default: 30 })),
  leadIds: Type.Optional(Type.Array(Id, { maxItems: 20, uniqueItems: true })),
  goals: Type.Optional(Type.Array(Goal, { maxItems: goalKinds.length })),
  step: Type.Optional(oneOf(draftSteps)),
})
const CampaignParams = Type.Object({ campaignId: Id })

export const listCampaigns = defineRoute({
  method: 'GET',
  path: '/campaigns',
  tag: 'Campagnes',
  summary: 'Les campagnes de mon périmètre dont ma structure est membre',
  needs: 'campagnes:consultation',
  query: Type.Object({ status: Type.Optional(CampaignStatus), siret: Type.Optional(Siret), ...PageQuery }),
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
    name: Text(120),
    startsOn: Day,
    endsOn: Day,
    withTargets: Type.Optional(
      Type.Boolean({
        description: 'Reprendre aussi les cibles qui n’ont pas été mises de côté, et sont encore au registre',
      }),
    ),
  }),
  refusals: ['access/outside-perimeter', 'campaign/period-reversed', 'campaign/period-over'],
})

/**
 * What became of each pasted SIRET: added, already a target, outside the territory, unknown to the register, closed, or
 * not a SIRET.
 */
export const targetOutcomes = [
  'added',
  'already-there',
  'outside-territory',
  'unknown',
  'closed',
  'not-a-siret',
] as const
const Selection = Type.Union([
  Type.Object({ criteria: Criteria }, { additionalProperties: false }),
  Type.Object(
    {
      sirets: Type.Array(Type.String({ maxLength: 40 }), {
        minItems: 1,
        maxItems: 50000,
        description: 'Comme collés : espaces permis, une ligne chacun',
      }),
    },
    { additionalProperties: false },
  ),
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
    conflicts: Type.Object({ held: Type.Integer(), contacted: Type.Integer() }),
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
    'territory/unknown',
  ],
})
export const addTargets = defineRoute({
  method: 'POST',
  path: '/campaigns/:campaignId/targets',
  bodyLimit: fileBodyLimit,
  tag: 'Campagnes',
  summary: 'Ajouter des cibles par critères ou par SIRET',
  needs: 'campagnes:pilote',
  params: CampaignParams,
  body: Selection,
  reply: Type.Object({ outcomes: Outcomes, campaign: Campaign }),
  refusals: [
    'campaign/pilot-only',
    'campaign/not-draft',
    'campaign/too-many-targets',
    'access/outside-perimeter',
    'territory/unknown',
  ],
})

export const targetStatuses = [
  'a-contacter',
  'prise-en-charge',
  'en-cours',
  'rendez-vous',
  'besoin',
  'traite',
  'ecarte',
] as const
export const TargetStatus = oneOf(targetStatuses)
export const Target = Type.Object({
  establishment: EstablishmentLine,
  status: TargetStatus,
  shared: Type.Boolean(),
  setAsideReason: Nullable(Type.String()),
  /** To which organisation it was entrusted, whether or not one of its people takes care of it yet (CAM-4). */
  assignedTo: Nullable(OrganisationRef),
  takenBy: Nullable(PersonRef),
  nextAction: Nullable(
    Type.Object(
      {
        kind: oneOf(['rappel', 'visite', 'rendez-vous', 'envoi-information', 'transmission']),
        dueOn: Day,
        dueAt: Nullable(Type.String()),
        owner: PersonRef,
      },
      { description: 'La plus proche prévue dans cette campagne, pour ce que l’on peut lire' },
    ),
  ),
  lastContact: Nullable(Type.Object({ organisation: OrganisationRef, occurredOn: Day })),
  contactCount: Type.Integer(),
  allowed: Type.Array(oneOf(['take', 'release', 'record', 'set-aside'])),
})
const TargetParams = Type.Object({ campaignId: Id, siret: Siret })
/** Which targets: the same filter for a list, a board, a calendar, a map and a sharing out. */
export const TargetFilter = Type.Object({
  status: Type.Optional(TargetStatus),
  mine: Type.Optional(Type.Boolean()),
  q: Type.Optional(Text(80)),
  free: Type.Optional(Type.Boolean({ description: 'Confiées à personne' })),
  organisation: Type.Optional(
    Type.String({ format: 'uuid', description: 'Confiées à cette structure, ou prises par ses conseillers' }),
  ),
  territory: Type.Optional(TerritoryId),
  commune: Type.Optional(Type.String({ maxLength: 5 })),
  activity: Type.Optional(Type.String({ maxLength: 8, pattern: '^([A-V]|\\d{2}(\\.\\d{1,2}[A-Z]?)?)$' })),
})
export const listTargets = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/targets',
  tag: 'Campagnes',
  summary: 'Les cibles d’une campagne',
  needs: 'campagnes:consultation',
  params: CampaignParams,
  query: Type.Object({ ...TargetFilter.properties, ...PageQuery }),
  reply: listOf(Target),
})
const targetAct = <const P extends string>(verb: P, summary: string) => ({
  method: 'POST' as const,
  path: `/campaigns/:campaignId/targets/:siret/${verb}` as const,
  tag: 'Campagnes',
  summary,
  params: TargetParams,
  reply: Target,
})
export const takeTarget = defineRoute({
  ...targetAct('take', 'Prendre une cible en charge : les autres membres voient que l’on s’en occupe'),
  needs: 'campagnes:conseiller',
  refusals: [
    'campaign/not-open',
    'campaign/member-advisors-only',
    'target/taken-by-other',
    'target/assigned-to-other',
    'target/set-aside',
    'access/outside-perimeter',
  ],
})
export const releaseTarget = defineRoute({
  ...targetAct('release', 'Rendre une cible prise en charge'),
  needs: 'campagnes:conseiller',
  refusals: ['campaign/not-open', 'campaign/member-advisors-only', 'target/taken-by-other'],
})
export const setTargetAside = defineRoute({
  ...targetAct('set-aside', 'Mettre une cible de côté, avec un motif'),
  needs: 'campagnes:pilote',
  body: Type.Object({ reason: Text(300) }),
  refusals: ['campaign/pilot-only', 'campaign/wrong-status', 'target/set-aside'],
})

export const conflictKinds = ['held', 'contacted'] as const
export const conflictDecisions = ['leave', 'share', 'take'] as const
export const Conflict = Type.Object({
  establishment: EstablishmentLine,
  kind: oneOf(conflictKinds),
  /** Who holds or contacted it. What one may not read shows as organisation and date only (CAM-3). */
  organisation: OrganisationRef,
  on: Day,
  campaign: Nullable(Type.Object({ id: Id, name: Type.String() })),
  decision: Nullable(oneOf(conflictDecisions)),
  reason: Nullable(Type.String()),
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
const Decision = { decision: oneOf(conflictDecisions), reason: Type.Optional(Nullable(Text(300))) }
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
  reply: Type.Object({ decided: Type.Integer(), undecided: Type.Integer() }),
  refusals: ['campaign/pilot-only', 'campaign/not-draft', 'campaign/reason-required', 'campaign/decision-impossible'],
})
const lifecycle = <const V extends string>(verb: V, summary: string) => ({
  method: 'POST' as const,
  path: `/campaigns/:campaignId/${verb}` as const,
  tag: 'Campagnes',
  summary,
  needs: 'campagnes:pilote' as const,
  params: CampaignParams,
  reply: Campaign,
})
export const openCampaign = defineRoute({
  ...lifecycle('open', 'Ouvrir la campagne : ses cibles lui sont réservées pour sa période'),
  refusals: [
    'campaign/pilot-only',
    'campaign/wrong-status',
    'campaign/no-target',
    'campaign/period-over',
    'campaign/undecided-conflicts',
    'session/step-up-required',
  ],
})
export const closeCampaign = defineRoute({
  ...lifecycle('close', 'Clore la campagne : ses cibles sont libérées'),
  refusals: ['campaign/pilot-only', 'campaign/wrong-status'],
})
export const reopenCampaign = defineRoute({
  ...lifecycle('reopen', 'Rouvrir une campagne close'),
  refusals: [
    'campaign/pilot-only',
    'campaign/wrong-status',
    'campaign/period-over',
    'campaign/undecided-conflicts',
    'session/step-up-required',
  ],
})
export const archiveCampaign = defineRoute({
  ...lifecycle('archive', 'Archiver une campagne close'),
  refusals: ['campaign/pilot-only', 'campaign/wrong-status'],
})
