import {
  type NeedState,
  needAdviceLabels,
  needContractLabels,
  needKindLabels,
  needStateLabels,
  needStates,
} from '../../../contract/work-with-employers/needs.ts'
import { daysBetween, formatCount, formatDay, today } from '../../platform/format.ts'
import type { Need, NeedLine, NeedProposal } from './queries.ts'

type Tone = 'info' | 'success' | 'warning' | 'neutral'

export const kindWords = needKindLabels
export const adviceWords = needAdviceLabels
export const contractWords = needContractLabels
const stateTones: Record<NeedState, Tone> = {
  ouvert: 'info',
  'pris-en-charge': 'info',
  'partiellement-pourvu': 'warning',
  pourvu: 'success',
  'pourvu-autrement': 'neutral',
  abandonne: 'neutral',
}
export const needStateWords = Object.fromEntries(
  needStates.map(state => [state, { word: needStateLabels[state], tone: stateTones[state] }]),
) as Record<NeedState, { readonly word: string; readonly tone: Tone }>
export const proposalWords: Record<NeedProposal['state'], { readonly word: string; readonly tone: Tone }> = {
  waiting: { word: 'en attente', tone: 'info' },
  taken: { word: 'pris', tone: 'success' },
  done: { word: 'fait', tone: 'success' },
  declined: { word: 'décliné', tone: 'warning' },
  unreachable: { word: 'employeur injoignable', tone: 'warning' },
  overtaken: { word: 'pris par une autre structure', tone: 'neutral' },
  withdrawn: { word: 'retiré', tone: 'neutral' },
}
export const versionWords: Record<Need['history'][number]['change'], string> = {
  noted: 'Noté',
  corrected: 'Corrigé',
  taken: 'Pris en charge',
  'given-back': 'Rendu',
  unreachable: 'Employeur dit injoignable',
  hired: 'Embauche notée',
  answered: 'Répondu',
  'filled-otherwise': 'Pourvu autrement',
  abandoned: 'Abandonné',
  'handed-over': 'Confié à une autre personne',
  reopened: 'Rouvert',
}

/** « Recrutement : 2 × Boulanger / Boulangère » */
export const whatWords = ({
  kind,
  advice,
  job,
  posts,
}: Pick<NeedLine, 'kind' | 'advice' | 'job' | 'posts'>): string => {
  const about = job ? `${posts !== null && posts > 1 ? `${posts} × ` : ''}${job.label}` : advice && adviceWords[advice]
  return about ? `${kindWords[kind]} : ${about}` : kindWords[kind]
}
/** « CDI, dès le 3 mars 2027, 35 h » */
export const termsWords = ({
  contract,
  startsOn,
  weeklyHours,
}: Pick<NeedLine, 'contract' | 'startsOn' | 'weeklyHours'>) =>
  [
    contract && contractWords[contract],
    startsOn && `dès le ${formatDay(startsOn)}`,
    weeklyHours !== null && `${weeklyHours.toLocaleString('fr-FR')} h par semaine`,
  ]
    .filter(Boolean)
    .join(', ')
/** « 1 embauche sur 2 » */
export const hiredWords = ({ hired, posts }: Pick<NeedLine, 'hired' | 'posts'>) =>
  posts === null ? formatCount(hired, 'embauche') : `${formatCount(hired, 'embauche')} sur ${posts}`

/** « noté aujourd’hui », « noté il y a 12 jours » */
export const ageWords = ({ notedOn }: Pick<NeedLine, 'notedOn'>, now: string = today()) => {
  const days = daysBetween(notedOn, now)
  return days <= 0 ? 'noté aujourd’hui' : `noté il y a ${formatCount(days, 'jour')}`
}
/** Who has it: « Cap Emploi, qui l’a pris » or « Claire Dufau, CC des Graves ». */
export const holderWords = ({ takenBy, owner, organisation }: Pick<NeedLine, 'takenBy' | 'owner' | 'organisation'>) =>
  takenBy ? `${takenBy.name}, qui l’a pris` : [owner?.name, organisation.name].filter(Boolean).join(', ')
