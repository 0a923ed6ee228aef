import type { Reply } from '../../../contract/route.ts'
import type { getRecruitmentSummary } from '../../../contract/territory-and-register/recruitments.ts'
import { formatCount, formatList, formatMonth, formatNumber } from '../../platform/format.ts'
import { periodWords, type Recruitment } from './words.ts'

export type Forecast = NonNullable<Recruitment['forecast']>
export type Proof = NonNullable<Forecast['proof']>
type Next = NonNullable<Reply<typeof getRecruitmentSummary>['next']>

const betweenWords = ({ low, high }: Pick<Next, 'low' | 'high'>) =>
  low === high ? '' : `, entre ${formatNumber(low)} et ${formatNumber(high)}`
export const intervalWords = ({ low, high }: Pick<Next, 'low' | 'high'>) =>
  low === high ? formatNumber(low) : `${formatNumber(low)} à ${formatNumber(high)}`

/** « Environ 34 embauches probables de décembre 2026 à février 2027, entre 25 et 44. » */
export const nextSentence = (next: Next): string =>
  next.expected === 0
    ? `Sans doute aucune embauche ${periodWords(next)}, ${next.high > 0 ? `${formatNumber(next.high)} au plus` : 'd’après son passé'}.`
    : `Environ ${formatCount(next.expected, 'embauche probable', 'embauches probables')} ${periodWords(next)}${betweenWords(next)}.`

export const forecastSentence = ({ months, three }: Forecast): string => {
  const high = months.filter(({ isHigh }) => isHigh).map(({ month }) => formatMonth(month))
  return `${high.length ? `Forte embauche probable en ${formatList(high)}.` : 'Aucun mois de forte embauche ne se dessine.'} ${nextSentence(three!)}`
}

/** What the forecast would have told, and what came. */
export const proofWords = ({ announced, verified, unannounced, within, months }: Proof): string[] => {
  const missed =
    unannounced === 0
      ? ''
      : ` ${formatCount(unannounced, 'mois de forte embauche est venu', 'mois de forte embauche sont venus')} sans être ${unannounced > 1 ? 'annoncés' : 'annoncé'}.`
  return [
    announced === 0
      ? `Elle n’a annoncé aucun mois de forte embauche.${missed}`
      : `Elle a annoncé ${formatNumber(announced)} mois de forte embauche : ${
          announced === 1
            ? `il ${verified ? 's’est' : 'ne s’est pas'} vérifié`
            : verified === 0
              ? 'aucun ne s’est vérifié'
              : verified === announced
                ? 'tous se sont vérifiés'
                : formatCount(verified, 's’est vérifié', 'se sont vérifiés')
        }.${missed}`,
    withinWords({ within, months }),
  ]
}
export const withinWords = ({ within, months }: Pick<Proof, 'within' | 'months'>): string =>
  `${formatNumber(within)} mois sur ${formatNumber(months)} sont tombés dans la fourchette.`
export const errorWords = ({ error, errorOfSameMonth, errorOfMean }: Proof): string =>
  `Elle s’est trompée de ${hiresAMonth(error)} ; reprendre le même mois de l’année d’avant, de ${formatNumber(errorOfSameMonth)} ; la moyenne des douze mois d’avant, de ${formatNumber(errorOfMean)}.`
const hiresAMonth = (error: number) => `${formatCount(error, 'embauche')} par mois`
export const triedWords = (proof: Proof): string =>
  `Éprouvée sur ${formatNumber(proof.months)} mois passés, ${periodWords(proof)}, avec ce qui était connu d’un à six mois avant.`

export const silenceWords: Record<NonNullable<Forecast['silence']>, string> = {
  closed: 'Cet établissement est fermé.',
  'short-past': 'Il faut trois ans de déclarations depuis sa première embauche : ce passé est trop court.',
  'few-hires': 'Moins de douze embauches en deux ans : c’est trop peu pour dire quand viendra la prochaine.',
  'missing-months': 'Il manque des mois de déclarations : une prévision ne peut pas être vérifiée sur son passé.',
  'not-better': 'Une prévision ne ferait pas nettement mieux, ici, que le même mois de l’année d’avant ou la moyenne.',
}
