import { Type } from 'typebox'
import {
  Day,
  Email,
  Id,
  Instant,
  listOf,
  Nullable,
  OrganisationRef,
  oneOf,
  PageQuery,
  PersonRef,
  Text,
} from '../common.ts'
import { defineRoute } from '../route.ts'

export const Purge = Type.Object({
  on: Day,
  table: Type.String({ description: 'La table de la base de données' }),
  what: Type.String({ description: 'Ce que sont ses lignes, en français' }),
  category: Type.String({ description: 'La catégorie de données, en français' }),
  keptFor: Type.String({ description: 'Le délai appliqué, comme durée ISO 8601 ; P0D : au départ de la personne' }),
  since: Type.String({ description: 'De quand court ce délai, en français' }),
  organisation: Nullable(OrganisationRef),
  erased: Type.Integer({ minimum: 0, description: 'Lignes effacées' }),
  held: Type.Integer({ minimum: 0, description: 'Lignes à leur terme, qu’une suspension garde' }),
})
/** From each of these days, and to each; one before the other. */
export const PurgeFilter = { from: Type.Optional(Day), to: Type.Optional(Day) }

export const listPurges = defineRoute({
  method: 'GET',
  path: '/purges',
  tag: 'Données personnelles',
  summary:
    'Ce que les tâches d’effacement ont effacé, par jour, par table et par structure, le dernier jour d’abord : de sa structure et de ce qui n’est d’aucune ; de toutes pour le DPD de l’opérateur',
  needs: 'signed-in',
  query: Type.Object({ ...PurgeFilter, ...PageQuery }),
  reply: listOf(Purge),
  refusals: ['retention/dpd-only', 'retention/period-reversed'],
})

/** The kinds of data that a hold may cover: each a key of endings.ts, whose purge keeps what is held. */
export const holdable = [
  'absences',
  'address',
  'bulk-works',
  'departed',
  'drafts',
  'employer-lines',
  'handings',
  'hiring-rejects',
  'imports',
  'inactivity',
  'mails',
  'notifications',
  'proposals',
  'recalls',
  'release',
  'rights-requests',
  'satisfaction',
  'service-rejects',
  'sessions',
  'trail',
  'uploads',
  'view-watches',
] as const
/** Of no structure, or kept whole: the operator’s officer alone holds them. */
export const operatorHolds: readonly (typeof holdable)[number][] = [
  'hiring-rejects',
  'satisfaction',
  'service-rejects',
  'trail',
]
export const holdStates = ['in-force', 'ended'] as const

export const LegalHold = Type.Object({
  id: Id,
  ending: Nullable(oneOf(holdable)),
  account: Nullable(PersonRef),
  organisation: Nullable(OrganisationRef),
  reason: Type.String(),
  until: Nullable(Day),
  placedAt: Instant,
  placedBy: OrganisationRef,
  lifted: Nullable(Type.Object({ at: Instant, reason: Type.String() })),
  state: oneOf(holdStates),
  allowed: Type.Array(oneOf(['lift'])),
})
const HoldParams = Type.Object({ holdId: Id })
const tag = 'Données personnelles'

export const listLegalHolds = defineRoute({
  method: 'GET',
  path: '/legal-holds',
  tag,
  summary:
    'Les suspensions d’effacement, la dernière d’abord : celles qui gardent des données de sa structure ou de toutes ; toutes pour le DPD de l’opérateur',
  needs: 'signed-in',
  query: Type.Object({ state: oneOf(holdStates), ...PageQuery }),
  reply: listOf(LegalHold),
  refusals: ['retention/dpd-only'],
})
export const placeLegalHold = defineRoute({
  method: 'POST',
  path: '/legal-holds',
  tag,
  summary:
    'Suspendre l’effacement d’une sorte de données de sa structure (de toutes, pour le DPD de l’opérateur), ou de ce qui est gardé d’un compte',
  needs: 'signed-in',
  body: Type.Object(
    {
      ending: Type.Optional(Nullable(oneOf(holdable))),
      email: Type.Optional(Nullable(Email)),
      reason: Text(500),
      until: Type.Optional(Nullable(Day)),
    },
    { additionalProperties: false },
  ),
  reply: LegalHold,
  refusals: [
    'retention/dpd-only',
    'legal-hold/one-scope',
    'legal-hold/operator-only',
    'legal-hold/nobody-found',
    'legal-hold/day-past',
    'legal-hold/already-held',
  ],
})
export const liftLegalHold = defineRoute({
  method: 'POST',
  path: '/legal-holds/:holdId/lift',
  tag,
  summary:
    'Lever une suspension d’effacement que sa structure a décidée : ce qui était à son terme s’efface au plus tard la nuit suivante',
  needs: 'signed-in',
  params: HoldParams,
  body: Type.Object({ reason: Text(500) }, { additionalProperties: false }),
  reply: LegalHold,
  refusals: ['retention/dpd-only', 'legal-hold/not-yours', 'legal-hold/ended'],
})
