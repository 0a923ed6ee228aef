import type { MailKinds } from './mail-roles.ts'
import { type Refusals, refusal } from './refusal.ts'

export const refusals = {
  'mail/overseers-only': refusal(
    403,
    'Réservé au CSSI et aux administrateurs',
    'Les courriels qui ne sont pas partis sont vus du correspondant sécurité de l’opérateur (CSSI) et de ses administrateurs.',
  ),
  'mail/not-failed': refusal(409, 'Plus en échec', 'Ce courriel est parti, il repart déjà, ou il est effacé.'),
  'notification/kind-twice': refusal(
    422,
    'Deux choix pour un même type',
    'Un type de notification ne se reçoit que d’une manière : envoyez un seul choix pour chacun.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'mail.retried': 'a fait renvoyer un courriel',
  'notification.chosen': 'a choisi comment recevoir ses notifications',
  'notification.unsubscribed': 'a arrêté des courriels par le lien qu’ils portent',
  'notice.role-empty': 'n’a trouvé personne dans un rôle à prévenir',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  mail: 'Courriel',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = { digest: 'person' } as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = { digest: 'Résumé des notifications' }
