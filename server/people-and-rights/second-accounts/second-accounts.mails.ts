import type { Notice, PersonMail } from '../../notifications/tell.ts'
import { holder } from '../accounts/accounts.mails.ts'

const page = { partenaire: '/habilitations/seconds-comptes', operateur: '/securite/seconds-comptes' } as const

/** To the person, at the address itself; who asks shows in the service alone. */
export const askedMail = (accountId: string, shareId: string): PersonMail => ({
  kind: 'pair-asked',
  to: { accountId },
  subject: 'Une seconde structure demande à vous ouvrir un compte',
  why: holder,
  path: '/mon-compte',
  about: ['second-account', shareId],
  text: 'Une autre structure dit que vous travaillez aussi pour elle, et demande à vous ouvrir un second compte avec la même adresse. Rien ne s’ouvre sans votre accord : lisez qui le demande dans « Mon compte », puis acceptez ou refusez, dans les trente jours.\n\nVous ne travaillez pas pour une autre structure ? Refusez. Votre compte d’aujourd’hui ne change pas.',
})
/** To the first structure and the security officers: that there is another account, not where. */
export const acceptedNotice = (shareId: string): Notice => ({
  kind: 'pair-accepted',
  subject: 'Une personne a un compte dans une seconde structure',
  path: page,
  about: ['second-account', shareId],
  text: 'Une personne a accepté d’avoir, avec la même adresse, un compte dans une seconde structure. Ses deux comptes ne mêlent rien : ni habilitations, ni sessions, ni seconds facteurs. Il n’y a rien à faire. Le service ne dit pas à sa première structure quelle est l’autre ; le correspondant sécurité de l’opérateur (CSSI) lit les deux.',
})
const answers = {
  accepted: {
    subject: 'Le second compte est accepté',
    text: 'La personne accepte : vous avez trente jours pour créer son compte, avec la même adresse.',
  },
  refused: {
    subject: 'Le second compte est refusé',
    text: 'La personne refuse d’avoir un compte dans votre structure.',
  },
  freed: {
    subject: 'L’adresse est libre',
    text: 'L’adresse n’est plus celle d’un autre compte : vous pouvez créer le compte.',
  },
} as const
export const answeredMail = (to: string, shareId: string, outcome: keyof typeof answers): PersonMail => ({
  kind: 'pair-answered',
  to: { accountId: to },
  subject: answers[outcome].subject,
  why: 'vous avez demandé ce second compte',
  path: page.partenaire,
  about: ['second-account', shareId],
  text: answers[outcome].text,
})
