import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'do-not-contact/already': refusal(
    409,
    'Déjà marqué',
    'Cet établissement est déjà marqué « ne pas contacter » : renouvelez ou levez la marque en cours.',
  ),
  'do-not-contact/ended': refusal(
    409,
    'Marque terminée',
    'Cette marque est levée, renouvelée ou arrivée à sa date : relisez la fiche.',
  ),
  'do-not-contact/author-or-lead-only': refusal(
    403,
    'Réservé à la structure qui a marqué',
    'Seules la structure qui a marqué l’établissement et les personnes responsables de campagnes sur ce territoire peuvent lever ou renouveler la marque.',
  ),
  'do-not-contact/until-past': refusal(422, 'Date passée', 'La marque doit durer jusqu’à aujourd’hui au moins.'),
  'do-not-contact/until-too-far': refusal(
    422,
    'Date trop lointaine',
    'Une marque dure deux ans au plus : vous pourrez la renouveler.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'do-not-contact.marked': 'a marqué un établissement « ne pas contacter »',
  'do-not-contact.renewed': 'a renouvelé une marque « ne pas contacter »',
  'do-not-contact.lifted': 'a levé une marque « ne pas contacter »',
}
