import { theStructure } from '../../../contract/names-in-french.ts'
import { rightsKindWords } from '../../../contract/oversight/rights-requests.words.ts'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import type { Context } from '../../platform/action.ts'
import { dayInWords } from '../../platform/french.ts'
import { dueOn } from './deadlines.ts'
import type { Whole } from './rights-requests.queries.ts'

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
const kinds = {
  handed: 'rights-request-handed',
  answered: 'rights-request-answered',
  withdrawn: 'rights-request-withdrawn',
  givenBack: 'rights-request-given-back',
} as const
type What = keyof typeof kinds
/** None says of whom: whoever may read it finds that in the register. */
const noticeOf = (what: What, { id, kind, receivedOn, receivedBy, handedTo, steps }: Whole): Notice => {
  const last = dueOn(receivedOn, steps.find(step => step.kind === 'extension')?.happenedOn)
  const named = `la demande de droits (${rightsKindWords[kind].toLowerCase()}) reçue le ${dayInWords(receivedOn)}`
  const giver = capital(theStructure(receivedBy.name))
  const said: Record<What, readonly [subject: string, text: string]> = {
    handed: [
      'Une demande de droits vous est transmise',
      `${giver} vous transmet ${named}. Répondez à la personne au plus tard le ${dayInWords(last)} : le délai court depuis cette réception.`,
    ],
    answered: [
      'Une demande que vous avez transmise est répondue',
      `${capital(theStructure(handedTo!.name))} a noté sa réponse à ${named}.`,
    ],
    withdrawn: [
      'Une demande de droits vous est reprise',
      `${giver} reprend ${named}, transmise par erreur : vous n’avez pas à y répondre, et n’y avez plus accès. N’en gardez aucune copie.`,
    ],
    givenBack: [
      'Une demande de droits vous est rendue',
      `${capital(theStructure(handedTo!.name))} vous rend ${named}, qui ne lui revient pas : le motif est au registre. Répondez à la personne au plus tard le ${dayInWords(last)} : le délai court depuis cette réception.`,
    ],
  }
  const [subject, text] = said[what]
  return {
    kind: kinds[what],
    subject,
    text,
    path: what === 'withdrawn' ? '/demandes-de-droits' : `/demandes-de-droits/${id}`,
    about: ['rights-request', id],
  }
}

/**
 * The data protection officers of the other party: those who handed the request for its answer or its return, else
 * those who have or had it.
 */
export const tellOther = (what: What, request: Whole, context: Pick<Context, 'db' | 'newId' | 'now' | 'viewer'>) => {
  const { receivedBy, handedTo } = request
  const to = what === 'answered' || what === 'givenBack' ? receivedBy : handedTo!
  const partner = receivedBy.kind === 'operateur' ? handedTo! : receivedBy
  return tellRoles(
    context.db,
    { organisationId: partner.id, party: to.kind === 'operateur' ? 'operateur' : 'partenaire' },
    noticeOf(what, request),
    context,
  )
}
