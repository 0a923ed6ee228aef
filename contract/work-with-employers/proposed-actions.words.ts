import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'action-proposal/waiting': refusal(
    409,
    'Déjà proposée',
    'Cette action est déjà proposée à une structure : attendez sa réponse, ou retirez la proposition.',
  ),
  'action-proposal/structure-elsewhere': refusal(
    422,
    'Structure non habilitée là',
    'Personne de cette structure n’est habilité à travailler avec cet employeur : choisissez-en une autre.',
  ),
  'action-proposal/receiver-only': refusal(
    403,
    'Réservé à la structure qui reçoit',
    'Seules les personnes habilitées là de la structure à qui l’action est proposée peuvent y répondre.',
  ),
  'action-proposal/sender-only': refusal(
    403,
    'Réservé à qui a proposé',
    'Seuls la personne qui a proposé l’action et les responsables de sa structure peuvent retirer la proposition.',
  ),
  'action-proposal/answered': refusal(
    409,
    'Proposition déjà réglée',
    'Quelqu’un vient d’y répondre, ou elle a été retirée : relisez la liste.',
  ),
  'action-proposal/lapsed': refusal(
    409,
    'Délai de réponse passé',
    'Le délai pour répondre est passé : l’action est restée à la structure qui la proposait.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'next-action.proposed': 'a proposé une prochaine action à une autre structure',
  'next-action.accepted': 'a accepté une prochaine action d’une autre structure',
  'next-action.declined': 'a décliné une prochaine action d’une autre structure',
  'next-action.proposal-withdrawn': 'a retiré la proposition d’une prochaine action',
  'next-action.proposal-lapsed': 'a mis fin à une proposition restée sans réponse',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'action-proposed': 'person',
  'action-answered': 'person',
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  action: 'Action proposée',
}
