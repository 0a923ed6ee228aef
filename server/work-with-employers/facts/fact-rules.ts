import { type FactName, type FactShape, facts } from '../../../contract/work-with-employers/facts.ts'
import { Refused } from '../../platform/errors.ts'
import { e164 } from '../../platform/phone.ts'
import { addDays } from '../../platform/time.ts'
import { proposedAmong } from '../correspondents/value-rules.ts'

const mostOfALine = 120
const line = (typed: string): string => {
  const text = typed.trim().replace(/\s+/g, ' ')
  if (text.length > mostOfALine) throw new Refused('fact/line-too-long')
  return text
}
const phone = (typed: string): string => {
  const number = e164(typed)
  if (number === undefined) throw new Refused('fact/phone-unreadable')
  return number
}
/** As a browser takes it: without its scheme it is https. A host has a dot, and nobody signs in by an address. */
const link = (typed: string): string => {
  const text = typed.trim()
  const url = URL.parse(/^[a-z]+:/i.test(text) ? text : `https://${text}`)
  if (!url || !/^https?:$/.test(url.protocol) || !/^[^.\s]+(\.[^.\s]+)+$/.test(url.hostname) || url.username)
    throw new Refused('fact/link-unreadable')
  return url.href.replace(/\/$/, '')
}
const count = (typed: string): string => {
  const digits = typed.replace(/\s/g, '').replace(/^0+(?=\d)/, '')
  if (!/^\d{1,7}$/.test(digits)) throw new Refused('fact/count-unreadable')
  return digits
}
const shapes: Record<FactShape, (typed: string) => string> = { line, lines: typed => typed.trim(), phone, link, count }

/** What is typed of a field, as it is kept. */
export const cleanedFact = (field: FactName, typed: string): string => shapes[facts[field].shape](typed)

export interface Known {
  readonly observedOn: string
  /** The day it was last said to be still right; null: never. */
  readonly confirmedOn: string | null
}
/** The last day on which somebody knew it was so. */
export const knownOn = ({ observedOn, confirmedOn }: Known): string =>
  confirmedOn !== null && confirmedOn > observedOn ? confirmedOn : observedOn

/** Nobody knew it was so since longer than the field allows. Where partners differ, one is chosen rather. */
export const toConfirm = (field: FactName, said: readonly Known[], today: string): boolean =>
  said.length > 0 && said.every(one => addDays(knownOn(one), facts[field].days) < today)

interface Said extends Known {
  readonly id: string
  readonly field: string
  readonly source: string
}
/** What stands of a field, and what a stronger source outweighs: an observation no fresher is only proposed (EST-6). */
export const weighedFacts = <Value extends Said>(
  said: readonly Value[],
): { readonly standing: readonly Value[]; readonly proposed: ReadonlySet<string> } => {
  const proposed = proposedAmong(
    said.map(one => ({ ...one, known: knownOn(one), confirmed: one.confirmedOn !== null })),
  )
  return { standing: said.filter(({ id }) => !proposed.has(id)), proposed }
}
