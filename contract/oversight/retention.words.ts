import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'retention/dpd-only': refusal(
    403,
    'Réservé au DPD',
    'Le délégué à la protection des données (DPD) de votre structure lit ce qui a été effacé. Le signataire donne ce rôle.',
  ),
  'retention/period-reversed': refusal(422, 'Période à vérifier', 'Le premier jour suit le dernier.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'personal-data.purged': 'a effacé des données arrivées au terme de leur conservation',
  'purges.exported': 'a exporté le relevé des effacements',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  'personal-data': 'Données personnelles',
}

const units: Readonly<Record<string, readonly [string, string]>> = {
  Y: ['an', 'ans'],
  M: ['mois', 'mois'],
  D: ['jour', 'jours'],
}
/** A duration of the report, as it is said: « 30 jours ». Of P0D, nothing waits. */
export const keptForWords = (keptFor: string): string => {
  const [, count, unit] = /^P(\d+)([YMD])$/.exec(keptFor) ?? []
  if (!count || !unit) return keptFor
  return Number(count) === 0 ? 'aussitôt' : `${count} ${units[unit]![Number(count) > 1 ? 1 : 0]}`
}
