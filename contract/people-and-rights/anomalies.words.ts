import { type MailKinds, managers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'anomaly/in-future': refusal(422, 'Date à venir', 'Une anomalie a été vue aujourd’hui ou un jour passé.'),
  'anomaly/already-supplied': refusal(
    409,
    'Déjà signalée',
    'Cette anomalie est déjà signalée à cette structure, dans les mêmes termes.',
  ),
  'anomaly/already-corrected': refusal(409, 'Déjà corrigée', 'Cette anomalie est déjà dite corrigée.'),
  'anomaly/file-empty': refusal(422, 'Fichier vide', 'Le fichier n’a aucune ligne sous ses titres de colonnes.'),
  'anomaly/file-columns': refusal(
    422,
    'Colonnes manquantes',
    'Le fichier doit avoir les colonnes Anomalie, Accès, Date et Preuve.',
  ),
  'anomaly/file-too-long': refusal(422, 'Fichier trop long', 'Un fichier compte 1 000 anomalies au plus.'),
  'anomaly/file-has-errors': refusal(
    409,
    'Fichier à corriger',
    'Des lignes du fichier sont à corriger : rien n’est signalé tant qu’il en reste.',
  ),
  'anomaly/period-reversed': refusal(422, 'Période à l’envers', 'La date de fin doit suivre la date de début.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'anomalies.exported': 'a exporté les anomalies des accès d’une structure',
  'anomaly.supplied': 'a signalé une anomalie d’accès à une structure',
  'anomaly.file-checked': 'a contrôlé un fichier d’anomalies',
  'anomaly.file-supplied': 'a signalé les anomalies d’un fichier',
  'anomaly.corrected': 'a dit corrigée une anomalie signalée par l’opérateur',
}

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'anomaly-supplied': managers,
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  anomaly: 'Anomalie des accès',
}
