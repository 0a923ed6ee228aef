import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'exchange/author-or-lead-only': refusal(
    403,
    'Réservé à l’auteur',
    'Seuls l’auteur de l’échange et les responsables de sa structure peuvent le corriger ou l’annuler.',
  ),
  'exchange/cancelled': refusal(409, 'Échange annulé', 'Cet échange est annulé : il ne se modifie plus.'),
  'exchange/in-future': refusal(
    422,
    'Date à venir',
    'Un échange ne peut pas être daté dans l’avenir. Notez plutôt une prochaine action.',
  ),
  'exchange/too-old': refusal(422, 'Date trop ancienne', 'Un échange ne peut pas dater de plus de trois ans.'),
  'exchange/call-back-needs-date': refusal(
    422,
    'Date de rappel attendue',
    'Ce résultat demande une prochaine action avec sa date.',
  ),
  'exchange/next-action-in-past': refusal(
    422,
    'Date passée',
    'La prochaine action doit être datée du jour de l’échange ou après.',
  ),
  'exchange/campaign-result-unknown': refusal(
    422,
    'Résultat inconnu',
    'Ce résultat n’est pas, ou n’est plus, proposé par cette campagne.',
  ),
  'exchange/correspondent-elsewhere': refusal(
    422,
    'Interlocuteur d’un autre établissement',
    'La personne choisie n’est pas, ou n’est plus, un interlocuteur de cet établissement : choisissez-la de nouveau.',
  ),
  'next-action/owner-elsewhere': refusal(
    422,
    'Personne hors de son territoire',
    'Cette personne n’est pas habilitée là où se trouve l’établissement : elle ne verrait pas l’action. Choisissez un autre collègue.',
  ),
  'next-action/other-establishment': refusal(
    422,
    'Autre établissement',
    'Cette action est prévue avec un autre établissement : un échange ne répond qu’à ce qui était prévu avec le sien.',
  ),
  'exchange/next-action-passed-on': refusal(
    409,
    'Action passée à une autre structure',
    'La suite de cet échange est désormais à une autre structure : corrigez le reste sans y toucher.',
  ),
  'next-action/owner-only': refusal(
    403,
    'Réservé à la personne chargée de l’action',
    'Seules la personne chargée de l’action et les responsables de sa structure peuvent la clore.',
  ),
  'next-action/not-done': refusal(409, 'Action encore à faire', 'Cette action n’est pas close.'),
  'next-action/answered': refusal(
    409,
    'Un échange y répond',
    'Un échange a répondu à cette action : annulez cet échange pour la remettre à faire.',
  ),
  'next-action/already-done': refusal(409, 'Action déjà faite', 'Cette action est déjà close.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'exchange.recorded': 'a enregistré un échange',
  'exchange.corrected': 'a corrigé un échange',
  'exchange.cancelled': 'a annulé un échange',
  'next-action.finished': 'a clos une prochaine action',
  'next-action.moved': 'a reporté une prochaine action',
  'next-action.handed-over': 'a confié une prochaine action à un collègue',
  'next-action.taken-back': 'a repris une prochaine action confiée par erreur',
  'next-action.reopened': 'a remis à faire une prochaine action',
  'exchanges.exported': 'a exporté des échanges',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  exchange: 'Échange',
  'next-action': 'Prochaine action',
}
