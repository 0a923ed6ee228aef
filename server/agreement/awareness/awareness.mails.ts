import type { PersonMail } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'

export interface Due {
  readonly accountId: string
  readonly dueOn: string
  readonly late: boolean
}
/** SEC-4: an awareness to renew, or past due. */
export const dueMail = ({ accountId, dueOn, late }: Due): PersonMail => ({
  kind: late ? 'awareness-late' : 'awareness-due',
  to: { accountId },
  about: ['awareness', dueOn],
  path: '/mes-droits',
  subject: late
    ? 'Votre sensibilisation à la sécurité est dépassée'
    : 'Votre sensibilisation à la sécurité est à renouveler',
  text: late
    ? `Votre sensibilisation à la sécurité était à renouveler avant le ${dayInWords(dueOn)}. Tant qu’elle ne l’est pas, vos habilitations peuvent être suspendues.\n\nAdressez-vous au responsable de la formation ou au responsable de gestion de comptes (RGC) de votre structure.`
    : `La sensibilisation à la sécurité se renouvelle chaque année. La vôtre est à refaire avant le ${dayInWords(dueOn)}.\n\nAdressez-vous au responsable de la formation ou au responsable de gestion de comptes (RGC) de votre structure.`,
  why: 'vous avez une habilitation dans ce service',
})
