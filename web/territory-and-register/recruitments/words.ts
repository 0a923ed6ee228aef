import { ofName } from '../../../contract/names-in-french.ts'
import type { Reply } from '../../../contract/route.ts'
import type {
  getCompanyRecruitment,
  getRecruitment,
  HiringKind,
} from '../../../contract/territory-and-register/recruitments.ts'
import { formatCount, formatList, formatMonth, formatNumber, formatShare } from '../../platform/format.ts'

export type Recruitment = Reply<typeof getRecruitment>
export type CompanyRecruitment = Reply<typeof getCompanyRecruitment>
export type Period = NonNullable<Recruitment['twelve']>
export type Compared = NonNullable<Recruitment['compared']>

export const kindWords: Record<HiringKind, string> = {
  cdi: 'CDI',
  'cdd-long': 'CDD de plus de 6 mois',
  'cdd-medium': 'CDD de 1 à 6 mois',
  'cdd-short': 'CDD de moins d’1 mois',
  'cdd-unsaid': 'CDD sans durée déclarée',
  ctt: 'Intérim (CTT)',
  apprentissage: 'Apprentissage',
  professionnalisation: 'Professionnalisation',
}
export const intention = 'Une DPAE est une intention d’embauche : toutes ne se réalisent pas.'
export const source = 'Source : déclarations préalables à l’embauche (DPAE, Urssaf), transmises par l’opérateur'
export const noFileYet =
  'L’opérateur n’a pas encore apporté de déclarations d’embauche : cette fiche se remplira avec le premier fichier.'
export const durableDefinition =
  'Durables : CDI et CDD de plus de six mois, parmi les CDI, les CDD dont la durée est connue et l’intérim. L’alternance est comptée à part.'
export const notCovered =
  'Non couvert (MSA) : les employeurs agricoles, forestiers et de la pêche déclarent leurs embauches ailleurs qu’à l’Urssaf. L’absence de chiffre n’est pas un zéro.'

export const monthNames = Array.from({ length: 12 }, (_, n) =>
  new Intl.DateTimeFormat('fr-FR', { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, n, 1))),
)
const monthInitials = Array.from('JFMAMJJASOND')
export const monthInitial = (month: number) => monthInitials[month - 1]!

export const periodWords = ({ first, last }: Pick<Period, 'first' | 'last'>) =>
  `${ofName(formatMonth(first))} à ${formatMonth(last)}`

/** « 12 % » or, where nothing is counted in it, why. */
export const durableWords = ({ durable, other }: { durable: number; other: number }) =>
  durable + other === 0 ? 'sans objet' : formatShare(durable, durable + other)

/** What the last twelve months come to, in one sentence. */
export const yearSentence = (period: Pick<Period, 'total' | 'durable' | 'other'>): string =>
  period.total === 0
    ? 'Aucune embauche déclarée sur les douze derniers mois.'
    : `${formatCount(period.total, 'embauche déclarée', 'embauches déclarées')} sur les douze derniers mois.${
        period.durable + period.other > 0 ? ` Part durable\u00a0: ${durableWords(period)}.` : ''
      }`

/** « + 12 », « − 3 », « 0 ». */
export const differenceWords = ({ last, before }: { last: number; before: number }): string =>
  last === before ? '0' : `${last > before ? '+' : '−'} ${formatNumber(Math.abs(last - before))}`

export const trendWords = ({ last, before }: { last: number; before: number }): string => {
  if (last === before) return `autant que les douze mois d’avant (${formatNumber(before)})`
  const change = before === 0 ? '' : ` (${last > before ? '+' : '−'} ${formatShare(Math.abs(last - before), before)})`
  return `${formatNumber(Math.abs(last - before))} de ${last > before ? 'plus' : 'moins'} que les douze mois d’avant${change}`
}

/** The months that stand out: half above the mean at least. */
export const seasonSentence = (seasonality: NonNullable<Recruitment['seasonality']>): string => {
  const mean = seasonality.reduce((sum, one) => sum + one.mean, 0) / 12
  if (mean === 0) return 'Aucune embauche déclarée sur la période.'
  const high = seasonality.filter(one => one.mean >= 1.5 * mean).map(({ month }) => monthNames[month - 1]!)
  return high.length === 0
    ? 'Les embauches se répartissent sur l’année, sans mois qui se détache.'
    : `Les embauches se concentrent en ${formatList(high)}.`
}

export const comparedSentence = ({ own, group }: Compared, activity: string): string => {
  if (own.durable + own.other === 0)
    return `Cet établissement n’a déclaré ni CDI, ni CDD, ni intérim cette année-là ; son activité (${activity}) recrute à ${durableWords(group)} en durable.`
  return `${durableWords(own)} d’embauches durables ici, ${durableWords(group)} dans la même activité (${activity}).`
}
export const missingWords = (missing: number) =>
  `${formatCount(missing, 'mois n’a été apporté', 'mois n’ont été apportés')} par aucun fichier : ${missing > 1 ? 'ils ne sont pas comptés, ce ne sont pas des zéros' : 'il n’est pas compté, ce n’est pas un zéro'}.`

type Hirers = CompanyRecruitment['establishments']
/** « 12 établissements de votre périmètre, les premiers recruteurs d’abord » */
export const hirersCaption = ({ items, others }: Hirers) => {
  const all = items.length + (others?.establishments ?? 0)
  return all === 1
    ? 'Le seul établissement de votre périmètre'
    : `${formatNumber(all)} établissements de votre périmètre, les premiers recruteurs d’abord`
}
export const othersWords = ({ establishments, total, durable, other }: NonNullable<Hirers['others']>) =>
  `Les ${formatNumber(establishments)} autres ensemble : ${total === 0 ? 'aucune embauche' : formatCount(total, 'embauche', 'embauches')} en douze mois.${
    durable + other > 0 ? ` Part durable : ${durableWords({ durable, other })}.` : ''
  }`
/** Which part of a company the sums leave out, and which they hold though it is closed. */
export const uncoveredWords = (uncovered: number) =>
  uncovered === 1
    ? '1 établissement de votre périmètre déclare à la MSA : il n’est dans aucune de ces sommes, ce n’est pas un zéro.'
    : `${formatNumber(uncovered)} établissements de votre périmètre déclarent à la MSA : ils ne sont dans aucune de ces sommes, ce ne sont pas des zéros.`
export const closedWords = (closed: number) =>
  `Les trente-six mois comptent aussi ${formatCount(closed, 'établissement fermé depuis', 'établissements fermés depuis')}.`
export const closedCard =
  'Établissement fermé : les embauches qu’il avait déclarées restent lisibles, aucune autre n’est attendue.'
export const outsideWords = (outside: number) =>
  outside === 1
    ? '1 établissement ouvert de l’entreprise est hors de votre périmètre : ses embauches ne sont ni comptées, ni dites.'
    : `${formatNumber(outside)} établissements ouverts de l’entreprise sont hors de votre périmètre : leurs embauches ne sont ni comptées, ni dites.`
