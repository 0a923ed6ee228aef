import type { MailKinds } from '../mail-roles.ts'
import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'role/own': refusal(
    403,
    'Pas pour soi-même',
    'Un autre administrateur donne vos rôles et y met fin : personne n’étend ni ne réduit ses propres droits.',
  ),
  'role/held': refusal(409, 'Rôle déjà tenu', 'Cette personne tient déjà ce rôle sur tout ou partie de ces dates.'),
  'role/over': refusal(409, 'Rôle terminé', 'Ce rôle a déjà pris fin.'),
  'role/last-administrator': refusal(
    409,
    'Dernier administrateur',
    'Plus personne ne donnerait les rôles : donnez d’abord celui d’administrateur, sans date de fin, à une autre personne.',
  ),
  'role/region-needed': refusal(
    422,
    'Région attendue',
    'Une direction régionale est celle d’une région : choisissez-la.',
  ),
  'role/region-not-of-role': refusal(
    422,
    'Rôle sans région',
    'Ce rôle vaut pour tout l’opérateur : il n’a pas de région.',
  ),
  'role/no-such-region': refusal(422, 'Région inconnue', 'Ce territoire n’est pas une région.'),
  'role/in-past': refusal(
    422,
    'Date passée',
    'Un rôle commence aujourd’hui ou plus tard : ce qui a été fait ne se réécrit pas.',
  ),
  'role/ends-before': refusal(
    422,
    'Fin avant le début',
    'Le dernier jour d’un rôle est celui où il commence, ou plus tard.',
  ),
} as const satisfies Refusals

/** Each kind of mail, and whom it is for (AGR-9). */
export const mails = {
  'role-given': 'person',
  'role-ended': 'person',
  'role-changed': ['operateur:administrateur', 'operateur:cssi'],
} as const satisfies MailKinds

/** Subjects of mails, by the first word of their kind. */
export const mailMatters: Readonly<Record<string, string>> = { role: 'Rôles de l’opérateur' }
