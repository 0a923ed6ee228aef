import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, PersonRef, Siret, TerritoryId, Text } from '../common.ts'
import { defineRoute } from '../route.ts'
import type { channels, nextActionKinds } from './exchanges.ts'

const tag = 'Sollicitations'
/** By which the network reaches out. Met at an event or come to our premises, the employer came. */
export const solicitingChannels = [
  'telephone',
  'visite',
  'visio',
  'courriel',
] as const satisfies readonly (typeof channels)[number][]
/** Planned with the employer; what is passed to a partner is not. */
export const solicitingActions = [
  'rappel',
  'visite',
  'rendez-vous',
  'envoi-information',
] as const satisfies readonly (typeof nextActionKinds)[number][]
/** A month, where no task force set another. */
export const usualPerMonth = 4
export const mostPerMonth = 31

/** What an act past the budget says: read by whoever reads the card. */
export const OverrunReason = Text(300)
const overrunActs = ['take', 'share', 'plan'] as const
export const BudgetOverrun = Type.Object({
  id: Id,
  act: oneOf(overrunActs),
  onDay: Type.String({ format: 'date', description: 'Le jour sur lequel elle pèse' }),
  reason: Type.String(),
  organisation: OrganisationRef,
  author: Nullable(PersonRef),
  at: Instant,
})
/** In the month and in the week (from Monday) of a day. */
export const Solicitations = Type.Object({
  perMonth: Type.Integer(),
  perWeek: Type.Integer(),
  month: Type.Integer({ description: 'Faites ou réservées ce mois-là' }),
  week: Type.Integer({ description: 'Faites ou réservées cette semaine-là' }),
  kept: Type.Integer({ description: 'Parmi celles du mois, les réservées : action prévue, ou cible prise en charge' }),
  leftThisMonth: Type.Integer(),
  leftThisWeek: Type.Integer(),
})
export const getSolicitations = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/solicitations',
  tag,
  summary: 'Combien de sollicitations restent pour cet employeur, et les dépassements du mois',
  needs: 'fiche-etablissement:consultation',
  params: Type.Object({ siret: Siret }),
  query: Type.Object({ on: Type.Optional(Day) }),
  reply: Type.Object({
    ...Solicitations.properties,
    beside: Type.Integer({ description: 'Ce mois-là, dans les autres établissements de l’entreprise' }),
    overruns: Type.Array(BudgetOverrun, { description: 'Ceux du mois, le plus récent d’abord : 10 au plus' }),
  }),
  refusals: ['access/outside-perimeter'],
})

export const SolicitationBudget = Type.Object({
  perMonth: Type.Integer(),
  perWeek: Type.Integer(),
  version: Type.Integer({ description: '0 tant que rien n’est fixé' }),
  history: Type.Array(
    Type.Object({
      perMonth: Type.Integer(),
      setAt: Instant,
      setBy: Nullable(PersonRef),
      organisation: OrganisationRef,
    }),
    { description: 'Le plus récent d’abord, 50 au plus' },
  ),
  allowed: Type.Array(Type.Literal('set')),
})
const ofTerritory = {
  path: '/territories/:territoryId/solicitation-budget',
  tag,
  params: Type.Object({ territoryId: TerritoryId }),
  reply: SolicitationBudget,
  versioned: true,
} as const
export const getSolicitationBudget = defineRoute({
  ...ofTerritory,
  method: 'GET',
  summary: 'Combien de fois par mois le réseau peut solliciter un employeur de ce CLPE, et qui l’a fixé',
  needs: 'signed-in',
})
export const setSolicitationBudget = defineRoute({
  ...ofTerritory,
  method: 'PUT',
  summary: 'Fixer le nombre de sollicitations par mois et par employeur',
  needs: 'campagnes:pilote',
  body: Type.Object({ perMonth: Type.Integer({ minimum: 1, maximum: mostPerMonth }) }),
  refusals: ['task-force/pilot-only'],
})
