import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'taking-over/nothing-left': refusal(
    409,
    'Plus rien à reprendre',
    'Ce travail vient d’être repris, ou quelqu’un peut de nouveau s’en occuper : relisez la liste.',
  ),
  'taking-over/taken-by-another': refusal(
    409,
    'Déjà repris',
    'Le pilotage de cette task force vient d’être repris : la page du CLPE dit par quelle structure.',
  ),
  'taking-over/nothing-to-give-back': refusal(
    409,
    'Plus rien à rendre',
    'Ce travail a déjà été rendu, ou repris en main depuis : il reste à qui s’en occupe.',
  ),
  'taking-over/recipient-away': refusal(
    422,
    'Personne indisponible',
    'Cette personne est absente, ou n’est pas habilitée à travailler avec les employeurs : choisissez un autre collègue.',
  ),
  'taking-over/recipient-elsewhere': refusal(
    422,
    'Personne hors de ces territoires',
    'Cette personne n’est pas habilitée là où se trouve ce travail : choisissez un autre collègue.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'work.taken-over': 'a repris le travail d’une personne ou d’une structure',
  'work.given-back': 'a rendu à une personne ou à une structure le travail repris ou confié par erreur',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'work-handed-over': 'person',
  'task-force-entrusted': 'person',
  'task-force-taken-over': 'person',
  'campaign-taken-over': 'person',
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  work: 'Travail confié ou fini',
  task: 'Task force',
}
