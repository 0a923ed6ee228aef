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
  TerritoryId,
  TerritoryRef,
  Text,
} from '../common.ts'
import { defineRoute, profiles, tools } from '../route.ts'
import { anomalyKinds } from './anomalies.ts'
import { departures } from './people.ts'

export const reviewDecisions = ['keep', 'reduce', 'suspend', 'delete'] as const

const ReviewParams = Type.Object({ reviewId: Id })
export const ReviewLine = Type.Object({
  id: Id,
  person: PersonRef,
  function: Type.String(),
  attachment: oneOf(['agent', 'delegate', 'contractor']),
  status: oneOf(['active', 'suspended', 'blocked', 'deleted']),
  contractEndsOn: Nullable(Day),
  lastActAt: Nullable(Instant),
  /** Null: the line is of the account itself. */
  grant: Nullable(
    Type.Object({
      id: Id,
      tool: oneOf(tools),
      profile: oneOf(profiles),
      territory: Nullable(TerritoryRef),
      agency: Nullable(Type.Object({ id: Id, name: Type.String() })),
      grantedAt: Instant,
      lastUsedOn: Nullable(Day),
    }),
  ),
  anomalies: Type.Array(Type.Object({ kind: oneOf(anomalyKinds), openedAt: Nullable(Instant) }), {
    description:
      'Ce que la revue a trouvé à son début, et depuis quand ; sans date avant que les anomalies ne soient datées',
  }),
  decision: Nullable(oneOf(reviewDecisions)),
  toProfile: Nullable(oneOf(profiles)),
  toTerritory: Nullable(TerritoryRef),
  reason: Nullable(Type.String()),
  decidedAt: Nullable(Instant),
  decidedBy: Nullable(PersonRef),
  allowed: Type.Array(oneOf(reviewDecisions), {
    description: 'Ce que l’on peut décider ici ; vide quand un autre doit décider',
  }),
  /** The people who decide, when the viewer may not: another account manager, or the signatory. */
  waitsFor: Nullable(oneOf(['other-manager', 'signatory'])),
})
export const Review = Type.Object({
  id: Id,
  organisation: OrganisationRef,
  dueOn: Day,
  startedAt: Instant,
  startedBy: PersonRef,
  closedAt: Nullable(Instant),
  closedBy: Nullable(PersonRef),
  reportDigest: Nullable(Type.String({ description: 'sha256 du rapport CSV' })),
  accounts: Type.Integer(),
  lines: Type.Integer(),
  undecided: Type.Integer(),
  anomaliesUndecided: Type.Integer(),
  keepable: Type.Integer({ description: 'Sans anomalie, à décider, et que l’on peut décider soi-même' }),
  decided: Type.Object({
    keep: Type.Integer(),
    reduce: Type.Integer(),
    suspend: Type.Integer(),
    delete: Type.Integer(),
  }),
  since: Type.Object(
    { accounts: Type.Array(PersonRef), grants: Type.Integer() },
    { description: 'Arrivés après le début de la revue : ils n’en font pas partie' },
  ),
  allowed: Type.Array(oneOf(['keep-all', 'close'])),
})
/** Where a structure stands with its review. */
export const ReviewDue = Type.Object({
  organisation: OrganisationRef,
  dueOn: Nullable(Day),
  late: Type.Boolean(),
  lastClosedAt: Nullable(Instant),
  open: Nullable(Type.Object({ id: Id, startedAt: Instant, undecided: Type.Integer() })),
  allowed: Type.Array(Type.Literal('start')),
})

