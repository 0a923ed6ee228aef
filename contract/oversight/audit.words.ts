import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'trail/period-reversed': refusal(422, 'Période à l’envers', 'La date de fin doit suivre la date de début.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'trail.details-purged': 'a effacé des détails du journal, arrivés au terme de leur conservation',
  'trail.details-erased': 'a effacé des détails du journal, avec le départ de leur compte',
  'trail.searched': 'a consulté le journal',
  'trail.entry-read': 'a lu un acte du journal',
  'persons.read': 'a consulté des données de personnes',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  trail: 'Journal',
  'trail-entry': 'Acte du journal',
}
