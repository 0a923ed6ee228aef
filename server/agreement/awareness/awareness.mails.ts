import type { PersonMail } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'

export interface Due {
  readonly accountId: string
  readonly dueOn: string
  readonly late: boolean
  /** The first reminder of who has just come, and was never made aware. */
  readonly first: boolean
}
/** SEC-4: an awareness to renew, or past due. */
export const dueMail = ({ accountId, dueOn, late, first }: Due): PersonMail => ({
  kind: late ? 'awareness-late' : first ? 'awareness-first' : 'awareness-due',
  to: { accountId },
  about: ['awareness', dueOn],
  path: '/mes-droits',
  subject: late
    ? 'Votre sensibilisation à la sécurité est dépassée'
    : first
      ? 'Votre première sensibilisation à la sécurité'
      : 'Votre sensibilisation à la sécurité est à renouveler',
  text: late
    ? `Votre sensibilisation à la sécurité était à renouveler avant le ${dayInWords(dueOn)}. Tant qu’elle ne l’est pas, vos habilitations peuvent être suspendues.\n\nAdressez-vous au responsable de la formation ou au responsable de gestion de comptes (RGC) de votre structure.`
    : first
      ? `Aucune sensibilisation à la sécurité n’est notée pour vous. La première est à suivre avant le ${dayInWords(dueOn)}, puis chaque année.\n\nDemandez-en la date au responsable de la formation ou au responsable de gestion de comptes (RGC) de votre structure.`
      : `La sensibilisation à la sécurité se renouvelle chaque année. La vôtre est à refaire avant le ${dayInWords(dueOn)}.\n\nAdressez-vous au responsable de la formation ou au responsable de gestion de comptes (RGC) de votre structure.`,
  why: 'vous avez un accès à ce service',
})
