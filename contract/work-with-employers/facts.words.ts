import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'fact/observed-in-future': refusal(
    422,
    'Date à venir',
    'On ne constate rien un jour à venir : donnez un jour passé.',
  ),
  'fact/phone-unreadable': refusal(
    422,
    'Numéro illisible',
    'Ce numéro n’est pas un numéro de téléphone : tapez-le comme on le compose, « 05 56 12 34 56 ».',
  ),
  'fact/link-unreadable': refusal(
    422,
    'Adresse illisible',
    'Ce n’est pas l’adresse d’un site : tapez-la comme dans un navigateur, « www.exemple.fr ».',
  ),
  'fact/count-unreadable': refusal(
    422,
    'Nombre illisible',
    'Donnez un nombre entier de personnes, sans autre mot : « 34 ».',
  ),
  'fact/line-too-long': refusal(422, 'Trop long', 'Cette rubrique tient sur une ligne de 120 caractères.'),
  'fact/nothing-said': refusal(
    409,
    'Rien à cette rubrique',
    'Rien n’est dit à cette rubrique : notez ce que vous savez.',
  ),
  'fact/differ': refusal(
    409,
    'Des avis différents',
    'Des structures ne disent pas la même chose à cette rubrique : retenez l’une des valeurs.',
  ),
  'fact/value-replaced': refusal(
    409,
    'Valeur déjà écartée',
    'Cette valeur n’est plus à choisir : relisez la rubrique, elle a changé.',
  ),
  'fact/not-proposed': refusal(
    409,
    'Valeur en vigueur',
    'Seule une valeur proposée s’écarte ainsi : corrigez la rubrique, ou retenez une autre valeur.',
  ),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'fact.noted': 'a noté une rubrique de la fiche d’un établissement',
  'fact.emptied': 'a vidé une rubrique de la fiche d’un établissement',
  'fact.confirmed': 'a confirmé une rubrique de la fiche d’un établissement',
  'fact.chosen': 'a retenu une valeur d’une rubrique de la fiche d’un établissement',
  'fact.set-aside': 'a écarté une valeur proposée pour une rubrique de la fiche d’un établissement',
}
