import { theStructure } from '../../../contract/names-in-french.ts'
import { rightsKindWords } from '../../../contract/oversight/rights-requests.words.ts'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import type { Context } from '../../platform/action.ts'
import { dayInWords } from '../../platform/french.ts'
import { dueOn } from './deadlines.ts'
import type { Whole } from './rights-requests.queries.ts'

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
/** Neither says of whom: whoever may read it finds that in the register. */
const noticeOf = (
  what: 'handed' | 'answered',
  { id, kind, receivedOn, receivedBy, handedTo, steps }: Whole,
): Notice => {
  const last = dueOn(receivedOn, steps.find(step => step.kind === 'extension')?.happenedOn)
  const named = `la demande de droits (${rightsKindWords[kind].toLowerCase()}) reçue le ${dayInWords(receivedOn)}`
  return {
    kind: what === 'handed' ? 'rights-request-handed' : 'rights-request-answered',
    subject:
      what === 'handed'
        ? 'Une demande de droits vous est transmise'
        : 'Une demande que vous avez transmise est répondue',
    text:
      what === 'handed'
        ? `${capital(theStructure(receivedBy.name))} vous transmet ${named}. Répondez à la personne au plus tard le ${dayInWords(last)} : le délai court depuis cette réception.`
        : `${capital(theStructure(handedTo!.name))} a noté sa réponse à ${named}.`,
    path: `/demandes-de-droits/${id}`,
    about: ['rights-request', id],
  }
}

/** The data protection officers of the other party: those who receive the request, or those who handed it. */
export const tellOther = (
  what: 'handed' | 'answered',
  request: Whole,
  context: Pick<Context, 'db' | 'newId' | 'now' | 'viewer'>,
) => {
  const { receivedBy, handedTo } = request
  const to = what === 'handed' ? handedTo! : receivedBy
  const partner = receivedBy.kind === 'operateur' ? handedTo! : receivedBy
  return tellRoles(
    context.db,
    { organisationId: partner.id, party: to.kind === 'operateur' ? 'operateur' : 'partenaire' },
    noticeOf(what, request),
    context,
  )
}
