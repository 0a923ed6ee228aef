import type { MailKinds } from '../mail-roles.ts'

/** Said of the service, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'register-move.applied': 'a arrêté ou suivi le travail sur un établissement fermé selon le répertoire',
  'register-move.undone': 'a rétabli le travail sur un établissement que le répertoire a corrigé',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'register-moves': 'person',
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  register: 'Répertoire des établissements',
}
