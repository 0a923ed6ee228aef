import type { Static } from 'typebox'
import { type Nomenclature, nomenclatureNames } from '../../../contract/territory-and-register/activities.ts'
import { companySizeWords, legalNatureWords } from '../../../contract/territory-and-register/employer-kinds.ts'
import type {
  Establishment as EstablishmentSchema,
  sizes,
} from '../../../contract/territory-and-register/establishments.ts'
import { dayOf, formatDay, formatMonth } from '../../platform/format.ts'
import type { Line } from '../../platform/names.ts'

export type Establishment = Static<typeof EstablishmentSchema>

export const notDiffusedWhy =
  'L’entreprise a demandé à l’Insee de ne pas diffuser son nom ni son adresse (article R. 123-232 du code de commerce). Le service ne les connaît pas et ne les cherche pas. Contactez-la seulement si votre structure la connaît déjà.'

export const activityWords = ({ activity }: Pick<Line, 'activity'>) =>
  activity && (activity.label ?? `code ${activity.code}`)
type Activity = NonNullable<Line['activity']>
const anyOf = (words: readonly string[]) =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} ou ${words.at(-1)}`
const verb = ({ codes }: NonNullable<Activity['corresponds']>) =>
  codes.length > 1 ? 'peut correspondre à' : 'correspond à'
/** « NAF rév. 2, correspond à 56.11G »: on a line, where the nomenclature is not the one in force. */
export const correspondsWords = ({ nomenclature, corresponds }: Activity): string | undefined =>
  corresponds &&
  `${nomenclatureName(nomenclature)}, ${verb(corresponds)} ${anyOf(corresponds.codes.map(({ code }) => code))}`
/** The same on the card, with the labels, and where it comes from. */
export const correspondsSentence = ({ code, nomenclature, corresponds }: Activity): string | undefined => {
  if (!corresponds) return undefined
  const { codes, edition, source } = corresponds
  const named = anyOf(codes.map(one => (one.label ? `${one.code} (${one.label})` : one.code)))
  const from =
    source === 'insee'
      ? `d’après la table de correspondance de l’Insee (édition ${formatMonth(edition)})`
      : `d’après les établissements que le répertoire code dans les deux nomenclatures (comptés le ${formatDay(edition)})`
  return `Le code ${code} de la ${nomenclatureName(nomenclature)} ${verb(corresponds)} ${named} en ${nomenclatureName(corresponds.nomenclature)}, ${from}.`
}
export const nomenclatureName = (nomenclature: string): string =>
  nomenclature in nomenclatureNames ? nomenclatureNames[nomenclature as Nomenclature] : nomenclature
/** « 20 à 49 salariés (2023) »: the register's headcount is two years old or more, so its year is always said. */
export const headcountWords = ({ headcount }: Pick<Line, 'headcount'>) =>
  headcount && `${headcount.label}${headcount.year ? ` (${headcount.year})` : ''}`

/** What the register says where partners may know better (EST-6): shown beside, never in its place. */
export const registerFacts = (establishment: Pick<Line, 'name' | 'sign' | 'activity' | 'headcount'>) => ({
  usualName: establishment.name,
  sign: establishment.sign,
  activity: activityWords(establishment),
  headcount: headcountWords(establishment),
})

export const sizeWords: Record<(typeof sizes)[number], string> = {
  '0-9': 'Moins de 10 salariés',
  '10-49': '10 à 49 salariés',
  '50-99': '50 à 99 salariés',
  '100-199': '100 à 199 salariés',
  '200+': '200 salariés et plus',
}

/** « SIRENE, 12 mars 2026 »: the register, and the day it last treated the record that says so. */
export const registerSource = (updatedAt: string | null) =>
  updatedAt ? `SIRENE, ${formatDay(dayOf(updatedAt))}` : 'SIRENE'

/** « Association ou fondation, TPE »: what the register says of both, or of the one asked, for a line. */
export const kindWords = (
  { legalNature, companySize }: Pick<Line, 'legalNature' | 'companySize'>,
  { nature, size } = { nature: true, size: true },
) =>
  [
    nature && legalNature !== 'unknown' && legalNatureWords[legalNature],
    size && companySize !== 'unknown' && companySizeWords[companySize],
  ]
    .filter(Boolean)
    .join(', ')

const firm: Record<string, string> = {
  1: 'Entreprise individuelle',
  2: 'Groupement sans personnalité morale',
  3: 'Personne morale de droit étranger',
  4: 'Établissement public industriel et commercial',
  5: 'Société commerciale',
  6: 'Autre société ou groupement',
  7: 'Administration ou organisme public',
  8: 'Organisme privé spécialisé',
  9: 'Association, fondation ou syndicat',
  21: 'Indivision',
  22: 'Société créée de fait',
  52: 'Société en nom collectif',
  53: 'Société en commandite',
  54: 'Société à responsabilité limitée (SARL)',
  55: 'Société anonyme (SA)',
  56: 'Société anonyme (SA)',
  57: 'Société par actions simplifiée (SAS)',
  62: 'Groupement d’intérêt économique (GIE)',
  63: 'Société coopérative agricole',
  65: 'Société civile',
  71: 'Administration de l’État',
  72: 'Collectivité territoriale',
  73: 'Établissement public administratif',
  81: 'Organisme de protection sociale',
  82: 'Organisme mutualiste',
  83: 'Comité social et économique',
  84: 'Organisme professionnel',
  91: 'Syndicat de propriétaires',
  92: 'Association',
  93: 'Fondation',
}
/** The register's legal category is a code of four digits whose first two name the family. */
export const legalForm = (code: string | null) =>
  code && (firm[code.slice(0, 2)] ?? firm[code.slice(0, 1)] ?? `Catégorie ${code}`)

/** In a column headed « Salariés », the word is not said again. */
export const headcountShort = ({ headcount }: Pick<Line, 'headcount'>) =>
  headcount &&
  (headcount.band === 'NN'
    ? 'inconnu ou aucun'
    : `${headcount.label.replace(/ salariés?/, '')}${headcount.year ? ` (${headcount.year})` : ''}`)
