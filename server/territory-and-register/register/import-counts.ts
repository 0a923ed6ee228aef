import type { Absent } from './beside.queries.ts'
import type { FileKind } from './file-layout.ts'
import { type BatchResult, kept, type Verdict } from './merge.queries.ts'
import type { UnknownCodes } from './unknown-codes.queries.ts'

export interface FileCounts {
  readonly file: string
  readonly kind: FileKind
  read: number
  rejected: Record<string, number>
  became: Partial<Record<Verdict, number>>
  unknownCommunes: Record<string, number>
  /** Of activity, headcount and legal category: kept as published, and listed. */
  unknownCodes: Partial<UnknownCodes>
  unreadable: number
  readonly missing: readonly string[]
  /**
   * Of the register before the import, those that no file of establishments gave a line of; on the last of these files.
   */
  absent?: Absent
}

export const noCounts = (file: string, kind: FileKind, missing: readonly string[]): FileCounts => ({
  file,
  kind,
  read: 0,
  rejected: {},
  became: {},
  unknownCommunes: {},
  unknownCodes: {},
  unreadable: 0,
  missing,
})

export const addResult = (counts: FileCounts, result: BatchResult): void => {
  for (const [verdict, n] of Object.entries(result.counts))
    counts.became[verdict as Verdict] = (counts.became[verdict as Verdict] ?? 0) + n
  for (const [code, n] of Object.entries(result.unknownCommunes))
    counts.unknownCommunes[code] = (counts.unknownCommunes[code] ?? 0) + n
  for (const [list, codes] of Object.entries(result.unknownCodes) as [keyof UnknownCodes, Record<string, number>][]) {
    counts.unknownCodes ??= {} // of a run that an older program began
    counts.unknownCodes[list] ??= {}
    const known = counts.unknownCodes[list]
    for (const [code, n] of Object.entries(codes)) known[code] = (known[code] ?? 0) + n
  }
  counts.unreadable += result.unreadable
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0)
/** Rows that are in the register after the import. */
export const keptOf = (c: FileCounts): number => sum(kept.map(verdict => c.became[verdict] ?? 0))

/**
 * Lines read that are neither kept, nor out of scope, nor among the listed rejects: always 0, or the import has a fault
 * and says so.
 */
export const lostOf = (c: FileCounts): number => c.read - sum(Object.values(c.rejected)) - sum(Object.values(c.became))
