import type { Static } from 'typebox'
import type * as contract from '../../contract/exchanges.ts'
import { formatDay, formatTime } from '../platform/format.ts'

export type Exchange = Static<typeof contract.Exchange>
export type Content = Static<typeof contract.ExchangeContent>
export type NextAction = Static<typeof contract.NextAction>
export type Channel = (typeof contract.channels)[number]
export type Result = (typeof contract.results)[number]
export type ActionKind = (typeof contract.nextActionKinds)[number]
export type Visibility = (typeof contract.visibilities)[number]
type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'new'

export const channelWords: Record<Channel, string> = { telephone: 'Téléphone', visite: 'Visite', visio: 'Visioconférence', courriel: 'Courriel', evenement: 'Événement', accueil: 'Accueil dans nos locaux' }
export const resultWords: Record<Result, { word: string; tone: Tone }> = {
  'besoin-detecte': { word: 'Besoin détecté', tone: 'success' }, 'rendez-vous-pris': { word: 'Rendez-vous pris', tone: 'new' }, 'a-rappeler': { word: 'À rappeler', tone: 'info' },
  'pas-de-besoin': { word: 'Pas de besoin', tone: 'neutral' }, 'absent': { word: 'Absent', tone: 'neutral' }, 'injoignable': { word: 'Injoignable', tone: 'neutral' },
  'mauvais-interlocuteur': { word: 'Mauvais interlocuteur', tone: 'neutral' }, 'refus': { word: 'Refus', tone: 'warning' }, 'ferme': { word: 'Établissement fermé', tone: 'warning' },
}
export const actionWords: Record<ActionKind, string> = { 'rappel': 'Rappel', 'visite': 'Visite', 'rendez-vous': 'Rendez-vous', 'envoi-information': 'Envoi d’information', 'transmission': 'Transmission à un partenaire' }

/** « Rappel le 8 janvier 2027 à 14 h 30 ». */
export const plannedWords = ({ kind, dueOn, dueAt = null }: { kind: ActionKind; dueOn: string; dueAt?: string | null }) =>
  `${actionWords[kind]} le ${formatDay(dueOn)}${dueAt ? ` à ${formatTime(dueAt)}` : ''}`

/** What the others will see, said before one saves (EST-11). */
export const visibilitySentence = (visibility: Visibility, organisation: string) => visibility === 'reseau'
  ? 'Les conseillers du réseau habilités sur ce territoire liront tout l’échange.'
  : `Seuls vos collègues de ${organisation} liront l’échange. Les autres verront qu’un contact a eu lieu, par quelle structure et quand, rien de plus.`
