import { addDays, formatDay } from '../../platform/format.ts'

export const periods = ['mois', 'mois-dernier', 'trimestre', 'annee', 'libre'] as const
export type PeriodName = (typeof periods)[number]
export const periodNames: Record<PeriodName, string> = {
  mois: 'Ce mois',
  'mois-dernier': 'Le mois dernier',
  trimestre: 'Ce trimestre',
  annee: 'Cette année',
  libre: 'Autre période',
}

const day = /^\d{4}-\d\d-\d\d$/
const two = (month: number) => String(month).padStart(2, '0')
const lastOfMonth = (year: number, month: number) =>
  addDays(month === 12 ? `${year + 1}-01-01` : `${year}-${two(month + 1)}-01`, -1)

/** Calendar months, quarters and years that hold `today`; the free one is in the address, whole or not yet. */
export const periodOf = (
  { periode, du, au }: { periode?: string; du?: string; au?: string },
  today: string,
): { name: PeriodName; from: string; to: string } => {
  const name = periods.find(one => one === periode) ?? 'trimestre'
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  if (name === 'libre')
    return { name, from: du && day.test(du) ? du : `${year}-01-01`, to: au && day.test(au) ? au : today }
  if (name === 'annee') return { name, from: `${year}-01-01`, to: `${year}-12-31` }
  if (name === 'mois-dernier') {
    const to = addDays(`${year}-${two(month)}-01`, -1)
    return { name, from: `${to.slice(0, 8)}01`, to }
  }
  const first = name === 'mois' ? month : month - ((month - 1) % 3)
  return { name, from: `${year}-${two(first)}-01`, to: lastOfMonth(year, name === 'mois' ? month : first + 2) }
}

/** One month of the calendar, from its first day to its last. */
export const isWholeMonth = (from: string, to: string) =>
  from.slice(8) === '01' && to.slice(0, 7) === from.slice(0, 7) && addDays(to, 1).slice(8) === '01'

/** « du 1er octobre au 31 décembre 2026 ». */
export const spanWords = (from: string, to: string) =>
  `du ${from.slice(0, 4) === to.slice(0, 4) ? formatDay(from).slice(0, -5) : formatDay(from)} au ${formatDay(to)}`
