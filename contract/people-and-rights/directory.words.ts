import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'directory/grant-required': refusal(
    403,
    'Annuaire réservé aux personnes habilitées',
    'L’annuaire des collaborateurs s’ouvre avec une habilitation en vigueur. « Mes droits » dit ce qui manque aux vôtres ; le responsable de gestion de comptes (RGC) de votre structure peut vous en donner une.',
  ),
  'directory/phone-unreadable': refusal(
    422,
    'Numéro non reconnu',
    'Ce numéro de téléphone n’est pas reconnu : écrivez-le comme « 05\u00a056\u00a012\u00a034\u00a056 », ou avec l’indicatif du pays.',
  ),
  'directory/agency-elsewhere': refusal(
    422,
    'Agence d’une autre structure',
    'Choisissez une agence de votre structure.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'directory-entry.kept': 'a tenu à jour sa fiche de l’annuaire',
}
