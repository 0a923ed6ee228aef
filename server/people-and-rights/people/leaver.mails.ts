import type { PersonMail } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'

/** What ends: the account itself, a contract, the convention of the structure, the charge of its account manager. */
export type LeavingCause = 'account' | 'contract' | 'convention' | 'account-manager'
export interface Leaver {
  /** The account, while its address stands; or the address itself, for an account about to be erased. */
  readonly to: { readonly accountId: string } | { readonly address: string }
  readonly accountId: string
  readonly cause: LeavingCause
  /** Their last day. */
  readonly leavesOn: string
}

const keepNothing =
  'Ne gardez aucun fichier, aucune copie d’écran ni aucune note qui en vienne : rendez-les à votre structure ou détruisez-les.'
interface Words {
  readonly subject: string
  readonly ends: (day: string) => string
  readonly keep: string
  readonly why: string
}
const words: Record<LeavingCause, Words> = {
  account: {
    subject: 'Votre départ : la confidentialité continue',
    ends: day => `Votre accès à Campagnes coordonnées prend fin le ${day}.`,
    keep: keepNothing,
    why: 'votre compte de ce service va être clos',
  },
  contract: {
    subject: 'Votre contrat a pris fin : la confidentialité continue',
    ends: day =>
      `Votre contrat a pris fin le ${day}, et avec lui votre accès à Campagnes coordonnées. S’il est prolongé, le responsable de gestion de comptes (RGC) de la structure l’indique au service.`,
    keep: keepNothing,
    why: 'la date de fin de votre contrat est passée',
  },
  convention: {
    subject: 'Votre structure n’est plus sous convention : la confidentialité continue',
    ends: day =>
      `La convention de votre structure a pris fin le ${day}, et avec elle votre accès à Campagnes coordonnées.`,
    keep: keepNothing,
    why: 'la convention de votre structure a pris fin',
  },
  'account-manager': {
    subject: 'Vous n’êtes plus RGC : la confidentialité continue',
    ends: day =>
      `Depuis le ${day}, vous n’êtes plus responsable de gestion de comptes (RGC) de votre structure dans Campagnes coordonnées.`,
    keep: 'Ne gardez rien de ce que cette charge vous a fait connaître des comptes et des accès de vos collègues.',
    why: 'votre structure a révoqué votre désignation comme RGC',
  },
}

/** PRI-7: who leaves is reminded that confidentiality never ends (convention, art. 5). */
export const leaverMail = ({ to, accountId, cause, leavesOn }: Leaver): PersonMail => ({
  kind: 'confidentiality-reminder',
  to,
  about: ['account', accountId],
  subject: words[cause].subject,
  text: [
    words[cause].ends(dayInWords(leavesOn)),
    'L’obligation de confidentialité que vous avez acceptée continue, sans limite de durée : après votre départ, après votre contrat et après la convention. Ce que vous avez appris des entreprises et des personnes par ce service ne se communique à personne et ne s’emploie à aucun autre usage.',
    words[cause].keep,
  ].join('\n\n'),
  why: words[cause].why,
})
