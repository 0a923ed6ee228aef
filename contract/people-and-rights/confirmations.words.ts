import { type MailKinds, managers, officers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'confirmation/own': refusal(
    403,
    'Pas pour soi-même',
    'Une seconde personne confirme : ni celle qui a donné l’habilitation ou ouvert le compte, ni celle qui en bénéficie.',
  ),
  'confirmation/settled': refusal(409, 'Déjà décidé', 'Cette confirmation n’attend plus.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'confirmation.confirmed': 'a confirmé, en seconde personne, un compte ou une habilitation',
  'confirmation.refused': 'a refusé, en seconde personne, un compte ou une habilitation',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'confirmation-settled': 'person',
  'account-opened-and-granted': [...officers, 'partenaire:signataire'],
  'confirmation-waiting': [...managers, 'partenaire:signataire'],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  confirmation: 'Confirmation par une seconde personne',
}
