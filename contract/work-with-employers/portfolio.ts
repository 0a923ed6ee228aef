import { Type } from 'typebox'
import { Day, Id, Instant, listOf, Nullable, OrganisationRef, oneOf, PageQuery, Siret } from '../common.ts'
import { defineRoute } from '../route.ts'
import { Closed, EstablishmentLine } from '../territory-and-register/establishments.ts'
import { TargetStatus } from './campaigns.ts'
import { NextAction, Result } from './exchanges.ts'

/**
 * Parts of a portfolio: every action planned, those late, due today, due in the seven days from today; never contacted.
 * The last one holds targets that nobody contacted yet and that have no action planned.
 */
export const portfolioParts = ['planned', 'late', 'today', 'week', 'new'] as const
/** Those whose lines have an action. */
export const plannedParts = ['planned', 'late', 'today', 'week'] as const
/** `day`: the day's work, late first. The others put together what has the same town, campaign… */
export const portfolioSorts = [
  'day',
  'name',
  'town',
  'campaign',
  'status',
  'contact',
  'words',
  'taken',
  'activity',
  'headcount',
  'size',
  'nature',
  'siret',
] as const
/** Each, and the same turned round; what has nothing to compare comes last then too. Among equals the day's order stays. */
export const portfolioOrders = [...portfolioSorts, ...portfolioSorts.map(sort => `-${sort}` as const)] as const
const Campaign = Type.Object({ id: Id, name: Type.String() })
/** One line for each action planned, and for each target taken that has none: the home page shows the first ones. */
export const PortfolioLine = Type.Object({
  campaign: Type.Union([Type.Object({ id: Id, name: Nullable(Type.String()) }), Type.Null()], {
    description: 'Celle de la cible ; pour une action hors de mes cibles, celle de l’échange dont elle suit',
  }),
  establishment: EstablishmentLine,
  status: Type.Union([TargetStatus, Type.Null()], {
    description: 'De la cible prise en charge ; null hors de mes cibles',
  }),
  takenAt: Nullable(Instant),
  new: Type.Boolean({ description: 'Jamais contactée dans cette campagne' }),
  lastContact: Nullable(Type.Object({ organisation: OrganisationRef, occurredOn: Day })),
  nextAction: Nullable(NextAction),
  said: Type.Union(
    [
      Type.Object({
        occurredOn: Day,
        result: Result,
        resultLabel: Nullable(Type.String()),
        personMet: Nullable(Type.String()),
        notes: Nullable(Type.String()),
        need: Nullable(Type.String()),
      }),
      Type.Null(),
    ],
    { description: 'Ce qui a été dit dans l’échange dont l’action suit' },
  ),
  phone: Nullable(Type.String({ description: 'Du dernier interlocuteur renseigné, E.164' })),
  correspondent: Nullable(Type.String({ description: 'À qui est ce téléphone' })),
  position: Nullable(Type.Object({ lat: Type.Number(), lon: Type.Number() })),
  allowed: Type.Array(oneOf(['record', 'release'])),
})
/** Groups that the portfolio is folded into. */
export const portfolioGroupings = ['status', 'town', 'campaign'] as const
const Filter = { campaign: Type.Optional(Id), part: Type.Optional(oneOf(portfolioParts)) }
export const listPortfolio = defineRoute({
  method: 'GET',
  path: '/portfolio',
  tag: 'Portefeuille',
  summary:
    'Ma journée : mes actions prévues, en retard d’abord, puis mes cibles sans action, les nouvelles avant les autres',
  needs: 'campagnes:conseiller',
  query: Type.Object({
    ...Filter,
    sort: Type.Optional(oneOf(portfolioOrders)),
    group: Type.Optional(oneOf(portfolioGroupings)),
    of: Type.Optional(
      Type.String({ maxLength: 80, description: 'Ce groupe seul ; sans lui, celui de « group » qui n’a rien' }),
    ),
    ...PageQuery,
  }),
  reply: Type.Object({
    ...listOf(PortfolioLine).properties,
    counts: Type.Object({
      all: Type.Integer(),
      planned: Type.Integer(),
      late: Type.Integer(),
      today: Type.Integer(),
      week: Type.Integer(),
      new: Type.Integer(),
    }),
    campaigns: Type.Array(Type.Object({ ...Campaign.properties, count: Type.Integer() })),
  }),
  revealsPersons: { kind: 'list' },
})
/** What the file of one's next actions takes of it. */
export const PlannedFilter = Type.Object({
  campaign: Type.Optional(Id),
  part: Type.Optional(oneOf(plannedParts)),
  sort: Type.Optional(oneOf(portfolioOrders)),
})
/** One's own lines folded: how many each group has. */
export const listPortfolioGroups = defineRoute({
  method: 'GET',
  path: '/portfolio/groups',
  tag: 'Portefeuille',
  summary: 'Mon portefeuille regroupé par état, commune ou campagne : combien de lignes dans chaque groupe',
  needs: 'campagnes:conseiller',
  query: Type.Object({ ...Filter, group: oneOf(portfolioGroupings) }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({ of: Nullable(Type.String()), name: Nullable(Type.String()), count: Type.Integer() }),
      { description: '300 au plus' },
    ),
    more: Type.Boolean(),
  }),
})
/** Distances are worked out on the device: where a person stands is never sent. */
export const listPortfolioPoints = defineRoute({
  method: 'GET',
  path: '/portfolio/points',
  tag: 'Portefeuille',
  summary: 'Où sont mes cibles',
  needs: 'campagnes:conseiller',
  query: Type.Object(Filter),
  revealsPersons: { kind: 'list' },
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        siret: Siret,
        campaignId: Nullable(Id),
        name: Nullable(Type.String()),
        town: Nullable(Type.String()),
        closed: Closed,
        status: Nullable(TargetStatus),
        dueOn: Nullable(Day),
        late: Type.Boolean(),
        phone: Nullable(Type.String()),
        lat: Type.Number(),
        lon: Type.Number(),
      }),
      { description: '2 000 au plus' },
    ),
    unplaced: Type.Integer(),
  }),
})
