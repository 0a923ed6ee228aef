import { type MailKinds, officers } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'upload/for-parties-only': refusal(
    403,
    'Réservé à qui agit pour une partie',
    'Seuls les signataires, les responsables opérationnels, les directions régionales et le correspondant sécurité (CSSI) déposent un fichier.',
  ),
  'upload/too-large': refusal(
    413,
    'Fichier trop lourd',
    'Un fichier pèse 20 Mo au plus. Numérisez-le de nouveau en noir et blanc, ou à 200 points par pouce.',
  ),
  'upload/empty': refusal(
    422,
    'Fichier vide',
    'Ce fichier ne contient rien. Ouvrez-le pour le vérifier, puis joignez-le de nouveau.',
  ),
  'upload/not-accepted': refusal(
    422,
    'Fichier non accepté',
    'Déposez un PDF entier, sans script ni pièce jointe, ou une image PNG ou JPEG entière. Ce fichier n’est pas gardé.',
  ),
  'upload/incomplete': refusal(
    409,
    'Fichier arrivé en partie',
    'Le fichier n’est pas arrivé en entier : reprenez son envoi. Ce qui est arrivé est gardé un jour.',
  ),
  'upload/unknown': refusal(
    409,
    'Fichier à joindre de nouveau',
    'Ce fichier n’est plus là : un fichier joint se garde un jour, et sert une fois. Joignez-le de nouveau.',
  ),
  'upload/infected': refusal(
    422,
    'Fichier dangereux',
    'L’antivirus a reconnu un programme dangereux dans ce fichier. Il n’est pas gardé, et le correspondant sécurité (CSSI) de l’opérateur est prévenu. Parlez-en à votre service informatique avant de le rouvrir.',
  ),
  'upload/not-checked': refusal(
    503,
    'Antivirus sans réponse',
    'Le fichier est arrivé, mais l’antivirus ne répond pas : réessayez dans quelques minutes, sans le joindre de nouveau. Si cela dure, dites-le à l’assistance.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'upload.begun': 'a commencé à envoyer un fichier',
  'upload.checked': 'a envoyé un fichier, contrôlé',
  'upload.dropped': 'a renoncé à un fichier',
  'upload.infected': 'a envoyé un fichier que l’antivirus refuse',
  'upload.not-checked': 'a envoyé un fichier que l’antivirus n’a pas contrôlé',
  'upload.refused': 'a envoyé un fichier d’un genre refusé',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  upload: 'Fichier envoyé',
}

/** Each kind of mail, and whom it is for. */
export const mails = {
  'upload-infected': officers,
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = {
  upload: 'Fichier envoyé',
}
