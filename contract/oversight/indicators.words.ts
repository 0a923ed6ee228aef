import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'indicator/period-reversed': refusal(422, 'Période à l’envers', 'La date de fin doit suivre la date de début.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'indicator-rows.exported': 'a exporté les lignes d’un indicateur',
  'figures.exported': 'a exporté les chiffres des indicateurs',
  'figures.frozen': 'a arrêté les chiffres d’un mois',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  'frozen-month': 'Chiffres arrêtés',
}
