import type { PersonMail } from '../../notifications/tell.ts'
import type { NeedRow } from './needs.queries.ts'

const received = '/besoins?onglet=proposes'
const why = 'vous travaillez avec les employeurs de ce territoire'

/** To who leads or works there in the structure that receives. Neither the employer nor the words: the page says them. */
export const needProposedMail = (of: { id: string; from: string }, accountId: string): PersonMail => ({
  kind: 'need-proposed',
  to: { accountId },
  about: ['need-proposal', of.id],
  path: received,
  why,
  subject: 'Un besoin d’employeur est proposé à votre structure',
  text: `La structure ${of.from} propose à la vôtre un besoin d’employeur.\n\nIl est à prendre ou à décliner. La première structure qui le prend l’a ; les autres en sont prévenues.`,
})
/** To the same people, where the need waited for them. */
export const needOvertakenMail = (of: { id: string; taker: string }, accountId: string): PersonMail => ({
  kind: 'need-overtaken',
  to: { accountId },
  about: ['need-proposal', of.id],
  path: received,
  why,
  subject: 'Un besoin proposé à votre structure est pris par une autre',
  text: `La structure ${of.taker} a pris en charge un besoin d’employeur qui était aussi proposé à la vôtre. Vous n’avez plus à répondre.`,
})

const answers = {
  take: ['Votre besoin est pris en charge', 'a pris en charge un besoin que vous suivez'],
  decline: ['Votre besoin est décliné', 'a décliné un besoin que vous lui proposiez, et dit pourquoi'],
  'give-back': ['Votre besoin vous est rendu', 'rend un besoin qu’elle avait pris en charge, et dit pourquoi'],
  unreachable: ['Employeur injoignable', 'n’a pas pu joindre l’employeur d’un besoin, qui redevient ouvert'],
  hire: ['Embauches pour votre besoin', 'a noté des embauches pour un besoin que vous suivez'],
  answer: ['Votre besoin est répondu', 'a répondu à un besoin que vous suivez'],
  'fill-otherwise': ['Votre besoin est pourvu autrement', 'dit qu’un besoin que vous suivez est pourvu autrement'],
  abandon: ['Votre besoin est abandonné', 'dit qu’un besoin que vous suivez est abandonné, et pourquoi'],
} as const
export type NeedAnswer = keyof typeof answers
/** To who follows the need, of what another structure did. */
export const needAnsweredMail = (
  { id, ownerId }: Pick<NeedRow, 'id' | 'ownerId'>,
  by: string,
  answer: NeedAnswer,
): PersonMail => ({
  kind: 'need-answered',
  to: { accountId: ownerId },
  about: ['need', id],
  path: `/besoins/${id}`,
  why: 'vous suivez ce besoin',
  subject: answers[answer][0],
  text: `La structure ${by} ${answers[answer][1]}.`,
})
