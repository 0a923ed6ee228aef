import type { suppliedErrors } from '../../../contract/people-and-rights/anomalies.ts'
import { byColumn, dayWritten } from '../../platform/csv-reading.ts'

export interface Supplied {
  readonly id: string
  readonly kind: string
  readonly whose: string
  readonly evidence: string
  readonly foundOn: string
}
type SuppliedError = (typeof suppliedErrors)[number]
export interface SuppliedLine {
  readonly line: number
  readonly supplied: Omit<Supplied, 'foundOn'> & { readonly foundOn: string | null }
  readonly errors: readonly SuppliedError[]
}

export const neededColumns = ['anomalie', 'acces', 'date', 'preuve'] as const
export const mostLines = 1000
type IdOf = (...words: (string | null)[]) => string

/** Made of what is said, so that what is said twice is one. */
export const suppliedOf = (
  organisationId: string,
  { kind, whose, evidence, foundOn }: Omit<Supplied, 'id'>,
  idOf: IdOf,
): Supplied => {
  const said = { kind: kind.trim(), whose: whose.trim(), evidence: evidence.trim(), foundOn }
  return { id: idOf('supplied', organisationId, said.kind, said.whose, said.evidence, said.foundOn), ...said }
}
/** A file of them, each line with all that is wrong in it. */
export const readSupplied = (
  records: readonly Record<string, string>[],
  organisationId: string,
  today: string,
  idOf: IdOf,
): SuppliedLine[] => {
  const seen = new Set<string>()
  return records
    .map(byColumn)
    .map(({ anomalie: kind = '', acces: whose = '', date = '', preuve: evidence = '' }, at) => {
      const foundOn = dayWritten(date) ?? null
      const supplied = suppliedOf(organisationId, { kind, whose, evidence, foundOn: foundOn ?? '' }, idOf)
      const found: readonly (readonly [SuppliedError, boolean])[] = [
        ['kind-missing', kind === ''],
        ['whose-missing', whose === ''],
        ['evidence-missing', evidence === ''],
        ['date-malformed', foundOn === null],
        ['date-in-future', foundOn !== null && foundOn > today],
        ['too-long', kind.length > 80 || whose.length > 200 || evidence.length > 1000],
        ['twice', seen.has(supplied.id)],
      ]
      seen.add(supplied.id)
      return {
        line: at + 2,
        supplied: { ...supplied, foundOn },
        errors: found.filter(([, wrong]) => wrong).map(([error]) => error),
      }
    })
}
