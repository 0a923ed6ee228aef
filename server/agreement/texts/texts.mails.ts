import type { PersonMail } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'

export interface Leaver {
  /** The account, while its address stands; or the address itself, for an account about to be erased. */
  readonly to: { readonly accountId: string } | { readonly address: string }
  readonly accountId: string
  /** Their last day. */
  readonly leavesOn: string
}
/** PRI-7: who leaves is reminded that confidentiality never ends (convention, art. 5). */
export const leaverMail = ({ to, accountId, leavesOn }: Leaver): PersonMail => ({
  kind: 'confidentiality-reminder',
  to,
  about: ['account', accountId],
  subject: 'Votre départ : la confidentialité continue',
  text: [
    `Votre accès à Campagnes coordonnées prend fin le ${dayInWords(leavesOn)}.`,
    'L’obligation de confidentialité que vous avez acceptée ne prend pas fin avec lui, ni avec votre contrat : elle est sans limite de durée. Ce que vous avez appris des entreprises et des personnes par ce service ne se communique à personne et ne s’emploie à aucun autre usage.',
    'Ne gardez aucun fichier, aucune copie d’écran ni aucune note qui en vienne : rendez-les à votre structure ou détruisez-les.',
  ].join('\n\n'),
  why: 'votre compte de ce service va être clos',
})
