import { tellPerson } from '../../notifications/tell.ts'
import type { Db } from '../../platform/database.ts'
import { dayInWords } from '../../platform/french.ts'

interface Leaver {
  /** The account, while its address stands; or the address itself, for an account about to be erased. */
  readonly to: { readonly accountId: string } | { readonly address: string }
  readonly accountId: string
  /** Their last day. */
  readonly leavesOn: string
}

/**
 * PRI-7: who leaves is reminded that confidentiality never ends (convention, art. 5). In the transaction that records
 * the departure; says the mail's id, for the trail.
 */
export const remindLeaver = (
  db: Db,
  { to, accountId, leavesOn }: Leaver,
  means: { readonly newId: () => string; readonly now: Date },
): Promise<string> =>
  tellPerson(
    db,
    {
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
    },
    means,
  )
