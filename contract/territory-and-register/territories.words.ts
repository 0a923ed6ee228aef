import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'territory/beyond-structure': refusal(
    422,
    'Hors du territoire de la structure',
    'Ce périmètre sort des territoires de votre structure. La direction régionale de l’opérateur les règle, sur la page de la convention.',
  ),
  'territory/beyond-region': refusal(
    422,
    'Hors de la région',
    'Une direction régionale ne donne que des territoires de la région de cette convention.',
  ),
  'territory/contours-too-fine': refusal(
    400,
    'Contours trop nombreux',
    'Les contours des communes se demandent pour un département, un CLPE ou un EPCI.',
  ),
  'territory/unknown': refusal(422, 'Territoire inconnu', 'Ce territoire n’est pas connu.'),
  'task-force/pilot-only': refusal(
    403,
    'Réservé au pilote',
    'Seule la structure pilote de la task force peut la modifier.',
  ),
  'task-force/sector-unknown': refusal(
    422,
    'Secteur inconnu',
    'Ce secteur d’activité n’est pas connu de la nomenclature.',
  ),
  'commune/unknown': refusal(422, 'Commune inconnue', 'Cette commune n’est pas connue.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'task-force.edited': 'a modifié une task force',
  'task-force.entrusted': 'a confié une task force que plus personne ne pilotait',
  'task-force.taken-over': 'a repris le pilotage d’une task force',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  'task-force': 'Task force',
}
