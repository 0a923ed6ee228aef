import { dayInWords } from '../../platform/french.ts'
import { parisDay } from '../../platform/time.ts'

/** An end is at 24:00: the day that ends there is the one people know. */
export const instantWords = (at: Date): string => `${dayInWords(parisDay(new Date(at.getTime() - 1)))} à 24\u00A0heures`

interface Amendment {
  readonly number: number
  readonly convention: string
  readonly partner: string
  readonly title: string
  readonly body: string
  readonly termOn: string | null
  readonly renews: boolean
}
/** The text of an amendment: the very bytes that both parties sign. */
export const amendmentText = ({ number, convention, partner, title, body, termOn, renews }: Amendment): string =>
  [
    `Avenant n° ${number} à la convention n° ${convention}`,
    `Entre l’opérateur France Travail et ${partner}.`,
    title,
    body,
    ...(termOn === null
      ? []
      : [
          renews
            ? `La période en cours va jusqu’au ${dayInWords(termOn)} à 24 heures ; les reconductions de trois mois comptent de ce jour.`
            : `La convention prend fin le ${dayInWords(termOn)} à 24 heures, sans reconduction.`,
        ]),
    'Les autres stipulations ne changent pas. Cet avenant prend effet à la seconde des deux signatures.',
  ].join('\n\n')
