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
  Text,
} from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { FromFile } from './from-file.ts'

export const channels = ['telephone', 'visite', 'visio', 'courriel', 'evenement', 'accueil'] as const
export const Channel = oneOf(channels)
export const channelLabels: Record<(typeof channels)[number], string> = {
  telephone: 'Téléphone',
  visite: 'Visite',
  visio: 'Visioconférence',
  courriel: 'Courriel',
  evenement: 'Événement',
  accueil: 'Accueil dans nos locaux',
}
export const results = [
  'besoin-detecte',
  'rendez-vous-pris',
  'a-rappeler',
  'pas-de-besoin',
  'absent',
  'injoignable',
  'mauvais-interlocuteur',
  'refus',
  'ferme',
  'deja-suivi',
] as const
export const Result = oneOf(results)
/** The words of each code. The table exchange_results says the same. */
export const resultLabels: Record<(typeof results)[number], string> = {
  'besoin-detecte': 'Besoin détecté',
  'rendez-vous-pris': 'Rendez-vous pris',
  'a-rappeler': 'À rappeler',
  'pas-de-besoin': 'Pas de besoin',
  absent: 'Absent',
  injoignable: 'Injoignable',
  'mauvais-interlocuteur': 'Mauvais interlocuteur',
  refus: 'Refus',
  ferme: 'Établissement fermé',
  'deja-suivi': 'Déjà suivi par un partenaire',
}
/**
 * `reseau`: the whole task force (the default). `organisation`: one's own only; the others see that a contact took
 * place, by which organisation and when (EST-11).
 */
export const visibilities = ['reseau', 'organisation'] as const
export const Visibility = oneOf(visibilities)
export const nextActionKinds = ['rappel', 'visite', 'rendez-vous', 'envoi-information', 'transmission'] as const
export const nextActionLabels: Record<(typeof nextActionKinds)[number], string> = {
  rappel: 'Rappel',
  visite: 'Visite',
  'rendez-vous': 'Rendez-vous',
  'envoi-information': 'Envoi d’information',
  transmission: 'Transmission à un partenaire',
}
export const ClockTime = Type.String({ maxLength: 5, pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })
/** A campaign as an exchange or an action names it; without its name for who is no member. */
const NamedCampaign = Type.Object({ id: Id, name: Nullable(Type.String()) })
/**
 * Why a campaign does not count an exchange said of it: it took place outside its days, or the target was set aside.
 * Recorded all the same, in the history and outside of the campaign's figures.
 */
export const leftOutReasons = ['days', 'set-aside'] as const

export const NextAction = Type.Object({
  id: Id,
  siret: Siret,
  establishmentName: Nullable(Type.String()),
  closed: Type.Boolean({ description: 'Fermé selon le répertoire' }),
  exchangeId: Id,
  campaign: Type.Union([NamedCampaign, Type.Null()], { description: 'Celle de l’échange dont elle suit' }),
  kind: oneOf(nextActionKinds),
  dueOn: Day,
  dueAt: Nullable(ClockTime),
  owner: PersonRef,
  notedBy: Type.Union([PersonRef, Type.Null()], {
    description: 'Qui a noté l’échange dont elle suit, quand ce n’est pas la personne qui en est chargée',
  }),
  doneAt: Nullable(Instant),
  late: Type.Boolean(),
  version: Type.Integer(),
  allowed: Type.Array(oneOf(['finish', 'plan-again'])),
})
export const ExchangeContent = Type.Object({
  channel: Channel,
  result: Result,
  personMet: Nullable(Text(160)),
  notes: Nullable(Text(4000)),
  need: Nullable(Text(300)),
  campaignResultId: Nullable(Id),
  resultLabel: Nullable(Type.String({ description: 'Les mots de la campagne, quand le résultat est l’un des siens' })),
})
export const Exchange = Type.Object({
  id: Id,
  siret: Siret,
  establishmentName: Nullable(Type.String()),
  campaign: Nullable(NamedCampaign),
  leftOut: Type.Union([Type.Object({ campaign: NamedCampaign, why: oneOf(leftOutReasons) }), Type.Null()], {
    description:
      'La campagne pour laquelle il a été noté et qui ne le compte pas : hors de ses jours, ou cible écartée',
  }),
  organisation: OrganisationRef,
  author: Nullable(PersonRef),
  occurredOn: Day,
  visibility: Visibility,
  status: oneOf(['recorded', 'cancelled']),
  cancelReason: Nullable(Type.String()),
  content: Nullable(ExchangeContent),
  correspondent: Type.Union([Type.Object({ id: Id, name: Type.String() }), Type.Null()], {
    description: 'La personne rencontrée, telle que sa fiche la nomme aujourd’hui',
  }),
  nextAction: Nullable(NextAction),
  answers: Type.Union([Type.Object({ id: Id, kind: oneOf(nextActionKinds), dueOn: Day }), Type.Null()], {
    description: 'L’action prévue à laquelle il répond',
  }),
  despiteMark: Type.Optional(Type.Literal(true, { description: 'Il a eu lieu malgré « ne pas contacter »' })),
  beyondBudget: Type.Optional(
    Type.Array(oneOf(['exchange', 'next-action']), {
      description: 'À l’enregistrement seulement : ce qui dépasse les sollicitations de cet employeur',
    }),
  ),
  imported: Type.Optional(FromFile),
  recordedAt: Instant,
  correctedAt: Nullable(Instant),
  version: Type.Integer(),
  allowed: Type.Array(oneOf(['correct', 'cancel'])),
})
export const NextActionInput = Type.Object({
  kind: oneOf(nextActionKinds),
  dueOn: Day,
  dueAt: Type.Optional(Nullable(ClockTime)),
  ownerId: Type.Optional(Id),
})
export const ExchangeInput = Type.Object({
  occurredOn: Day,
  channel: Channel,
  result: Result,
  campaignResultId: Type.Optional(
    Type.Union([Id, Type.Null()], { description: 'Un résultat propre à la campagne, compté comme `result`' }),
  ),
  personMet: Type.Optional(Nullable(Text(160))),
  correspondentId: Type.Optional(
    Type.Union([Id, Type.Null()], { description: 'L’interlocuteur rencontré ; absent, une correction le laisse' }),
  ),
  notes: Type.Optional(Nullable(Text(4000))),
  need: Type.Optional(Nullable(Text(300))),
  visibility: Type.Optional(Visibility),
  nextAction: Type.Optional(Nullable(NextActionInput)),
})

