import type { PersonMail } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'
import type { ProposalRow } from './proposals.queries.ts'

const path = '/actions-proposees'

/** To who leads or works there in the structure that receives. Neither the employer nor the words: the page says them. */
export const proposedMail = (proposal: ProposalRow, accountId: string): PersonMail => ({
  kind: 'action-proposed',
  to: { accountId },
  about: ['action-proposal', proposal.id],
  path,
  why: 'vous travaillez avec les employeurs de ce territoire',
  subject: 'Une action est proposée à votre structure',
  text: `La structure ${proposal.from.name} propose à la vôtre une action avec un employeur, prévue le ${dayInWords(proposal.dueOn)}.\n\nElle est à accepter ou à décliner jusqu’au ${dayInWords(proposal.lapsesOn)}. Sans réponse, elle lui reste.`,
})

const answers = {
  accepted: {
    subject: 'Votre action est acceptée',
    said: 'a accepté l’action que vous lui proposiez : elle s’en charge',
  },
  declined: {
    subject: 'Votre action est déclinée',
    said: 'a décliné l’action que vous lui proposiez, et dit pourquoi : elle vous reste',
  },
  lapsed: {
    subject: 'Votre action est restée sans réponse',
    said: 'n’a pas répondu dans le délai à l’action que vous lui proposiez : elle vous reste',
  },
} as const
/** To who proposed it. */
export const answeredMail = (
  { id, receiver, byId }: { readonly id: string; readonly receiver: string; readonly byId: string },
  answer: keyof typeof answers,
): PersonMail => ({
  kind: 'action-answered',
  to: { accountId: byId },
  about: ['action-proposal', id],
  path,
  why: 'vous avez proposé cette action',
  subject: answers[answer].subject,
  text: `La structure ${receiver} ${answers[answer].said}.`,
})
