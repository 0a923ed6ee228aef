import { ofName, ofStructure, theStructure, toStructure } from '../../../contract/names-in-french.ts'
import type { Reply } from '../../../contract/route.ts'
import type { listAssignments } from '../../../contract/work-with-employers/sharing/reading.ts'
import { kindWords, recipientName } from './words.ts'

type Assignment = Reply<typeof listAssignments>['items'][number]
type Recipient = NonNullable<Assignment['to']>

const byWords = (one: Recipient) => `par ${one.person ? recipientName(one) : theStructure(recipientName(one))}`
const toWords = (one: Recipient) => (one.person ? `à ${recipientName(one)}` : toStructure(recipientName(one)))
const fromWords = (one: Recipient) => (one.person ? ofName(recipientName(one)) : ofStructure(recipientName(one)))

/** « Prise par Claire Dufau », « Passée de … à … », « Rendue par … » : who had it before and after. */
export const assignmentWords = ({
  from,
  to,
  by,
  how,
}: Pick<Assignment, 'from' | 'to' | 'how'> & { readonly by: Pick<Assignment['by'], 'id'> | null }): string => {
  if (!to) return from ? `Rendue ${byWords(from)}` : 'Rendue'
  if (!from)
    return to.person !== null && to.person.id === by?.id && how === null
      ? `Prise en charge ${byWords(to)}`
      : `Confiée ${toWords(to)}`
  return `Passée ${fromWords(from)} ${toWords(to)}`
}
/** By whose act, and whether it was undone since. */
export const whyWords = ({ how, by, undone }: Assignment) =>
  `${how ? `Répartition ${kindWords[how].done}, faite` : 'Fait'} par ${by.name}${undone ? ', annulée depuis' : ''}`
