import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'commitment/already': refusal(
    409,
    'Engagement déjà noté',
    'Un engagement de ce type est déjà noté ici pour ces dates : corrigez celui qui est noté.',
  ),
  'commitment/since-in-future': refusal(
    422,
    'Date à venir',
    'L’employeur ne peut pas s’être engagé à une date à venir : donnez le jour où il s’est engagé.',
  ),
  'commitment/until-before-since': refusal(
    422,
    'Dates inversées',
    'L’engagement ne peut pas finir avant d’avoir commencé.',
  ),
  'commitment/end-outside': refusal(
    422,
    'Date de fin impossible',
    'Un engagement se termine entre le jour où il a commencé et aujourd’hui. Pour une fin à venir, corrigez ses dates.',
  ),
  'commitment/over': refusal(409, 'Engagement terminé', 'Cet engagement est déjà terminé : relisez la fiche.'),
  'commitment/withdrawn': refusal(
    409,
    'Engagement retiré',
    'Cet engagement a été retiré, parce qu’il était noté par erreur : notez-le de nouveau s’il est juste.',
  ),
  'commitment/kind-unknown': refusal(422, 'Type inconnu', 'Ce type d’engagement n’est pas dans la liste.'),
  'commitment/kind-retired': refusal(
    409,
    'Type retiré',
    'Ce type d’engagement est retiré de la liste : il ne se note plus et ne se renomme plus.',
  ),
  'commitment/kind-already': refusal(409, 'Nom déjà pris', 'Un type d’engagement de ce nom est déjà en usage.'),
  'commitment/kind-in-use': refusal(409, 'Type en usage', 'Ce type d’engagement est déjà en usage.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'commitment.noted': 'a noté un engagement d’un employeur',
  'commitment.corrected': 'a corrigé un engagement d’un employeur',
  'commitment.ended': 'a terminé un engagement d’un employeur',
  'commitment.withdrawn': 'a retiré un engagement noté par erreur',
  'commitment.kind-added': 'a ajouté un type d’engagement',
  'commitment.kind-changed': 'a renommé un type d’engagement',
  'commitment.kind-retired': 'a retiré un type d’engagement',
  'commitment.kind-returned': 'a remis en usage un type d’engagement',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  commitment: 'Engagement',
  'commitment-kind': 'Type d’engagement',
}
