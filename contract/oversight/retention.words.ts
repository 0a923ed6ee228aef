import { type Refusals, refusal } from '../refusal.ts'

export const refusals = {
  'retention/dpd-only': refusal(
    403,
    'Réservé au DPD',
    'Le délégué à la protection des données (DPD) de votre structure lit ce qui a été effacé. Le signataire donne ce rôle.',
  ),
  'legal-hold/one-scope': refusal(
    422,
    'Portée à préciser',
    'Choisissez une sorte de données, ou donnez l’adresse d’une personne : l’une ou l’autre.',
  ),
  'legal-hold/operator-only': refusal(
    403,
    'Réservé au DPD de l’opérateur',
    'Ces données ne sont d’aucune structure, ou se gardent en entier : le DPD de l’opérateur en suspend l’effacement.',
  ),
  'legal-hold/nobody-found': refusal(
    422,
    'Personne à cette adresse',
    'Aucun compte n’a cette adresse, ni ne l’avait à son départ, dans votre structure (dans aucune, pour le DPD de l’opérateur). Vérifiez-la.',
  ),
  'legal-hold/day-past': refusal(422, 'Date à vérifier', 'Le dernier jour de la suspension est passé.'),
  'legal-hold/already-held': refusal(
    409,
    'Effacement déjà suspendu',
    'Une suspension en cours a la même portée. Relisez la liste.',
  ),
  'legal-hold/not-yours': refusal(
    403,
    'Réservé à qui l’a décidée',
    'Le DPD de la structure qui a décidé cette suspension la lève.',
  ),
  'legal-hold/ended': refusal(
    409,
    'Suspension terminée',
    'Cette suspension est déjà levée, ou son dernier jour est passé.',
  ),
  'retention/period-reversed': refusal(422, 'Période à vérifier', 'Le premier jour suit le dernier.'),
} as const satisfies Refusals

/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'personal-data.purged': 'a effacé des données arrivées au terme de leur conservation',
  'legal-hold.placed': 'a suspendu un effacement',
  'legal-hold.lifted': 'a levé une suspension d’effacement',
  'purges.exported': 'a exporté le relevé des effacements',
}

/** What an act is on, in the trail. */
export const subjects: Readonly<Record<string, string>> = {
  'personal-data': 'Données personnelles',
  'legal-hold': 'Suspension d’effacement',
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
