import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'referent/already': refusal(
    409,
    'Référent déjà nommé',
    'Votre structure a déjà un référent en poste pour cet employeur : relisez la fiche, et mettez fin à son rôle d’abord.',
  ),
  'referent/colleague-elsewhere': refusal(
    422,
    'Collègue non habilité là',
    'Cette personne n’est pas un collègue de votre structure habilité à travailler avec cet employeur.',
  ),
  'referent/structure-or-lead-only': refusal(
    403,
    'Réservé à la structure du référent',
    'Peuvent y mettre fin le référent, qui l’a nommé et les responsables de sa structure là. S’il n’est plus en poste, toute sa structure et les responsables de campagnes du territoire le peuvent.',
  ),
  'referent/ended': refusal(
    409,
    'Rôle déjà terminé',
    'Cette personne n’est déjà plus référente de cet employeur : relisez la fiche.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'referent.named': 'a nommé le référent d’un employeur',
  'referent.ended': 'a mis fin au rôle du référent d’un employeur',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'referent-named': 'person',
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  referent: 'Référent d’un employeur',
}
