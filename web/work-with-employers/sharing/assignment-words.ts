import type { Reply } from '../../../contract/route.ts'
import type { listAssignments } from '../../../contract/work-with-employers/sharing.ts'
import { kindWords, recipientName } from './words.ts'

type Assignment = Reply<typeof listAssignments>['items'][number]

/** « Prise par Claire Dufau », « Passée de … à … », « Rendue par … » : who had it before and after. */
export const assignmentWords = ({ from, to, by, how }: Pick<Assignment, 'from' | 'to' | 'by' | 'how'>): string => {
  if (!to) return from ? `Rendue par ${recipientName(from)}` : 'Rendue'
  if (!from)
    return to.person?.id === by.id && how === null
      ? `Prise en charge par ${recipientName(to)}`
      : `Confiée à ${recipientName(to)}`
  return `Passée de ${recipientName(from)} à ${recipientName(to)}`
}
/** By whose act, and whether it was undone since. */
export const whyWords = ({ how, by, undone }: Assignment) =>
  `${how ? `Répartition ${kindWords[how].done}, faite` : 'Fait'} par ${by.name}${undone ? ', annulée depuis' : ''}`
