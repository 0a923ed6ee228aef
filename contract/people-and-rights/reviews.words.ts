import { type MailKinds, managers, officers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'review/already-open': refusal(
    409,
    'Revue déjà commencée',
    'Une revue des accès est déjà en cours dans votre structure.',
  ),
  'review/closed': refusal(409, 'Revue close', 'Cette revue est close : elle ne se modifie plus.'),
  'review/undecided': refusal(
    409,
    'Revue incomplète',
    'Des lignes restent à décider : la revue se clôt une fois tout décidé.',
  ),
  'review/line-unknown': refusal(422, 'Ligne inconnue', 'Une de ces lignes n’est pas dans cette revue.'),
  'review/decision-impossible': refusal(
    422,
    'Décision impossible',
    'Un compte se maintient, se suspend ou se supprime ; une habilitation se maintient, se réduit à un profil ou à un périmètre plus petit, se suspend ou se supprime.',
  ),
  'review/reason-required': refusal(
    422,
    'Motif nécessaire',
    'Corriger, ou maintenir malgré une anomalie, demande un motif.',
  ),
  'review/already-corrected': refusal(
    409,
    'Déjà corrigé',
    'Cette ligne a déjà été corrigée : la décision ne se reprend pas ici.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'review.closed': 'a clos une revue des habilitations',
  'review.decided': 'a décidé de lignes d’une revue',
  'review.kept-without-anomaly': 'a maintenu les lignes sans anomalie d’une revue',
  'review.report-taken': 'a pris le compte rendu d’une revue',
  'review.rhythm-set': 'a fixé le rythme des revues',
  'review.started': 'a commencé une revue des habilitations',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  review: 'Revue des habilitations',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'review-thirty-days': managers,
  'review-seven-days': managers,
  'review-today': managers,
  'review-late': [...managers, ...officers],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  review: 'Revue des accès',
}
