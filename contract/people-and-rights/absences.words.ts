import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'absence/not-yours': refusal(
    403,
    'Absence d’une autre personne',
    'Une absence est signalée par la personne, par un responsable de campagnes de sa structure ou par son responsable de gestion des comptes.',
  ),
  'absence/overlaps': refusal(
    409,
    'Absence déjà signalée',
    'Une absence est déjà signalée pour une partie de ces jours : retirez-la d’abord, puis signalez la nouvelle.',
  ),
  'absence/backwards': refusal(
    422,
    'Dates dans le désordre',
    'Le dernier jour d’une absence est le premier, ou un jour qui le suit.',
  ),
  'absence/over': refusal(
    422,
    'Absence passée',
    'Cette absence est déjà passée : signalez celles d’aujourd’hui ou à venir.',
  ),
  'absence/too-long': refusal(422, 'Absence trop longue', 'Une absence dure deux ans au plus.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'absence.said': 'a signalé une absence',
  'absence.withdrawn': 'a retiré une absence',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  absence: 'Absence',
}
