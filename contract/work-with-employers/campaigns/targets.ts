import { type Static, Type } from 'typebox'
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
import { OverrunReason } from '../solicitations.ts'
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
export const targetStatusLabels: Record<(typeof targetStatuses)[number], string> = {
  'a-contacter': 'à contacter',
  'prise-en-charge': 'prise en charge',
  'en-cours': 'en cours',
  'rendez-vous': 'rendez-vous',
  besoin: 'besoin',
  traite: 'traitée',
  ecarte: 'mise de côté',
}

/** The results that close a target (leadsTo): a contact hears one, or the pilot says it of many. */
export const closingResults = ['pas-de-besoin', 'refus', 'ferme', 'deja-suivi'] as const
export const ClosingResult = oneOf(closingResults)

export const TargetStatus = oneOf(targetStatuses)
export const Target = Type.Object({
  establishment: EstablishmentLine,
  status: TargetStatus,
  shared: Type.Boolean({
    description: 'Cette campagne a choisi de la partager, sans la retenir, et une autre l’a encore à travailler',
  }),
  sharedWith: Nullable(
    Type.Object(
      {
        campaigns: Type.Array(Type.Object({ id: Id, name: Type.String() })),
        unread: Type.Boolean({ description: 'Aussi une campagne que l’on ne lit pas, pour qui lit la fiche' }),
      },
      { description: 'Les autres campagnes ouvertes qui la travaillent aussi, quelle que soit celle qui l’a décidé' },
    ),
  ),
  setAsideReason: Nullable(Type.String()),
  /** What the pilot closed it for, without a contact. */
  closedResult: Nullable(ClosingResult),
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
  phone: Nullable(
    Type.String({ description: 'Du dernier interlocuteur renseigné, E.164 ; pour qui a pris la cible en charge' }),
  ),
  allowed: Type.Array(oneOf(['take', 'release', 'record', 'set-aside', 'put-back'])),
})

/** Who else works a target, in words: whoever decided to share it without reading the card knows no more than that. */
export const sharedNames = ({ shared, sharedWith }: Pick<Static<typeof Target>, 'shared' | 'sharedWith'>): string[] => {
  if (!sharedWith) return shared ? ['une autre campagne'] : []
  const { campaigns, unread } = sharedWith
  return [...campaigns.map(({ name }) => `« ${name} »`), ...(unread ? ['une campagne que vous ne lisez pas'] : [])]
}

/** Asked again of an employer not to be contacted (EST-10). */
export const Despite = Type.Optional(
  Type.Boolean({ description: 'Même si l’établissement est marqué « ne pas contacter »' }),
)
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

/** By SIRET without one of these; never contacted and longest untouched first, soonest action first. */
export const targetSorts = [
  'siret',
  'name',
  'town',
  'status',
  'holder',
  'action',
  'contact',
  'headcount',
  'size',
  'nature',
] as const
/** Each, and the same turned round; what has nothing to compare comes last then too. */
export const targetOrders = [...targetSorts, ...targetSorts.map(sort => `-${sort}` as const)] as const
/** Groups that a list is folded into: what all the targets of one have alike. */
export const targetGroupings = ['status', 'commune', 'organisation', 'holder'] as const
export const listTargets = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/targets',
  tag: 'Campagnes',
  summary: 'Les cibles d’une campagne',
  needs: 'campagnes:consultation',
  params: CampaignParams,
  query: Type.Object({
    ...TargetFilter.properties,
    sort: Type.Optional(oneOf(targetOrders)),
    group: Type.Optional(oneOf(targetGroupings)),
    of: Type.Optional(
      Type.String({ maxLength: 36, description: 'Ce groupe seul ; sans lui, celui de « group » qui n’a rien' }),
    ),
    ...PageQuery,
  }),
  reply: listOf(Target),
  revealsPersons: { kind: 'list' },
})

const targetAct = <const P extends string>(verb: P, summary: string) => ({
  method: 'POST' as const,
  path: `/campaigns/:campaignId/targets/:siret/${verb}` as const,
  tag: 'Campagnes',
  summary,
  params: TargetParams,
  reply: Target,
})

const takeRefusals = [
  'campaign/not-open',
  'campaign/member-advisors-only',
  'target/taken-by-other',
  'target/assigned-to-other',
  'target/set-aside',
  'target/do-not-contact',
  'access/outside-perimeter',
] as const
export const takeTarget = defineRoute({
  ...targetAct('take', 'Prendre une cible en charge : les autres membres voient que l’on s’en occupe'),
  revealsPersons: { kind: 'establishment', by: 'siret' },
  needs: 'campagnes:conseiller',
  query: Type.Object({ despite: Despite }),
  refusals: [...takeRefusals, 'solicitations/spent'],
})
/** The reason stands in a body: addresses are logged. */
export const takeTargetBeyond = defineRoute({
  ...targetAct('take-beyond-budget', 'Prendre une cible en charge alors qu’il ne reste plus de sollicitation'),
  revealsPersons: { kind: 'establishment', by: 'siret' },
  needs: 'campagnes:conseiller',
  query: Type.Object({ despite: Despite }),
  body: Type.Object({ reason: OverrunReason }),
  refusals: takeRefusals,
})

export const releaseTarget = defineRoute({
  ...targetAct('release', 'Rendre une cible prise en charge'),
  refusalReveals: { kind: 'establishment', by: 'siret' },
  needs: 'campagnes:conseiller',
  refusals: ['campaign/not-open', 'campaign/member-advisors-only', 'target/taken-by-other'],
})

export const setTargetAside = defineRoute({
  ...targetAct('set-aside', 'Mettre une cible de côté, avec un motif'),
  refusalReveals: { kind: 'establishment', by: 'siret' },
  needs: 'campagnes:pilote',
  body: Type.Object({ reason: Text(300) }),
  refusals: ['campaign/pilot-only', 'campaign/wrong-status', 'target/set-aside'],
})
