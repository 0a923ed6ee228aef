import { Type } from 'typebox'
import { Day, Nullable, oneOf, Siren, Siret, TerritoryRef } from '../common.ts'
import { defineRoute } from '../route.ts'
import { ActivityFact } from './activities.ts'

/** What a declaration counts as; the classes of CDD are of days (docs/decisions/0038). */
export const hiringKinds = [
  'cdi',
  'cdd-long',
  'cdd-medium',
  'cdd-short',
  'cdd-unsaid',
  'ctt',
  'apprentissage',
  'professionnalisation',
] as const
export type HiringKind = (typeof hiringKinds)[number]

/** `msa`: agricultural employers declare elsewhere. `none`: no file was brought yet. */
export const coverages = ['covered', 'msa', 'none'] as const

/** Why no forecast is told of an establishment (docs/forecast.md). */
export const silences = ['closed', 'short-past', 'few-hires', 'missing-months', 'not-better'] as const

const Hires = Type.Integer({ minimum: 0 })
const Counts = Type.Object(
  Object.fromEntries(hiringKinds.map(kind => [kind, Hires])) as Record<HiringKind, typeof Hires>,
)
const Month = Type.String({ pattern: '^\\d{4}-\\d{2}$' })
const Share = { durable: Hires, other: Hires }

const Period = Type.Object({
  first: Month,
  last: Month,
  missing: Type.Integer({ description: 'Mois de la période qu’aucun fichier n’a apportés' }),
  total: Hires,
  counts: Counts,
  durable: Type.Integer({ description: 'CDI et CDD de plus de six mois' }),
  other: Type.Integer({ description: 'CDD de six mois au plus et CTT : ce à quoi se rapporte la part durable' }),
  workStudy: Type.Integer({ description: 'Apprentissage et professionnalisation' }),
})
const Expected = { expected: Hires, low: Hires, high: Hires }
const Forecast = Type.Object({
  silence: Type.Union([oneOf(silences), Type.Null()], { description: 'Pourquoi rien n’est annoncé' }),
  months: Type.Array(
    Type.Object({
      month: Month,
      ...Expected,
      isHigh: Type.Boolean({ description: 'Moitié plus que la moyenne des douze derniers mois, au moins' }),
      past: Type.Array(Type.Object({ month: Month, hires: Hires })),
    }),
    { description: 'Six mois, chacun avec sa fourchette et ce que le même mois a compté ; vide si rien n’est annoncé' },
  ),
  three: Type.Union([Type.Object({ ...Expected, first: Month, last: Month }), Type.Null()], {
    description: 'Les trois prochains mois ensemble',
  }),
  proof: Type.Union(
    [
      Type.Object({
        first: Month,
        last: Month,
        months: Type.Integer({ description: 'Mois passés, prévus avec ce qui était connu avant eux' }),
        error: Type.Number({ description: 'Écart moyen par mois, en embauches' }),
        errorOfSameMonth: Type.Number({ description: 'Celui du même mois de l’année d’avant' }),
        errorOfMean: Type.Number({ description: 'Celui de la moyenne des douze derniers mois' }),
        within: Type.Integer({ description: 'Mois tombés dans la fourchette' }),
        announced: Type.Integer({ description: 'Mois de forte embauche annoncés' }),
        verified: Type.Integer({ description: 'Dont vérifiés' }),
        unannounced: Type.Integer({ description: 'Mois de forte embauche qui n’étaient pas annoncés' }),
      }),
      Type.Null(),
    ],
    { description: 'La prévision éprouvée sur les mois passés de cet établissement' },
  ),
})
const Covered = {
  coverage: oneOf(coverages),
  asOf: Type.Union([Day, Type.Null()], { description: 'Dernier jour d’embauche que les fichiers disent' }),
}
const Known = { siret: Siret, ...Covered }
/** What the months of an establishment, or those of a company together, come to. */
const Told = {
  receivedOn: Nullable(Day),
  months: Type.Array(Type.Object({ month: Month, brought: Type.Boolean(), total: Hires, counts: Counts }), {
    description: 'Trente-six mois, le plus ancien d’abord ; vide si rien n’est couvert',
  }),
  twelve: Nullable(Period),
  thirtySix: Nullable(Period),
  trend: Type.Union([Type.Object({ last: Hires, before: Hires }), Type.Null()], {
    description: 'Douze derniers mois et douze précédents, si les fichiers les disent tous',
  }),
  seasonality: Type.Union(
    [Type.Array(Type.Object({ month: Type.Integer({ minimum: 1, maximum: 12 }), mean: Type.Number() })), Type.Null()],
    { description: 'Moyenne de chaque mois de l’année, si vingt-quatre mois sont connus' },
  ),
}
export const Recruitment = Type.Object({
  ...Known,
  ...Told,
  name: Nullable(Type.String()),
  sign: Nullable(Type.String()),
  town: Nullable(Type.String()),
  active: Type.Boolean(),
  activity: Nullable(ActivityFact),
  group: Type.Union([Type.String(), Type.Null()], { description: 'Groupe d’activité comparé, « 56.1 »' }),
  companyEstablishments: Type.Integer({
    description: 'Établissements de l’entreprise au répertoire : ceux qui sont ouverts, et celui-ci',
  }),
  compared: Type.Union(
    [
      Type.Object({
        year: Type.Integer(),
        territory: TerritoryRef,
        establishments: Type.Integer({ minimum: 6 }),
        group: Type.Object(Share),
        own: Type.Object(Share),
        before: Type.Union([Type.Object({ group: Hires, own: Hires }), Type.Null()], {
          description: 'Embauches de l’année d’avant, comptées de même',
        }),
      }),
      Type.Null(),
    ],
    { description: 'Absent quand la comparaison laisserait deviner les embauches d’un établissement' },
  ),
  forecast: Nullable(Forecast),
})
const Hirer = Type.Object({
  siret: Siret,
  name: Nullable(Type.String()),
  sign: Nullable(Type.String()),
  town: Nullable(Type.String()),
  active: Type.Boolean(),
  headOffice: Type.Boolean(),
  covered: Type.Boolean({ description: 'Faux : il déclare à la MSA, et n’est dans aucune somme' }),
  total: Type.Union([Hires, Type.Null()], { description: 'Des douze derniers mois connus' }),
  durable: Nullable(Hires),
  other: Nullable(Hires),
})
export const CompanyRecruitment = Type.Object({
  siren: Siren,
  ...Covered,
  ...Told,
  name: Type.Union([Type.String(), Type.Null()], { description: 'Absent quand le registre ne le diffuse pas' }),
  establishments: Type.Object({
    items: Type.Array(Hirer, {
      description: 'Ouverts, ou qui ont embauché en douze mois, dans votre périmètre : les premiers recruteurs d’abord',
    }),
    others: Type.Union(
      [
        Type.Object({ establishments: Type.Integer({ minimum: 2 }), total: Hires, durable: Hires, other: Hires }),
        Type.Null(),
      ],
      { description: 'Ceux qui suivent, ensemble' },
    ),
    uncovered: Type.Integer({
      description: 'Dans votre périmètre, établissements ouverts qui déclarent à la MSA : dans aucune somme',
      minimum: 0,
    }),
    closed: Type.Integer({
      description: 'Dans votre périmètre, établissements fermés dont les embauches sont dans les trente-six mois',
      minimum: 0,
    }),
    outside: Type.Integer({
      description: 'Établissements ouverts hors de votre périmètre : ni comptés, ni dits',
      minimum: 0,
    }),
  }),
})
export const RecruitmentSummary = Type.Object({
  ...Known,
  total: Type.Union([Hires, Type.Null()], { description: 'Des douze derniers mois connus' }),
  durable: Nullable(Hires),
  other: Nullable(Hires),
  next: Type.Union([Type.Object({ ...Expected, first: Month, last: Month }), Type.Null()], {
    description: 'Embauches probables des trois prochains mois, si la prévision est annoncée',
  }),
})

