import type { needAdvice, needFits, needKinds } from '../../../contract/work-with-employers/needs.ts'

export type Fit = (typeof needFits)[number]
/** What a structure says it takes; an empty list says every one. */
export interface SaidIntake {
  readonly kinds: readonly (typeof needKinds)[number][]
  readonly advice: readonly (typeof needAdvice)[number][]
  readonly jobs: readonly string[]
}
export interface SoughtNeed {
  readonly kind: (typeof needKinds)[number]
  readonly advice: (typeof needAdvice)[number] | null
  /** A code of the ROME; null: the job was said in other words, or none is asked. */
  readonly rome: string | null
}

/** A structure that said nothing stands between those that say they take it and those that say otherwise. */
export const fitOf = ({ kind, advice, rome }: SoughtNeed, said: SaidIntake | null): Fit => {
  if (!said) return 'unsaid'
  if (!said.kinds.includes(kind)) return 'not-kind'
  if (advice && said.advice.length > 0 && !said.advice.includes(advice)) return 'not-kind'
  if (!rome || said.jobs.length === 0) return 'takes'
  return said.jobs.includes(rome.charAt(0)) ? 'takes-job' : 'not-job'
}

export interface Placed {
  readonly fit: Fit
  /** Its last exchange with this employer that the network reads, since a year. */
  readonly metOn: string | null
  /** To what one's structure proposed to it since a year. */
  readonly answers: { readonly yes: number; readonly of: number }
}
/** « takes » because every job is said weighs as much as « takes-job ». */
const rankOfFit: Readonly<Record<Fit, number>> = { 'takes-job': 0, takes: 0, unsaid: 1, 'not-job': 2, 'not-kind': 3 }
/** As if each had answered yes once and no once: one answer does not outweigh five. */
const trust = ({ answers: { yes, of } }: Placed) => (yes + 1) / (of + 2)

/**
 * The best placed first: by what it says it takes, then whether it works with this employer, then how it answered. All
 * stay, in their former order where nothing tells them apart.
 */
export const bestFirst = <R extends Placed>(rows: readonly R[]): R[] =>
  rows.toSorted(
    (a, b) =>
      rankOfFit[a.fit] - rankOfFit[b.fit] || Number(b.metOn !== null) - Number(a.metOn !== null) || trust(b) - trust(a),
  )
