import { serviceKinds } from '../../../contract/territory-and-register/sought.ts'
import {
  type ServiceUse,
  serviceKindLabels,
  serviceResultLabels,
  serviceResults,
} from '../../../contract/work-with-employers/services/services.ts'
import { formatDay } from '../../platform/format.ts'
import type { Service } from './queries.ts'

type Change = Service['history'][number]['change']

export const kindWords = serviceKindLabels
export const resultWords = serviceResultLabels
export const resultTones = {
  'en-cours': 'info',
  abouti: 'success',
  'sans-suite': 'new',
  annule: 'warning',
  'non-connu': 'info',
} as const

export const daysWords = ({ usedOn, endedOn }: Pick<Service, 'usedOn' | 'endedOn'>) =>
  endedOn && endedOn !== usedOn ? `du ${formatDay(usedOn)} au ${formatDay(endedOn)}` : `le ${formatDay(usedOn)}`

export const changeWords: Record<Change, string> = {
  imported: 'Apporté par un fichier de l’opérateur',
  entered: 'Saisi',
  corrected: 'Corrigé',
  withdrawn: 'Retiré',
}
/** What the network calls it: over the last twelve months and the twelve before. */
export const usageWords: Record<ServiceUse, { readonly word: string; readonly why: string } | null> = {
  faithful: {
    word: 'employeur fidèle',
    why: 'Il a utilisé ces services au cours des douze derniers mois et des douze précédents.',
  },
  new: {
    word: 'nouvel usage',
    why: 'Il a utilisé ces services au cours des douze derniers mois, pas au cours des douze précédents.',
  },
  lost: {
    word: 'aucun usage depuis un an',
    why: 'Il a utilisé ces services il y a un à deux ans, aucun depuis douze mois.',
  },
  none: null,
}

export const kindOptions = (current?: Service['kind']) =>
  serviceKinds.filter(kind => kind !== 'afpr' || current === 'afpr').map(value => ({ value, label: kindWords[value] }))
export const resultOptions = serviceResults.map(value => ({ value, label: resultWords[value] }))
