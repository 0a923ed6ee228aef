import { type MailKinds, managers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'pseudonym/unknown': refusal(
    404,
    'Pseudonyme inconnu',
    'Aucun ancien compte dont vous répondez ne porte ce pseudonyme, ou son nom est oublié : trois ans après le départ, il l’est pour tous.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'pseudonym.read': 'a lu qui est derrière le pseudonyme d’un ancien compte',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'pseudonym-read': [...managers, 'partenaire:signataire'],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = { pseudonym: 'Ancien compte' }