/** An exchange whose content one may not read answers to its structure and its day, to nothing else. */
export const exchangeFilters = {
  organisation: Type.Optional(Id),
  campaign: Type.Optional(
    Type.String({ ...Id, description: 'Notés pour cette campagne, parmi ceux dont on lit le contenu' }),
  ),
  author: Type.Optional(Type.String({ ...Id, description: 'Saisis par cette personne' })),
  correspondent: Type.Optional(
    Type.String({ ...Id, description: 'Avec cet interlocuteur, d’après sa fiche actuelle' }),
  ),
  channel: Type.Optional(Channel),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
}
export const listExchanges = defineRoute({
  method: 'GET',
  path: '/exchanges',
  tag: 'Échanges',
  summary: 'L’historique du réseau : échanges par établissement, campagne ou structure',
  needs: 'fiche-etablissement:consultation',
  query: Type.Object({
    siret: Type.Optional(Siret),
    company: Type.Optional(
      Type.Boolean({ description: 'Avec `siret` : ceux de tous les établissements de son entreprise' }),
    ),
    ...exchangeFilters,
    ...PageQuery,
  }),
  reply: listOf(Exchange),
  revealsPersons: { kind: 'establishment', by: 'siret' },
})
export const getExchange = defineRoute({
  method: 'GET',
  path: '/exchanges/:exchangeId',
  tag: 'Échanges',
  summary: 'Un échange',
  needs: 'fiche-etablissement:consultation',
  params: Type.Object({ exchangeId: Id }),
  reply: Exchange,
  versioned: true,
  revealsPersons: { kind: 'exchange', by: 'exchangeId' },
})
export const listExchangeVersions = defineRoute({
  method: 'GET',
  path: '/exchanges/:exchangeId/versions',
  tag: 'Échanges',
  summary: 'Les versions successives d’un échange',
  needs: 'fiche-etablissement:consultation',
  params: Type.Object({ exchangeId: Id }),
  revealsPersons: { kind: 'exchange', by: 'exchangeId' },
  reply: listOf(
    Type.Object({
      version: Type.Integer(),
      at: Instant,
      by: PersonRef,
      change: oneOf(['recorded', 'corrected', 'cancelled']),
      content: ExchangeContent,
      occurredOn: Day,
      visibility: Visibility,
    }),
  ),
})
export const recordExchange = defineRoute({
  method: 'POST',
  path: '/exchanges',
  tag: 'Échanges',
  summary: 'Enregistrer un échange avec un employeur',
  needs: 'campagnes:conseiller',
  body: Type.Object({
    siret: Siret,
    campaignId: Type.Optional(Nullable(Id)),
    answersId: Type.Optional(
      Type.Union([Id, Type.Null()], {
        description:
          'L’action prévue à laquelle il répond : elle est close du même coup. Déjà close, rien n’est refusé',
      }),
    ),
    ...ExchangeInput.properties,
  }),
  reply: Exchange,
  versioned: true,
  refusals: [
    'access/outside-perimeter',
    'establishment/unknown',
    'campaign/not-open',
    'campaign/member-advisors-only',
    'target/not-in-campaign',
    'exchange/in-future',
    'exchange/too-old',
    'exchange/call-back-needs-date',
    'exchange/next-action-in-past',
    'exchange/campaign-result-unknown',
    'exchange/correspondent-elsewhere',
    'account/unknown',
    'next-action/owner-elsewhere',
    'next-action/owner-only',
    'next-action/other-establishment',
  ],
})
export const correctExchange = defineRoute({
  method: 'PUT',
  path: '/exchanges/:exchangeId',
  tag: 'Échanges',
  summary: 'Corriger un échange ; l’ancienne version reste dans l’historique',
  needs: 'campagnes:conseiller',
  versioned: true,
  params: Type.Object({ exchangeId: Id }),
  body: ExchangeInput,
  reply: Exchange,
  refusalReveals: { kind: 'exchange', by: 'exchangeId' },
  refusals: [
    'exchange/author-or-lead-only',
    'exchange/cancelled',
    'exchange/in-future',
    'exchange/too-old',
    'exchange/call-back-needs-date',
    'exchange/next-action-in-past',
    'exchange/next-action-passed-on',
    'exchange/campaign-result-unknown',
    'exchange/correspondent-elsewhere',
    'account/unknown',
    'next-action/owner-elsewhere',
  ],
})
export const cancelExchange = defineRoute({
  method: 'POST',
  path: '/exchanges/:exchangeId/cancel',
  tag: 'Échanges',
  summary: 'Annuler un échange saisi par erreur',
  needs: 'campagnes:conseiller',
  versioned: true,
  params: Type.Object({ exchangeId: Id }),
  body: Type.Object({ reason: Text(300) }),
  reply: Exchange,
  refusalReveals: { kind: 'exchange', by: 'exchangeId' },
  refusals: ['exchange/author-or-lead-only', 'exchange/cancelled'],
})
