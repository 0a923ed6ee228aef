import { type Travel, travelInWords } from './travel-rules.ts'

/** Budgets of an ordinary use, set by the operator (server/platform/config.ts). */
export interface Thresholds {
  /** Employers whose persons were shown. */
  readonly personsPerHour: number
  readonly personsPerDay: number
  /** From 22:00 to 6:00 in Paris. */
  readonly personsAtNight: number
  readonly exportsPerDay: number
  /** Different things refused by right (refusal-rules.ts). */
  readonly refusalsPerHour: number
}
export type Uses = { readonly [what in keyof Thresholds]: number }
/** What one person did at an instant: read persons of these employers, exported, or was refused these things. */
export interface Use { readonly at: Date; readonly read: readonly string[]; readonly exported?: true; readonly refused?: readonly string[] }

export const fastReading = (uses: Uses, { personsPerHour }: Thresholds): string | null => (uses.personsPerHour > personsPerHour ? `Interlocuteurs de ${uses.personsPerHour} employeurs lus en une heure (seuil : ${personsPerHour}).` : null)
export const massReading = (uses: Uses, { personsPerDay }: Thresholds): string | null => (uses.personsPerDay > personsPerDay ? `Interlocuteurs de ${uses.personsPerDay} employeurs lus en une journée (seuil : ${personsPerDay}).` : null)
export const nightReading = (uses: Uses, { personsAtNight }: Thresholds): string | null => (uses.personsAtNight > personsAtNight ? `Interlocuteurs de ${uses.personsAtNight} employeurs lus entre 22 h et 6 h (seuil : ${personsAtNight}).` : null)
export const massExport = (uses: Uses, { exportsPerDay }: Thresholds): string | null => (uses.exportsPerDay > exportsPerDay ? `${uses.exportsPerDay} documents exportés en une journée (seuil : ${exportsPerDay}).` : null)
export const repeatedRefusals = (uses: Uses, { refusalsPerHour }: Thresholds): string | null => (uses.refusalsPerHour > refusalsPerHour ? `${uses.refusalsPerHour} demandes différentes refusées en une heure, faute de droit (seuil : ${refusalsPerHour}).` : null)

/** What is suspect in these uses, in words for who will verify; none: an ordinary day. */
export const suspicions = (uses: Uses, thresholds: Thresholds): string[] => [fastReading, massReading, nightReading, massExport, repeatedRefusals].map(rule => rule(uses, thresholds)).filter(said => said !== null)

/** What is watched, and beyond what: what the CSSI is shown. */
export const watchedRules = (t: Thresholds, travel: Travel | undefined): { says: string; threshold: string | null }[] => [
  { says: 'Employeurs dont les interlocuteurs sont lus en une heure', threshold: `${t.personsPerHour}` },
  { says: 'Employeurs dont les interlocuteurs sont lus en une journée', threshold: `${t.personsPerDay}` },
  { says: 'Employeurs dont les interlocuteurs sont lus entre 22 h et 6 h, heure de Paris', threshold: `${t.personsAtNight}` },
  { says: 'Documents exportés en une journée', threshold: `${t.exportsPerDay}` },
  { says: 'Demandes différentes refusées en une heure, faute de droit', threshold: `${t.refusalsPerHour}` },
  { says: `Deux usages plus éloignés que ne le permet un voyage${travel ? '' : ' : le relais de l’opérateur n’indique pas d’où viennent les demandes'}`, threshold: travel ? travelInWords(travel) : null },
]

const hourInParis = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', hourCycle: 'h23' })
const isNight = (at: Date) => { const hour = Number(hourInParis.format(at)); return hour >= 22 || hour < 6 }
/** The uses of the last day as the rules take them: each employer once. The SQL twin is ctx.uses_to_watch. */
export const countUses = (uses: readonly Use[], until: Date): Uses => {
  const lately = uses.filter(u => u.at <= until && u.at.getTime() > until.getTime() - 86_400_000)
  const lastHour = lately.filter(u => u.at.getTime() > until.getTime() - 3_600_000)
  const distinct = (some: readonly Use[]) => new Set(some.flatMap(u => u.read)).size
  return {
    personsPerHour: distinct(lastHour), personsPerDay: distinct(lately), personsAtNight: distinct(lately.filter(u => isNight(u.at))), exportsPerDay: lately.filter(u => u.exported).length,
    refusalsPerHour: new Set(lastHour.flatMap(u => u.refused ?? [])).size,
  }
}
