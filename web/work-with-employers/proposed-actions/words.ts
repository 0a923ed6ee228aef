import type { Static } from 'typebox'
import type { ActionProposal } from '../../../contract/work-with-employers/proposed-actions.ts'
import { formatDay, formatTime } from '../../platform/format.ts'
import { lineName } from '../../platform/names.ts'
import { actionWords } from '../exchanges/words.ts'

export type Proposal = Static<typeof ActionProposal>

export const stateWords: Record<Proposal['state'], { word: string; tone: 'info' | 'success' | 'warning' | 'neutral' }> =
  {
    waiting: { word: 'en attente', tone: 'info' },
    accepted: { word: 'acceptée', tone: 'success' },
    declined: { word: 'déclinée', tone: 'warning' },
    withdrawn: { word: 'retirée', tone: 'neutral' },
    lapsed: { word: 'sans réponse', tone: 'warning' },
  }
/** « Rappel, ATELIER DU LIN » */
export const whatWords = ({ kind, establishment }: Pick<Proposal, 'kind' | 'establishment'>) =>
  `${actionWords[kind]}, ${lineName(establishment)}`
/** « le 2 décembre 2026 à 14 h 30 » */
export const whenWords = ({ dueOn, dueAt }: Pick<Proposal, 'dueOn' | 'dueAt'>) =>
  `le ${formatDay(dueOn)}${dueAt ? ` à ${formatTime(dueAt)}` : ''}`
/** What became of one that was sent. */
export const becameWords = ({ state, answeredBy, lapsesOn, reason }: Proposal): string =>
  ({
    waiting: `À accepter ou à décliner jusqu’au ${formatDay(lapsesOn)}. D’ici là, l’action vous reste.`,
    accepted: `${answeredBy?.name ?? 'Une personne'} s’en charge.`,
    declined: `Elle vous reste. ${answeredBy?.name ?? 'Une personne'} a répondu : « ${reason ?? ''} »`,
    withdrawn: answeredBy ? 'Elle vous reste.' : 'L’action a été close, annulée ou reprise entre-temps.',
    lapsed: 'Personne n’a répondu dans le délai : elle vous reste.',
  })[state]