export const getRecruitment = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/recruitment',
  tag: 'Établissements',
  summary: 'La fiche de recrutement : embauches déclarées d’un établissement, en nombres, comparées à son activité',
  needs: 'fiche-recrutement:consultation',
  deliberate: true,
  readsEmployer: 'recruitment.read',
  params: Type.Object({ siret: Siret }),
  reply: Recruitment,
  refusals: ['access/outside-perimeter'],
})
export const getCompanyRecruitment = defineRoute({
  method: 'GET',
  path: '/companies/:siren/recruitment',
  tag: 'Établissements',
  summary:
    'La fiche de recrutement d’une entreprise : les embauches de ceux de ses établissements que vous pouvez lire',
  needs: 'fiche-recrutement:consultation',
  deliberate: true,
  readsEmployer: 'recruitment.read',
  params: Type.Object({ siren: Siren }),
  reply: CompanyRecruitment,
  refusals: ['access/outside-perimeter'],
})
export const getRecruitmentSummary = defineRoute({
  method: 'GET',
  path: '/establishments/:siret/recruitment/summary',
  tag: 'Établissements',
  summary: 'Les embauches des douze derniers mois, en une ligne de la fiche établissement',
  needs: 'fiche-recrutement:consultation',
  background: true,
  readsEmployer: 'recruitment.read',
  params: Type.Object({ siret: Siret }),
  reply: RecruitmentSummary,
  refusals: ['access/outside-perimeter'],
})
