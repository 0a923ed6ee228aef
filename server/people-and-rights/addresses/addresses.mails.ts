import type { Notice, PersonMail } from '../../notifications/tell.ts'
import { holder } from '../accounts/accounts.mails.ts'

const unexpected =
  'Vous ne l’avez pas demandé ? Prévenez sans attendre le responsable de gestion de comptes (RGC) de votre structure, ou le correspondant sécurité de l’opérateur (CSSI).'

/** To the present address. It does not say the new one: mails pass through others' servers. */
export const askedMail = ({
  accountId,
  newDomain,
  reason,
}: {
  readonly accountId: string
  readonly newDomain: boolean
  readonly reason: string
}): PersonMail => ({
  kind: 'address-asked',
  to: { accountId },
  subject: 'Une autre adresse est demandée pour votre compte',
  why: holder,
  path: '/mon-compte',
  about: ['account', accountId],
  text: `Le responsable de gestion de comptes (RGC) de votre structure demande que votre compte ait une autre adresse électronique. Rien ne change tant qu’une autre personne que lui ne l’a pas confirmé : ${newDomain ? 'un autre RGC, ou le signataire, car votre structure ne connaît pas le domaine de cette adresse' : 'vous, dans « Mon compte », un autre RGC ou le signataire'}. Après quatorze jours sans réponse, la demande est abandonnée. Vous pouvez la refuser dans « Mon compte ».\n\nMotif : ${reason}\n\n${unexpected}`,
})
export const waitingNotice = (accountId: string): Notice => ({
  kind: 'address-waiting',
  subject: 'Un changement d’adresse attend une confirmation',
  path: '/habilitations/confirmations',
  about: ['account', accountId],
  text: 'Une autre adresse électronique est demandée pour le compte d’une personne de votre structure. Demandez à la personne, à un numéro que vous connaissez, si c’est bien la sienne, puis confirmez ou refusez. Elle peut aussi le confirmer elle-même, sauf si votre structure ne connaît pas le domaine de cette adresse.',
})
export const changedMail = (to: PersonMail['to'], accountId: string, reason: string): PersonMail => ({
  kind: 'address-changed',
  to,
  subject: 'L’adresse de votre compte a changé',
  why: holder,
  ...('accountId' in to ? { path: '/connexion' } : {}),
  about: ['account', accountId],
  text: `${'accountId' in to ? 'Votre compte a désormais cette adresse' : 'Votre compte n’a plus cette adresse'} : le changement demandé par le responsable de gestion de comptes (RGC) de votre structure est confirmé. Vos sessions ouvertes sont closes, et les liens reçus avant ce changement ne servent plus. Vos habilitations ne changent pas.\n\nMotif : ${reason}\n\n${unexpected}`,
})
export const refusedMail = (to: string, accountId: string, reason: string): PersonMail => ({
  kind: 'address-refused',
  to: { accountId: to },
  subject: 'Un changement d’adresse est refusé',
  why: 'ce compte est le vôtre, ou vous avez demandé ce changement',
  path: '/',
  about: ['account', accountId],
  text: `Le changement d’adresse demandé pour un compte est refusé, ou sa demande est annulée : l’adresse ne change pas.\n\nMotif : ${reason}`,
})
