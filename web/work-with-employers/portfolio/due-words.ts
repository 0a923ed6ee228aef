import type { Reply } from '../../../contract/route.ts'
import type { listPortfolio } from '../../../contract/work-with-employers/portfolio.ts'
import { formatCount, formatList } from '../../platform/format.ts'

type All = Reply<typeof listPortfolio>['counts']
type Counts = Pick<All, 'late' | 'today' | 'week'>

/** What is due, each action counted once: today is one of the seven days. The first part says « actions » where asked. */
export const dueWords = ({ late, today, week }: Counts, noun?: 'action'): string[] => {
  const counted = (count: number, isFirst: boolean) => (noun && isFirst ? formatCount(count, noun) : String(count))
  const coming =
    today === week
      ? `${counted(week, !late)} aujourd’hui`
      : `${counted(week, !late)} dans les sept jours${today ? ` (dont ${today} aujourd’hui)` : ''}`
  return [...(late ? [`${counted(late, true)} en retard`] : []), ...(week ? [coming] : [])]
}

/** « 15 actions et cibles : 1 en retard, 9 dans les sept jours (dont 3 aujourd’hui) et 2 nouvelles. » */
export const stateOf = (counts: All) => {
  if (!counts.all) return 'Rien ne vous est encore confié.'
  const parts = formatList([...dueWords(counts), ...(counts.new ? [formatCount(counts.new, 'nouvelle')] : [])])
  return `${formatCount(counts.all, 'action ou cible', 'actions et cibles')}${parts && ` : ${parts}`}.`
}
