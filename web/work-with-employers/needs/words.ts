import type { needAdvice, needContracts, needKinds, needStates } from '../../../contract/work-with-employers/needs.ts'
import { daysBetween, formatCount, formatDay, today } from '../../platform/format.ts'
import type { Need, NeedLine, NeedProposal } from './queries.ts'

type Tone = 'info' | 'success' | 'warning' | 'neutral'

export const kindWords: Record<(typeof needKinds)[number], string> = {
  recrutement: 'Recrutement',
  formation: 'Formation',
  immersion: 'Immersion (PMSMP)',
  conseil: 'Conseil',
  'contrat-aide': 'Contrat aidé',
  autre: 'Autre besoin',
}
export const adviceWords: Record<(typeof needAdvice)[number], string> = {
  'poste-de-travail': 'poste de travail',
  inclusion: 'inclusion',
  handicap: 'handicap',
}
export const contractWords: Record<(typeof needContracts)[number], string> = {
  cdi: 'CDI',
  cdd: 'CDD',
  interim: 'intérim',
  saisonnier: 'saisonnier',
  apprentissage: 'apprentissage',
  professionnalisation: 'professionnalisation',
  insertion: 'insertion (IAE)',
}
export const needStateWords: Record<(typeof needStates)[number], { readonly word: string; readonly tone: Tone }> = {
  ouvert: { word: 'ouvert', tone: 'info' },
  'pris-en-charge': { word: 'pris en charge', tone: 'info' },
  'partiellement-pourvu': { word: 'partiellement pourvu', tone: 'warning' },
  pourvu: { word: 'pourvu', tone: 'success' },
  'pourvu-autrement': { word: 'pourvu autrement', tone: 'neutral' },
  abandonne: { word: 'abandonné', tone: 'neutral' },
}
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
