import { type MailKinds, managers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'assessment/not-yours': refusal(
    403,
    'Réservé à ceux qui en répondent',
    'L’évaluation de la sécurité d’un partenaire est lue par son responsable de la sécurité (RSSI), ses responsables de gestion de comptes (RGC), son signataire et son responsable opérationnel, et par l’opérateur.',
  ),
  'assessment/partner-only': refusal(
    422,
    'Partenaire sous convention attendu',
    'Une évaluation s’enregistre pour un partenaire dont la convention a pris effet.',
  ),
  'assessment/dates': refusal(
    422,
    'Dates à vérifier',
    'L’évaluation est déjà faite, et la suivante est due dans l’année qui la suit.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'security-assessment.recorded': 'a enregistré l’évaluation de la sécurité d’un partenaire',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'security-assessment': ['partenaire:rssi', ...managers],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  security: 'Évaluation de la sécurité',
}
