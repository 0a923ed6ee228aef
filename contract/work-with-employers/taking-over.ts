import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, PersonRef, TerritoryId, TerritoryRef } from '../common.ts'
import { defineRoute } from '../route.ts'

const tag = 'Travail à reprendre'
/**
 * `no-access`: suspended, contract over, right ended or inactive; which one is not told. `no-pilot`: of a structure under
 * convention, nobody of which can pilot that campaign.
 */
export const awayReasons = ['departed', 'no-access', 'absent', 'convention-over', 'no-pilot'] as const
/**
 * `needs`: those one follows or took; `campaign`: whom it has as a lead; `piloting`: nobody of whose pilot can pilot it,
 * for a member that can; `task-force`: whose pilot’s convention is over, the same of the task force of a CLPE.
 */
export const workKinds = ['targets', 'next-actions', 'needs', 'campaign', 'piloting', 'task-force'] as const

const Campaign = Type.Object({ id: Id, name: Type.String() })
/**
 * Targets are told by campaign; next actions together, and needs; each campaign the person answers for by itself.
 * With its piloting goes what a former pilot whose convention is over holds in it; another stays a member, and keeps it.
 */
const PartKey = Type.Object({
  kind: oneOf(workKinds),
  campaignId: Nullable(Id),
  clpeId: Type.Optional(TerritoryId),
})
export const WorkPart = Type.Object({
  kind: oneOf(workKinds),
  campaign: Nullable(Campaign),
  /** Of a task force. */
  clpe: Nullable(TerritoryRef),
  count: Type.Integer(),
  /** Of next actions: those already late, and the day of the first. */
  late: Type.Integer(),
  firstDueOn: Nullable(Day),
})
export const WaitingWork = Type.Object({
  organisation: OrganisationRef,
  /** Null for a structure whose convention is over, or which has no pilot: its people are not named. */
  person: Nullable(PersonRef),
  why: oneOf(awayReasons),
  /** The last day of an absence. */
  awayUntil: Nullable(Day),
  parts: Type.Array(WorkPart),
})

export const listWorkToTakeOver = defineRoute({
  method: 'GET',
  path: '/work-to-take-over',
  tag,
  summary: 'Ce qui attend : cibles, actions, besoins, campagnes et task forces de qui est parti, absent ou sans accès',
  needs: 'campagnes:responsable',
  query: Type.Object({
    recipients: Type.Optional(
      Type.Boolean({ description: 'Non : sans les collègues qui peuvent le reprendre, plus longs à lire' }),
    ),
  }),
  reply: Type.Object({
    items: Type.Array(WaitingWork),
    recipients: Type.Array(PersonRef, {
      description: 'Mes collègues présents et habilités, moi compris ; aucun s’ils ne sont pas demandés',
    }),
  }),
})

export const takeWorkOver = defineRoute({
  method: 'POST',
  path: '/work-to-take-over/take',
  tag,
  summary: 'Reprendre tout ou partie du travail de quelqu’un, pour soi ou pour un collègue',
  needs: 'campagnes:responsable',
  body: Type.Object({
    organisationId: Id,
    accountId: Nullable(Id),
    toAccountId: Id,
    parts: Nullable(Type.Array(PartKey, { minItems: 1, maxItems: 500 })),
  }),
  reply: Type.Object({
    targets: Type.Integer(),
    nextActions: Type.Integer(),
    needs: Type.Integer(),
    campaigns: Type.Integer(),
    taskForces: Type.Integer(),
    /** What still waits of it: where the colleague is not entitled. */
    left: Type.Integer(),
    /** By which it may be given back: only targets and next actions of a colleague went, or campaigns without a pilot. */
    passedAt: Type.Optional(Instant),
  }),
  refusals: [
    'taking-over/nothing-left',
    'taking-over/taken-by-another',
    'taking-over/recipient-away',
    'taking-over/recipient-elsewhere',
  ],
})

/** By whoever passed it; what was worked since stays with who has it. */
export const giveWorkBack = defineRoute({
  method: 'POST',
  path: '/work-to-take-over/give-back',
  tag,
  summary: 'Rendre à un collègue ce que l’on vient de reprendre ou de confier par erreur',
  needs: 'campagnes:responsable',
  body: Type.Object({ accountId: Id, toAccountId: Id, passedAt: Instant }),
  reply: Type.Object({ targets: Type.Integer(), nextActions: Type.Integer() }),
  refusals: ['taking-over/nothing-to-give-back'],
})

/** By whoever took them over, within a day; a campaign that was changed since stays where it is. */
export const giveCampaignsBack = defineRoute({
  method: 'POST',
  path: '/work-to-take-over/give-campaigns-back',
  tag,
  summary: 'Rendre à une structure le pilotage des campagnes que l’on vient de reprendre par erreur',
  needs: 'campagnes:pilote',
  body: Type.Object({ organisationId: Id, passedAt: Instant }),
  reply: Type.Object({ campaigns: Type.Integer() }),
  refusals: ['taking-over/nothing-to-give-back'],
})
