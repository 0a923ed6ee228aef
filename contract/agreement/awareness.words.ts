import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'awareness/readers-only': refusal(
    403,
    'Réservé à d’autres rôles',
    'Les sensibilisations d’une structure sont suivies par son responsable de gestion de comptes (RGC), son responsable de la formation et son responsable sécurité.',
  ),
  'awareness/recorders-only': refusal(
    403,
    'Réservé à d’autres rôles',
    'Une sensibilisation est notée par le responsable de gestion de comptes (RGC) ou le responsable de la formation de la structure, ou par le correspondant sécurité de l’opérateur.',
  ),
  'awareness/by-another': refusal(
    403,
    'À noter par une autre personne',
    'Votre propre sensibilisation est notée par une autre personne que vous.',
  ),
  'awareness/in-future': refusal(422, 'Date à venir', 'Une sensibilisation se note une fois faite.'),
  'equipment/recorders-only': refusal(
    403,
    'Réservé à d’autres rôles',
    'La validation de l’équipement est notée par le responsable sécurité (RSSI), le correspondant SI ou le responsable de gestion de comptes (RGC) de la structure.',
  ),
  'equipment/in-future': refusal(422, 'Date à venir', 'Une validation se note une fois faite.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'awareness.policy-set': 'a fixé la règle de sensibilisation',
  'awareness.recorded': 'a enregistré une sensibilisation',
  'equipment.validated': 'a validé un équipement',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'awareness-due': 'person',
  'awareness-first': 'person',
  'awareness-late': 'person',
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  awareness: 'Sensibilisation à la sécurité',
}
