import { Refused } from '../../platform/errors.ts'
import type { KeptValue } from './value-rules.ts'

export interface MergePlan {
  /** Values of the card absorbed, current until now: they go to the card kept. */
  readonly moved: readonly KeptValue[]
  /** Of one card or the other, another value is retained: they go to the history. */
  readonly setAside: readonly KeptValue[]
}
/**
 * What a merge does with the values of both cards. Where a value is retained, the others of its field are set aside;
 * elsewhere both stay, one beside the other. The same value said twice stays once, as the card kept has it.
 */
export const mergePlan = (
  kept: readonly KeptValue[],
  absorbed: readonly KeptValue[],
  retained: readonly string[],
): MergePlan => {
  const all = [...kept, ...absorbed]
  const chosen = retained.map(id => all.find(value => value.id === id))
  if (chosen.includes(undefined)) throw new Refused('correspondent/value-replaced')
  const fields = chosen.map(value => value!.field)
  if (new Set(fields).size < fields.length) throw new Refused('correspondent/retained-twice')
  const repeated = (value: KeptValue) =>
    absorbed.includes(value) && kept.some(other => other.field === value.field && other.value === value.value)
  return {
    moved: absorbed,
    setAside: all.filter(value => (fields.includes(value.field) ? !retained.includes(value.id) : repeated(value))),
  }
}

const thirtyDays = 30 * 24 * 3600 * 1000
export const undoneUntil = (mergedAt: Date): Date => new Date(mergedAt.getTime() + thirtyDays)
export const mayStillUndo = (mergedAt: Date, now: Date): boolean => now <= undoneUntil(mergedAt)

/** A value of the card kept, replaced ones included. */
export interface DatedValue {
  readonly id: string
  readonly field: string
  readonly recordedAt: Date
  readonly replacedAt: Date | null
}
/**
 * Which values come back on the card kept when a merge is undone: those that the merge set aside there. Where the field
 * was changed since, the later word stands. `onKept`: the values of the card kept, once the others have gone back.
 */
export const restoredOnKept = (
  setAside: readonly string[],
  onKept: readonly DatedValue[],
  left: readonly DatedValue[],
  mergedAt: Date,
): readonly string[] => {
  const later = (at: Date | null) => at !== null && at > mergedAt
  const changed = new Set(
    [...onKept, ...left].filter(v => later(v.recordedAt) || later(v.replacedAt)).map(({ field }) => field),
  )
  return onKept.filter(({ id, field }) => setAside.includes(id) && !changed.has(field)).map(({ id }) => id)
}
