import type { Static } from 'typebox'
import type { Reply } from '../../../contract/route.ts'
import {
  actionActs,
  type BulkWork,
  type bulkActs,
  type countBulkWork,
  type leftReasons,
  type targetActs,
} from '../../../contract/work-with-employers/bulk-works.ts'
import { formatCount, formatDay, formatNumber } from '../../platform/format.ts'

export type Work = Static<typeof BulkWork>
export type BulkActKind = (typeof bulkActs)[number]
export type TargetActKind = (typeof targetActs)[number]
export type Counted = Reply<typeof countBulkWork>

export const actWords: Record<BulkActKind, { label: string; hint: string; one: string; many: string }> = {
  'set-aside': {
    label: 'Mettre de côté',
    hint: 'Elles ne seront plus à contacter dans cette campagne, et pourront être retenues par une autre',
    one: 'mise de côté',
    many: 'mises de côté',
  },
  'put-back': {
    label: 'Remettre parmi les cibles',
    hint: 'Elles seront de nouveau à contacter, et réservées à cette campagne',
    one: 'remise parmi les cibles',
    many: 'remises parmi les cibles',
  },
  close: {
    label: 'Clore',
    hint: 'Il n’y a plus rien à y faire, sans nouveau contact : le résultat est dit, la campagne les garde',
    one: 'close',
    many: 'closes',
  },
  release: {
    label: 'Rendre',
    hint: 'Elles ne seront plus à personne : les vôtres et, avec un motif, celles que d’autres ont prises',
    one: 'rendue',
    many: 'rendues',
  },
  share: {
    label: 'Répartir des cibles',
    hint: 'Elles passeront à des structures ou à des personnes',
    one: 'répartie',
    many: 'réparties',
  },
  'hand-actions': {
    label: 'Confier des actions',
    hint: 'Elles passeront à un collègue',
    one: 'confiée',
    many: 'confiées',
  },
  'move-actions': {
    label: 'Déplacer des actions',
    hint: 'Elles seront prévues un autre jour',
    one: 'déplacée',
    many: 'déplacées',
  },
}
export const isOnActions = (act: BulkActKind) => (actionActs as readonly string[]).includes(act)
/** « 12 cibles », « 3 actions »: what an act is done on. */
export const formatSubjects = (act: BulkActKind, count: number) =>
  formatCount(count, isOnActions(act) ? 'action' : 'cible')
/** « 12 480 cibles mises de côté » */
export const doneWords = (act: BulkActKind, count: number) =>
  `${formatSubjects(act, count)} ${count < 2 ? actWords[act].one : actWords[act].many}`
/** « Mettre de côté 12 480 cibles » */
export const submitWords = (act: BulkActKind, count: number) => {
  const subjects = formatSubjects(act, count)
  return {
    'set-aside': `Mettre de côté ${subjects}`,
    'put-back': `Remettre ${subjects} dans la campagne`,
    close: `Clore ${subjects}`,
    release: `Rendre ${subjects}`,
    share: `Répartir ${subjects}`,
    'move-actions': `Déplacer ${subjects}`,
    'hand-actions': `Confier ${subjects}`,
  }[act]
}

/** What those that an act would not change are already, in words that follow « 3 cibles ». */
const alreadyWords: Record<BulkActKind, { one: string; many: string }> = {
  'set-aside': { one: 'est déjà mise de côté', many: 'sont déjà mises de côté' },
  'put-back': { one: 'n’est pas mise de côté', many: 'ne sont pas mises de côté' },
  close: { one: 'est déjà traitée', many: 'sont déjà traitées' },
  release: { one: 'n’est à personne', many: 'ne sont à personne' },
  share: { one: 'reste à qui l’a déjà', many: 'restent à qui les a déjà' },
  'move-actions': { one: 'est déjà prévue ce jour-là', many: 'sont déjà prévues ce jour-là' },
  'hand-actions': { one: 'est déjà à cette personne', many: 'sont déjà à cette personne' },
}

