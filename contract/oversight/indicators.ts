import { Type } from 'typebox'
import { Day, Id, Instant, listOf, Nullable, oneOf, PageQuery, TerritoryId } from '../common.ts'
import { defineRoute } from '../route.ts'

/** The four figures of annex 4. */
export const indicatorCodes = ['conseillers-utilisateurs', 'usage', 'campagnes', 'etablissements'] as const
/** Contacts of partners recorded, corrected or cancelled since a period is over: they move its figures (IND-6). */
export const movedKinds = ['recorded', 'corrected', 'cancelled'] as const
const Filters = {
  from: Day,
  to: Day,
  organisation: Type.Optional(Id),
  territory: Type.Optional(TerritoryId),
  campaign: Type.Optional(Id),
}
const DefinitionVersion = Type.Object({
  version: Type.Integer(),
  since: Day,
  corrects: Type.Boolean({ description: 'Elle corrige les précédentes, et compte aussi leurs périodes' }),
  text: Type.String(),
})
/** When a month was frozen, and the digest of the line that is read: whoever copies it can prove the figure later. */
const FrozenAt = {
  at: Instant,
  digest: Type.String({ description: 'Empreinte SHA-256 de la ligne arrêtée, en hexadécimal' }),
}
const since = Type.Integer({
  description: 'Ce que le chiffre d’aujourd’hui a de plus ou de moins que le chiffre arrêté ; 0 s’il n’est pas arrêté',
})
export const Indicator = Type.Object({
  code: oneOf(indicatorCodes),
  title: Type.String(),
  value: Type.Integer(),
  since,
  parts: Type.Array(Type.Object({ code: Type.String(), label: Type.String(), value: Type.Integer(), since })),
  /** The version that counted this figure, in force on the last day of the period or correcting it; and the others. */
  definition: Type.Object({ ...DefinitionVersion.properties, others: Type.Array(DefinitionVersion) }),
})
export const getIndicators = defineRoute({
  method: 'GET',
  path: '/indicators',
  tag: 'Indicateurs',
  summary: 'Les quatre indicateurs de l’annexe 4, par période, structure, territoire et campagne',
  needs: 'campagnes:consultation',
  query: Type.Object(Filters),
  reply: Type.Object({
    from: Day,
    to: Day,
    asOf: Instant,
    moved: Nullable(
      Type.Array(Type.Object({ kind: oneOf(movedKinds), count: Type.Integer(), latest: Instant }), {
        description: 'Ce qui a changé depuis le dernier jour de la période ; null tant qu’elle court',
      }),
    ),
    frozen: Nullable(
      Type.Object(FrozenAt, {
        description: 'Un mois arrêté, pour qui a le périmètre d’alors : les chiffres sont ceux de ce jour-là',
      }),
    ),
    frozenForOthers: Type.Boolean({ description: 'Ce mois est arrêté, mais pas pour mon périmètre d’aujourd’hui' }),
    /** The day on which this month will be frozen; null when none will. */
    freezesOn: Nullable(Day),
    items: Type.Array(Indicator),
  }),
  refusals: ['indicator/period-reversed'],
})
const Part = Type.Object({ code: Type.String(), label: Type.String(), value: Type.Integer() })
/** The dimensions of one figure (EST-14). Of today, never frozen: the register moves. */
export const getReachedEmployers = defineRoute({
  method: 'GET',
  path: '/indicators/etablissements/employers',
  tag: 'Indicateurs',
  summary: 'Les établissements prospectés ou fidélisés, par nature juridique et par taille de leur entreprise',
  needs: 'campagnes:consultation',
  query: Type.Object(Filters),
  reply: Type.Object({
    natures: Type.Array(Part, { description: 'Chacune est aussi une partie des lignes du chiffre' }),
    sizes: Type.Array(Part, { description: 'De même' }),
  }),
  refusals: ['indicator/period-reversed'],
})
export const listIndicatorRows = defineRoute({
  method: 'GET',
  path: '/indicators/:code/rows',
  tag: 'Indicateurs',
  summary: 'Les lignes qui font un chiffre, dans la limite de mes droits',
  needs: 'campagnes:consultation',
  params: Type.Object({ code: oneOf(indicatorCodes) }),
  query: Type.Object({ ...Filters, part: Type.Optional(Type.String({ maxLength: 60 })), ...PageQuery }),
  reply: Type.Object({
    ...listOf(
      Type.Object({
        id: Type.String(),
        label: Type.String(),
        detail: Type.String(),
        on: Nullable(Day),
        link: Nullable(Type.String({ description: 'Adresse de la page, dans l’application' })),
        count: Nullable(Type.Integer()),
      }),
    ).properties,
    value: Type.Optional(
      Type.Integer({ description: 'Ce que font toutes les lignes ensemble : le chiffre (avec `total`)' }),
    ),
    unnamed: Type.Optional(
      Type.Integer({
        description: 'Ce que le chiffre compte sans ligne à montrer : personnes sans nom, sommes (avec `total`)',
      }),
    ),
    frozen: Type.Optional(
      Type.Object(
        { ...FrozenAt, value: Type.Integer() },
        { description: 'Le chiffre arrêté de ce mois, les lignes étant celles d’aujourd’hui (avec `total`)' },
      ),
    ),
  }),
  refusals: ['indicator/period-reversed'],
})
