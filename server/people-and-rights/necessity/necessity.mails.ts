import type { Notice } from '../../notifications/tell.ts'
import type { Why } from '../accounts/stand-in-rules.ts'

/** Without anybody's name: the page behind says who. */
export const necessityNotice = (
  accountId: string,
  bySignatory: boolean,
  what: string,
  { ground, reason, incident }: Why,
): Notice => ({
  kind: 'necessity-act',
  subject: bySignatory
    ? 'Acte exceptionnel du signataire sur un compte de votre structure'
    : 'Acte exceptionnel de l’opérateur sur un compte de votre structure',
  path: { partenaire: `/habilitations/personnes/${accountId}`, operateur: '/journal' },
  about: ['account', accountId],
  text: `${bySignatory ? 'Faute de responsable de gestion de comptes (RGC), le signataire de la structure' : 'Par exception, le correspondant sécurité de l’opérateur (CSSI)'} a ${what}.\n\n${ground === 'incident' ? `Pour un incident de sécurité, référence ${incident}` : 'Par nécessité'}. Motif : ${reason}\n\nL’acte est marqué comme exceptionnel dans le journal, et sur la page de ce compte.`,
})
