import { Type } from 'typebox'
import { Day, Id, Instant, listOf, Nullable, OrganisationRef, oneOf, PageQuery, Siret } from '../common.ts'
import { defineRoute } from '../route.ts'
import { EstablishmentLine } from '../territory-and-register/establishments.ts'
import { TargetStatus } from './campaigns.ts'
import { nextActionKinds } from './exchanges.ts'

/**
 * Parts of a portfolio: late, due today, due in the seven days from today, never contacted.
 * The last one holds targets that nobody contacted yet and that have no action planned.
 */
export const portfolioParts = ['late', 'today', 'week', 'new'] as const
const Campaign = Type.Object({ id: Id, name: Type.String() })
export const PortfolioLine = Type.Object({
  campaign: Campaign,
  establishment: EstablishmentLine,
  status: TargetStatus,
  takenAt: Instant,
  new: Type.Boolean({ description: 'Jamais contactée dans cette campagne' }),
  lastContact: Nullable(Type.Object({ organisation: OrganisationRef, occurredOn: Day })),
  nextAction: Nullable(
    Type.Object({
      id: Id,
      kind: oneOf(nextActionKinds),
      dueOn: Day,
      dueAt: Nullable(Type.String()),
      late: Type.Boolean(),
    }),
  ),
  phone: Nullable(Type.String({ description: 'Du dernier interlocuteur renseigné, E.164' })),
  position: Nullable(Type.Object({ lat: Type.Number(), lon: Type.Number() })),
  allowed: Type.Array(oneOf(['record', 'release'])),
})
const Filter = { campaign: Type.Optional(Id), part: Type.Optional(oneOf(portfolioParts)) }
export const listPortfolio = defineRoute({
  method: 'GET',
  path: '/portfolio',
  tag: 'Portefeuille',
  summary: 'Mes cibles de toutes les campagnes ouvertes : prochaine action d’abord, puis les nouvelles',
  needs: 'campagnes:conseiller',
  query: Type.Object({ ...Filter, ...PageQuery }),
  reply: Type.Object({
    ...listOf(PortfolioLine).properties,
    counts: Type.Object({
      all: Type.Integer(),
      late: Type.Integer(),
      today: Type.Integer(),
      week: Type.Integer(),
      new: Type.Integer(),
    }),
    campaigns: Type.Array(Type.Object({ ...Campaign.properties, count: Type.Integer() })),
  }),
  revealsPersons: { kind: 'list' },
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
        campaignId: Id,
        name: Nullable(Type.String()),
        town: Nullable(Type.String()),
        status: TargetStatus,
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
