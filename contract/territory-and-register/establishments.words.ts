import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'establishment/unknown': refusal(422, 'Établissement inconnu', 'Ce SIRET n’est pas dans le registre.'),
  'establishment/wrong-key': refusal(
    422,
    'Clé du SIRET fausse',
    'Ce numéro n’est pas un SIRET : sa clé est fausse. Vérifiez les quatorze chiffres.',
  ),
  'establishment/already-known': refusal(
    409,
    'Déjà au répertoire',
    'Le répertoire connaît déjà ce SIRET : ouvrez sa fiche.',
  ),
  'establishment/no-provisional': refusal(
    409,
    'Pas de fiche provisoire',
    'Ce SIRET ne peut pas recevoir de fiche provisoire ici. S’il devait en avoir une, adressez-vous à l’assistance de l’opérateur.',
  ),
  'establishment/already-provisional': refusal(
    409,
    'Fiche déjà créée',
    'Une fiche provisoire existe déjà pour ce SIRET.',
  ),
  'establishment/author-or-lead-only': refusal(
    403,
    'Réservé à l’auteur de la fiche',
    'Seuls l’auteur de cette fiche provisoire et les responsables de sa structure peuvent la corriger ou la retirer.',
  ),
  'establishment/confirmed': refusal(
    409,
    'Fiche confirmée',
    'Le répertoire connaît maintenant ce SIRET : ce qui a été saisi reste à côté et ne change plus.',
  ),
  'establishment/provisional-in-use': refusal(
    409,
    'Fiche déjà utilisée',
    'Un échange, un interlocuteur ou une campagne s’appuie sur cette fiche provisoire : elle ne peut plus être corrigée ni retirée.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'establishment.provisional-created': 'a créé une fiche provisoire',
  'establishment.provisional-corrected': 'a corrigé une fiche provisoire',
  'establishment.provisional-withdrawn': 'a retiré une fiche provisoire',
  'establishments.exported': 'a exporté des établissements trouvés',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  establishment: 'Établissement',
}