export const listReviewsDue = defineRoute({
  method: 'GET',
  path: '/reviews/due',
  tag: 'Revue des accès',
  summary: 'Les revues à faire, en cours ou en retard : celle de sa structure, ou toutes pour l’opérateur',
  needs: 'signed-in',
  query: Type.Object({ ...PageQuery, late: Type.Optional(Type.Boolean()) }),
  reply: listOf(ReviewDue),
  refusals: ['access/role-required'],
})
export const listReviews = defineRoute({
  method: 'GET',
  path: '/reviews',
  tag: 'Revue des accès',
  summary: 'Les revues de sa structure, la dernière d’abord',
  needs: 'signed-in',
  query: Type.Object({ organisationId: Type.Optional(Id) }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        id: Id,
        organisation: OrganisationRef,
        dueOn: Day,
        startedAt: Instant,
        closedAt: Nullable(Instant),
        closedBy: Nullable(PersonRef),
      }),
      { description: '50 au plus' },
    ),
  }),
  refusals: ['access/role-required'],
})
export const startReview = defineRoute({
  method: 'POST',
  path: '/reviews',
  tag: 'Revue des accès',
  summary: 'Commencer la revue : les comptes et les habilitations du moment sont figés',
  needs: 'role:rgc',
  stepUp: true,
  reply: Review,
  refusals: ['review/already-open'],
})
export const getReview = defineRoute({
  method: 'GET',
  path: '/reviews/:reviewId',
  tag: 'Revue des accès',
  summary: 'Où en est la revue',
  needs: 'signed-in',
  params: ReviewParams,
  reply: Review,
})
export const listReviewLines = defineRoute({
  method: 'GET',
  path: '/reviews/:reviewId/lines',
  tag: 'Revue des accès',
  summary: 'Les lignes de la revue, les anomalies d’abord',
  needs: 'signed-in',
  params: ReviewParams,
  query: Type.Object({
    ...PageQuery,
    q: Type.Optional(Type.String({ maxLength: 100 })),
    anomaly: Type.Optional(oneOf(anomalyKinds)),
    which: Type.Optional(oneOf(['undecided', 'anomalies', 'decided'])),
  }),
  reply: listOf(ReviewLine),
})
export const decideReviewLines = defineRoute({
  method: 'POST',
  path: '/reviews/:reviewId/decisions',
  tag: 'Revue des accès',
  summary: 'Décider de lignes : ce qui est à corriger l’est aussitôt',
  needs: 'signed-in',
  stepUp: true,
  params: ReviewParams,
  body: Type.Object({
    lineIds: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }),
    decision: oneOf(reviewDecisions),
    toProfile: Type.Optional(oneOf(profiles)),
    toTerritoryId: Type.Optional(TerritoryId),
    cause: Type.Optional(oneOf(departures)),
    reason: Type.Optional(Nullable(Text(300))),
  }),
  reply: Type.Object({ items: Type.Array(ReviewLine), review: Review }),
  refusals: [
    'review/closed',
    'review/line-unknown',
    'review/decision-impossible',
    'review/reason-required',
    'review/already-corrected',
    'grant/own',
    'grant/already',
    'grant/not-yours-to-decide',
    'grant/duties-needed',
    'territory/beyond-structure',
    'person/still-manager',
    'security/last-officer',
    'access/role-required',
  ],
})
export const keepReviewLines = defineRoute({
  method: 'POST',
  path: '/reviews/:reviewId/keep-all',
  tag: 'Revue des accès',
  summary: 'Maintenir tout ce qui est sans anomalie et reste à décider',
  needs: 'role:rgc',
  stepUp: true,
  params: ReviewParams,
  reply: Type.Object({ kept: Type.Integer(), review: Review }),
  refusals: ['review/closed'],
})
export const closeReview = defineRoute({
  method: 'POST',
  path: '/reviews/:reviewId/close',
  tag: 'Revue des accès',
  summary: 'Clore et signer la revue, une fois tout décidé',
  needs: 'role:rgc',
  stepUp: true,
  params: ReviewParams,
  reply: Review,
  refusals: ['review/closed', 'review/undecided'],
})
export const setReviewRhythm = defineRoute({
  method: 'POST',
  path: '/reviews/rhythm',
  tag: 'Revue des accès',
  summary: 'Fixer le rythme des revues, une fois par an au moins',
  needs: 'role:administrateur',
  stepUp: true,
  body: Type.Object({ months: Type.Integer({ minimum: 1, maximum: 12 }) }),
  reply: Type.Object({ months: Type.Integer(), inForceFrom: Instant }),
})
