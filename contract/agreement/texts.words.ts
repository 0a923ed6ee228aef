import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'conditions/not-in-force': refusal(
    409,
    'Version remplacée',
    'Ce texte n’est pas, ou n’est plus, la version en vigueur. Relisez la version en vigueur avant de l’accepter.',
  ),
  'conditions/text-changed': refusal(
    409,
    'Texte différent',
    'Le texte affiché n’est pas celui qui est publié. Rechargez la page pour lire le texte exact avant de l’accepter.',
  ),
  'conditions/already-accepted': refusal(409, 'Déjà accepté', 'Vous avez déjà accepté ces textes.'),
  'conditions/tool-expected': refusal(
    422,
    'Outil attendu',
    'Des conditions particulières portent sur un outil ; les autres textes n’en ont pas.',
  ),
  'conditions/date-past': refusal(422, 'Date passée', 'Une version prend effet aujourd’hui ou plus tard.'),
  'conditions/cancelled': refusal(409, 'Version annulée', 'Cette version a déjà été annulée.'),
  'conditions/in-force': refusal(
    409,
    'Texte en vigueur',
    'Cette version a pris effet : elle ne s’annule plus. Publiez la version qui la remplace.',
  ),
  'conditions/date-before-last': refusal(
    409,
    'Une version suit déjà',
    'Une version déjà publiée prend effet ce jour-là ou après. Choisissez une date postérieure à la sienne.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'conditions.accepted': 'a accepté des conditions d’utilisation',
  'conditions.cancelled': 'a annulé une version à venir des conditions d’utilisation',
  'conditions.published': 'a publié des conditions d’utilisation',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  document: 'Conditions d’utilisation',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'text-cancelled': 'person',
  'text-to-come': 'person',
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  text: 'Conditions d’utilisation',
}
