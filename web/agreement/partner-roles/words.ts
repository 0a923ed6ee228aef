import type { listPartnerRoles, listPartnerSeats, PartnerRole } from '../../../contract/agreement/partner-roles.ts'
import type { Reply } from '../../../contract/route.ts'

export type Held = Reply<typeof listPartnerRoles>['items'][number]
export type Seat = Reply<typeof listPartnerSeats>['items'][number]

/** What each opens, said where it is given. */
export const opens: Readonly<Record<PartnerRole, string>> = {
  'responsable-operationnel':
    'Agit au nom de la structure : nomme les interlocuteurs, donne congé, notifie un manquement, répond aux courriers. Lit le dossier de la convention.',
  'correspondant-si':
    'Enregistre la validation des postes de travail, reçoit les avis de sécurité. Lit le dossier de la convention.',
  dpd: 'Reçoit ce qui touche aux données personnelles. Lit le dossier de la convention.',
  rssi: 'Suit la sensibilisation, les postes de travail et les évaluations de sécurité. Lit le dossier de la convention.',
  'responsable-formation': 'Suit et enregistre la sensibilisation. Lit le dossier de la convention.',
}
