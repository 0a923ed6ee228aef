import { type Refusals, refusal } from '../../refusal.ts'

export const refusals = {
  'operator-service/operator-only': refusal(
    403,
    'Saisie réservée à l’opérateur',
    'Ces services sont ceux de l’opérateur : ses conseillers qui tiennent la fiche de cet employeur les saisissent et les corrigent.',
  ),
  'operator-service/already': refusal(
    409,
    'Service déjà noté',
    'Ce service est déjà noté ici à cette date : corrigez celui qui est noté.',
  ),
  'operator-service/days': refusal(
    422,
    'Dates impossibles',
    'Un service commence entre le 1er janvier 2000 et aujourd’hui, et ne finit pas avant d’avoir commencé.',
  ),
  'operator-service/past-label': refusal(
    422,
    'Service qui n’existe plus',
    'L’AFPR n’existe plus depuis juillet 2024 : elle se lit dans le passé et ne se saisit pas. Choisissez la formation avant embauche (POEI).',
  ),
  'operator-service/withdrawn': refusal(
    409,
    'Service retiré',
    'Ce service a été retiré, parce qu’il était noté par erreur : saisissez-le de nouveau s’il est juste.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'operator-service.entered': 'a saisi un service utilisé par un employeur',
  'operator-service.corrected': 'a corrigé un service utilisé par un employeur',
  'operator-service.withdrawn': 'a retiré un service noté par erreur',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = { 'operator-service': 'Service utilisé' }
