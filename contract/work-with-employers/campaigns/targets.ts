import { Type } from 'typebox'
import {
  Day,
  Id,
  listOf,
  Nullable,
  OrganisationRef,
  oneOf,
  PageQuery,
  PersonRef,
  Siret,
  TerritoryId,
  Text,
} from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { EstablishmentLine } from '../../territory-and-register/establishments.ts'
import { CampaignParams } from './campaigns.ts'

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
  allowed: Type.Array(oneOf(['take', 'release', 'record', 'set-aside', 'put-back'])),
})

export const TargetParams = Type.Object({ campaignId: Id, siret: Siret })
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
