import { type Travel, travelInWords } from './travel-rules.ts'

/** Budgets of an ordinary use, set by the operator (server/platform/config.ts). */
export interface Thresholds {
  /** Employers whose persons were shown, and colleagues whose card was. */
  readonly personsPerHour: number
  readonly personsPerDay: number
  /** From 22:00 to 6:00 in Paris. */
  readonly personsAtNight: number
  readonly exportsPerDay: number
  /** Different things refused by right (refusal-rules.ts). */
  readonly refusalsPerHour: number
}
export type Uses = { readonly [what in keyof Thresholds]: number }
/** As the operator sets them: a security officer reads the deeds of a whole region in a day of roll-out. */
export interface Budgets extends Thresholds {
  /** Of a security officer (CSSI), a regional direction and an administrator. */
  readonly exportsPerDayOfOverseers: number
}

export const fastReading = (uses: Uses, { personsPerHour }: Thresholds): string | null =>
  uses.personsPerHour > personsPerHour
    ? `Coordonnées de ${uses.personsPerHour} employeurs ou collègues lues en une heure (seuil : ${personsPerHour}).`
    : null
export const massReading = (uses: Uses, { personsPerDay }: Thresholds): string | null =>
  uses.personsPerDay > personsPerDay
    ? `Coordonnées de ${uses.personsPerDay} employeurs ou collègues lues en une journée (seuil : ${personsPerDay}).`
    : null
export const nightReading = (uses: Uses, { personsAtNight }: Thresholds): string | null =>
  uses.personsAtNight > personsAtNight
    ? `Coordonnées de ${uses.personsAtNight} employeurs ou collègues lues entre 22 h et 6 h (seuil : ${personsAtNight}).`
    : null
export const massExport = (uses: Uses, { exportsPerDay }: Thresholds): string | null =>
  uses.exportsPerDay > exportsPerDay
    ? `${uses.exportsPerDay} documents exportés en une journée (seuil : ${exportsPerDay}).`
    : null
export const repeatedRefusals = (uses: Uses, { refusalsPerHour }: Thresholds): string | null =>
  uses.refusalsPerHour > refusalsPerHour
    ? `${uses.refusalsPerHour} demandes différentes refusées en une heure, faute de droit (seuil : ${refusalsPerHour}).`
    : null

/** What is suspect in these uses, in words for who will verify; none: an ordinary day. */
export const suspicions = (uses: Uses, thresholds: Thresholds): string[] =>
  [fastReading, massReading, nightReading, massExport, repeatedRefusals]
    .map(rule => rule(uses, thresholds))
    .filter(said => said !== null)

const aQuarter = (threshold: number) => Math.ceil(threshold / 4)
/** A young account has a quarter of the budget: an intruder makes up new accounts. */
export const youngThresholds = (t: Thresholds): Thresholds => ({
  ...t,
  personsPerHour: aQuarter(t.personsPerHour),
  personsPerDay: aQuarter(t.personsPerDay),
  personsAtNight: aQuarter(t.personsAtNight),
  exportsPerDay: aQuarter(t.exportsPerDay),
})

/** What is ordinary for one account, by the office that it holds for the operator and its age. */
export const thresholdsOf = (
  account: { readonly oversees: boolean; readonly young: boolean },
  { exportsPerDayOfOverseers, ...everyone }: Budgets,
): Thresholds => {
  const own = account.oversees ? { ...everyone, exportsPerDay: exportsPerDayOfOverseers } : everyone
  return account.young ? youngThresholds(own) : own
}

/**
 * `people`: accounts of a partner active for a week at least, so that accounts made up today add nothing.
 * `personsPerDay`: employers whose persons all its accounts read in a day, and colleagues likewise.
 */
export interface StructureUses {
  readonly people: number
  readonly personsPerDay: number
}
/** What a structure may read in a day: so much for each of its people, and at least twice what one person may. */
export const structureBudget = (people: number, byPerson: number, { personsPerDay }: Thresholds): number =>
  Math.max(people * byPerson, 2 * personsPerDay)
export const structureReading = (uses: StructureUses, byPerson: number, thresholds: Thresholds): string | null => {
  const budget = structureBudget(uses.people, byPerson, thresholds)
  return uses.personsPerDay > budget
    ? `Coordonnées de ${uses.personsPerDay} employeurs ou collègues lues en une journée par l’ensemble des comptes de la structure (seuil : ${budget}).`
    : null
}

/** Accounts that one person opens in a week: beyond, the CSSI is told. */
export const manyOpenings = (opened: number, perWeek: number): string | null =>
  opened > perWeek ? `${opened} comptes ouverts par la même personne en une semaine (seuil : ${perWeek}).` : null

/** What is watched, and beyond what: what the CSSI is shown. */
export const watchedRules = (
  t: Budgets,
  byPerson: number,
  travel: Travel | undefined,
  openings: number,
): { says: string; threshold: string | null }[] => [
  { says: 'Employeurs et collègues dont les coordonnées sont lues en une heure', threshold: `${t.personsPerHour}` },
  { says: 'Employeurs et collègues dont les coordonnées sont lues en une journée', threshold: `${t.personsPerDay}` },
  {
    says: 'Employeurs et collègues dont les coordonnées sont lues entre 22 h et 6 h, heure de Paris',
    threshold: `${t.personsAtNight}`,
  },
  { says: 'Documents exportés en une journée', threshold: `${t.exportsPerDay}` },
  {
    says: 'Documents exportés en une journée par un CSSI, une direction régionale ou un administrateur',
    threshold: `${t.exportsPerDayOfOverseers}`,
  },
  { says: 'Demandes différentes refusées en une heure, faute de droit', threshold: `${t.refusalsPerHour}` },
  {
    says: 'Les mêmes lectures et exports, pour un compte ouvert depuis moins d’une semaine',
    threshold: 'le quart de ces seuils',
  },
  {
    says: 'Employeurs et collègues dont les coordonnées sont lues en une journée par tous les comptes d’une structure partenaire : le CSSI est prévenu, rien n’est bloqué',
    threshold: `${byPerson} par personne, ${2 * t.personsPerDay} au moins`,
  },
  {
    says: 'Comptes ouverts par une même personne en une semaine : le CSSI est prévenu, rien n’est bloqué',
    threshold: `${openings}`,
  },
  {
    says: `Deux usages plus éloignés que ne le permet un voyage${travel ? '' : ' : le relais de l’opérateur n’indique pas d’où viennent les demandes'}`,
    threshold: travel ? travelInWords(travel) : null,
  },
]
