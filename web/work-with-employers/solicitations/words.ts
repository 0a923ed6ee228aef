import { formatCount, formatNumber } from '../../platform/format.ts'
import type { Solicitations } from './queries.ts'

export const isSpent = ({ leftThisWeek }: Pick<Solicitations, 'leftThisWeek'>) => leftThisWeek === 0

/** « Il reste 2 sollicitations ce mois-ci, dont 1 cette semaine. » */
export const leftWords = ({ leftThisMonth, leftThisWeek }: Pick<Solicitations, 'leftThisMonth' | 'leftThisWeek'>) =>
  leftThisMonth === 0
    ? 'Il ne reste aucune sollicitation ce mois-ci.'
    : `Il reste ${formatCount(leftThisMonth, 'sollicitation')} ce mois-ci, ${
        leftThisWeek === 0 ? 'aucune cette semaine' : `dont ${formatNumber(leftThisWeek)} cette semaine`
      }.`

/** « Le réseau en a utilisé 3 sur 4, dont 1 réservée. » */
export const usedWords = ({ month, perMonth, kept }: Pick<Solicitations, 'month' | 'perMonth' | 'kept'>) =>
  `Le réseau en a utilisé ${formatNumber(month)} sur ${formatNumber(perMonth)}${
    kept > 0 ? `, dont ${formatCount(kept, 'réservée')} par une action prévue ou une prise en charge` : ''
  }.`

export const actWords = { take: 's’en est occupé', share: 'a confié une cible', plan: 'a reporté une action' } as const
