import type {
  notAskedReasons,
  ratings,
  withholdingReasons,
} from '../../../contract/work-with-employers/needs/satisfaction.ts'

export const ratingWords: Record<(typeof ratings)[number], string> = {
  'tout-a-fait': 'Tout à fait satisfait',
  plutot: 'Plutôt satisfait',
  'plutot-pas': 'Plutôt pas satisfait',
  'pas-du-tout': 'Pas du tout satisfait',
}
/** What one presses not to ask. */
export const withholdingWords: Record<(typeof withholdingReasons)[number], string> = {
  'deja-dit': 'Il l’a déjà dit',
  delicat: 'Le moment est délicat',
  parti: 'L’interlocuteur est parti',
}
/** Why nothing was asked. */
export const notAskedWords: Record<(typeof notAskedReasons)[number], string> = {
  'deja-dit': 'l’employeur l’a déjà dit',
  delicat: 'le moment est délicat',
  parti: 'l’interlocuteur est parti',
  opposition: 'l’interlocuteur ne souhaite pas être interrogé',
  'ne-pas-contacter': 'l’employeur est à ne pas contacter',
  recente: 'le même interlocuteur a été interrogé depuis moins de quatre-vingt-dix jours',
}
