import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, oneOf, PersonRef, Siret, Text } from '../common.ts'
import { defineRoute } from '../route.ts'

const tag = 'Fiche vue du terrain'
/** How a value is typed and kept: a line, several, a phone (E.164), an address of the web, a whole number. */
export type FactShape = 'line' | 'lines' | 'phone' | 'link' | 'count'
export interface FactField {
  readonly label: string
  readonly shape: FactShape
  /** After so many days without a word, it asks to be confirmed. */
  readonly days: number
  /** It tells the place: a company that moves leaves it behind. */
  readonly ofThePlace?: true
  readonly hint?: string
}
/** What partners know of an establishment better than the register, in the order they are read. */
export const facts = {
  usualName: { label: 'Nom en usage', shape: 'line', days: 730, hint: 'Le nom sous lequel on le connaît' },
  sign: { label: 'Enseigne', shape: 'line', days: 730, hint: 'Ce qui est écrit sur la porte' },
  activity: { label: 'Activité, comme on la dit', shape: 'lines', days: 730 },
  headcount: { label: 'Effectif réel', shape: 'count', days: 180, hint: 'Un nombre de personnes sur place' },
  switchboard: {
    label: 'Standard',
    shape: 'phone',
    days: 365,
    hint: 'Le numéro de l’accueil, pas celui d’une personne',
  },
  website: { label: 'Site', shape: 'link', days: 365 },
  openingHours: { label: 'Horaires d’ouverture', shape: 'lines', days: 365 },
  transport: {
    label: 'Accès en transports',
    shape: 'lines',
    days: 730,
    ofThePlace: true,
    hint: 'Ligne, arrêt, minutes à pied',
  },
  accessibility: { label: 'Accessibilité des locaux', shape: 'lines', days: 1095, ofThePlace: true },
  applications: { label: 'Candidatures spontanées', shape: 'lines', days: 365, hint: 'Acceptées ou non, et comment' },
  hiring: {
    label: 'Qui décide des embauches',
    shape: 'lines',
    days: 365,
    hint: 'La fonction plutôt que le nom : les personnes se notent dans « Interlocuteurs »',
  },
} as const satisfies Record<string, FactField>
export type FactName = keyof typeof facts
export const factNames = Object.keys(facts) as FactName[]
/** Said by the employer, or known by who noted it. */
export const factSources = ['personne-concernee', 'conseiller'] as const

export const FactValue = Type.Object({
  id: Id,
  value: Type.String(),
  source: oneOf(factSources),
  organisationName: Type.String(),
  author: Nullable(PersonRef),
  observedOn: Day,
  recordedAt: Instant,
  confirmed: Nullable(Type.Object({ at: Instant, organisationName: Type.String() })),
})
export const Fact = Type.Object({
  field: oneOf(factNames),
  said: Type.Array(
    Type.Object({
      ...FactValue.properties,
      proposed: Type.Boolean({ description: 'Une source plus forte l’emporte : à retenir, ou à écarter' }),
    }),
    { description: 'Plusieurs quand des structures ne disent pas la même chose' },
  ),
  toConfirm: Type.Boolean({ description: 'Trop ancien pour cette rubrique : à confirmer' }),
  version: Type.Integer({ description: '0 : rien n’en a jamais été dit' }),
  allowed: Type.Array(oneOf(['note', 'confirm', 'choose'])),
})

const ofEstablishment = { tag, params: Type.Object({ siret: Siret }) } as const
export const listFacts = defineRoute({
  ...ofEstablishment,
  method: 'GET',
  path: '/establishments/:siret/facts',
  summary: 'Ce que les partenaires savent d’un établissement, rubrique par rubrique, avec la provenance',
  needs: 'fiche-etablissement:consultation',
  reply: Type.Object({ items: Type.Array(Fact) }),
  refusals: ['access/outside-perimeter'],
})
const FactParams = Type.Object({ siret: Siret, field: oneOf(factNames) })
export const readFactHistory = defineRoute({
  tag,
  method: 'GET',
  path: '/establishments/:siret/facts/:field/history',
  summary: 'Tout ce qui a été dit d’une rubrique, le plus récent d’abord',
  needs: 'fiche-etablissement:consultation',
  params: FactParams,
  reply: Type.Object({
    said: Type.Array(
      Type.Object({
        ...FactValue.properties,
        replacedAt: Type.Union([Instant, Type.Null()], { description: 'Quand elle a été écartée ; null : en cours' }),
      }),
    ),
  }),
})

const keeping = {
  method: 'PUT',
  writesIn: 'renseignements',
  tag,
  needs: 'fiche-etablissement:consultation',
  params: FactParams,
  versioned: true,
  reply: Fact,
} as const
const common = ['access/outside-perimeter', 'establishment/unknown'] as const
export const noteFact = defineRoute({
  ...keeping,
  path: '/establishments/:siret/facts/:field',
  summary: 'Noter une rubrique ; la valeur d’un autre partenaire reste à côté ; `null` : plus rien n’est vrai',
  body: Type.Object({
    value: Nullable(Text(500)),
    source: Type.Optional(oneOf(factSources)),
    observedOn: Type.Optional(Day),
  }),
  refusals: [
    ...common,
    'fact/observed-in-future',
    'fact/phone-unreadable',
    'fact/link-unreadable',
    'fact/count-unreadable',
    'fact/line-too-long',
    'fact/nothing-said',
  ],
})
export const confirmFact = defineRoute({
  ...keeping,
  path: '/establishments/:siret/facts/:field/confirmation',
  summary: '« Toujours juste » : ce qui est dit l’est encore aujourd’hui',
  refusals: [...common, 'fact/nothing-said', 'fact/differ'],
})
export const chooseFact = defineRoute({
  ...keeping,
  path: '/establishments/:siret/facts/:field/choice',
  summary: 'Retenir une valeur entre plusieurs ; les autres restent dans l’historique',
  body: Type.Object({ valueId: Id }),
  refusals: [...common, 'fact/value-replaced'],
})
export const setFactAside = defineRoute({
  ...keeping,
  path: '/establishments/:siret/facts/:field/set-aside',
  summary: 'Écarter une valeur proposée ; elle reste dans l’historique',
  body: Type.Object({ valueId: Id }),
  refusals: [...common, 'fact/value-replaced', 'fact/not-proposed'],
})