/** Why so many stay as they are. */
export const leftWords = (act: BulkActKind, because: (typeof leftReasons)[number], count: number): string => {
  const several = count > 1
  const cibles = formatSubjects(act, count)
  if (because === 'refused')
    return `${cibles} ${several ? 'ne sont pas' : 'n’est pas'} à vous, ni à quelqu’un dont vous répondez`
  if (because === 'already') return `${cibles} ${alreadyWords[act][several ? 'many' : 'one']}`
  if (because === 'set-aside') return `${cibles} ${several ? 'sont mises' : 'est mise'} de côté`
  if (because === 'elsewhere') return `${cibles} hors du territoire de cette personne, ou cette personne n’est plus là`
  if (because === 'not-to-contact') return `${cibles} ${several ? 'sont marquées' : 'est marquée'} « ne pas contacter »`
  if (because === 'passed-on') return `${cibles} ${several ? 'passées' : 'passée'} à quelqu’un d’autre depuis`
  if (because === 'budget-spent') return `${cibles} dont l’employeur n’a plus de sollicitation disponible`
  if (because === 'beside') return `${cibles} dont l’entreprise est suivie ou contactée ailleurs`
  if (because === 'worked') return `${cibles} ${several ? 'travaillées' : 'travaillée'} depuis`
  if (because === 'reason-needed')
    return `${cibles} ${several ? 'prises' : 'prise'} par d’autres : dites le motif pour ${several ? 'les' : 'la'} rendre`
  if (because === 'changed') return `${cibles} ${several ? 'ont changé' : 'a changé'} entre-temps`
  if (because === 'held') return `${cibles} ${several ? 'sont tenues' : 'est tenue'} par une autre campagne`
  return `${cibles} ${several ? 'ont été contactées' : 'a été contactée'} récemment par le réseau`
}
/** The same, of one employer. */
export const becauseWords: Record<(typeof leftReasons)[number], string> = {
  already: 'rien à changer',
  changed: 'a changé entre-temps',
  held: 'tenu par une autre campagne',
  contacted: 'contacté récemment par le réseau',
  beside: 'entreprise suivie ou contactée ailleurs',
  'not-to-contact': 'marqué « ne pas contacter »',
  'set-aside': 'mis de côté',
  elsewhere: 'hors du territoire de cette personne, ou cette personne n’est plus là',
  refused: 'ni à vous, ni à quelqu’un dont vous répondez',
  'passed-on': 'passé à quelqu’un d’autre depuis',
  worked: 'travaillé depuis',
  'budget-spent': 'budget de sollicitations utilisé',
  'reason-needed': 'pris par quelqu’un d’autre, sans motif pour le rendre',
}

export const isRunning = ({ state }: Pick<Work, 'state'>) => state === 'doing' || state === 'undoing'
/** How far it went: of what it does, or of what undoing it gives back. */
export const progressOf = ({ state, counts: { toDo, done, left, undone, kept } }: Pick<Work, 'state' | 'counts'>) => {
  const undoing = state === 'undoing' || state === 'undone'
  const value = undoing ? undone + kept : done + left + undone + kept
  const max = undoing ? done + undone + kept : value + toDo
  return { value, max, figures: `${formatNumber(value)} sur ${formatNumber(max)}` }
}
export const stateWords: Record<Work['state'], { word: string; tone: 'info' | 'success' | 'warning' | 'neutral' }> = {
  counted: { word: 'compté', tone: 'neutral' },
  doing: { word: 'en cours', tone: 'info' },
  done: { word: 'terminé', tone: 'success' },
  stopped: { word: 'arrêté', tone: 'warning' },
  undoing: { word: 'annulation en cours', tone: 'info' },
  undone: { word: 'annulé', tone: 'neutral' },
}
/** Of which campaign, or that these were one’s next actions. */
export const campaignWords = ({ campaign }: Pick<Work, 'campaign'>) =>
  campaign ? (campaign.name ?? 'Une campagne que vous ne voyez plus') : 'Prochaines actions'
/** « au 2 décembre 2026 », « de 3 jours ouvrés » */
export const moveWords = ({ movedTo, movedBy }: Pick<Work, 'movedTo' | 'movedBy'>) =>
  movedTo !== null
    ? `Au ${formatDay(movedTo)}`
    : movedBy !== null && `De ${formatCount(movedBy, 'jour ouvré', 'jours ouvrés')}`
