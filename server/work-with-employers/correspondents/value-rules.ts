import { precedence, sources, type ValueSource } from '../../../contract/work-with-employers/correspondents.ts'
import { Refused } from '../../platform/errors.ts'
import * as phone from '../../platform/phone.ts'
import { parisDay } from '../../platform/time.ts'

export interface KeptValue {
  readonly id: string
  readonly field: string
  readonly value: string
  readonly source: string
  readonly organisationId: string | null
}
export type Typed = Readonly<Record<string, string | null | undefined>>

/** The E.164 of a phone as people type it, in France unless it says its country. */
export const e164 = (typed: string): string => {
  const number = phone.e164(typed)
  if (number === undefined) throw new Refused('correspondent/phone-unreadable')
  return number
}

const phones = ['phone', 'otherPhone']
const oneLine = (text: string) => text.trim().replace(/\s+/g, ' ')
/** What is typed, as it is kept: without spaces around, phones in E.164. A field left out stays out. */
export const cleaned = (typed: Typed): Record<string, string | null> => {
  const kept: Record<string, string | null> = {}
  for (const [field, value] of Object.entries(typed)) {
    if (value === undefined) continue
    kept[field] = value === null ? null : phones.includes(field) ? e164(value) : oneLine(value)
  }
  return kept
}

/** Someone must be asked for: by a name or by what they do. */
export const checkSomebody = (fields: Iterable<string>): void => {
  const known = new Set(fields)
  if (!['familyName', 'givenName', 'role'].some(field => known.has(field))) throw new Refused('correspondent/nobody')
}

const people: readonly string[] = sources.filter(source => precedence[source].typed)
const rankOf = (source: string) => sources.indexOf(source as ValueSource)

/** A value as it is weighed against the others of its field. */
export interface Weighed {
  readonly id: string
  readonly field: string
  readonly source: string
  /** When somebody last knew it was so: days or instants, all alike, in the order of their text. */
  readonly known: string
  readonly confirmed: boolean
}
/** A file says no day: until somebody confirms it, what a person typed outweighs it whatever their dates. */
const outweighs = (other: Weighed, value: Weighed): boolean =>
  rankOf(other.source) < rankOf(value.source) &&
  (other.known >= value.known || (people.includes(other.source) && !people.includes(value.source) && !value.confirmed))
/** The ids of the values that a stronger source outweighs: proposed beside what stands, they settle nothing (EST-6). */
export const proposedAmong = (current: readonly Weighed[]): ReadonlySet<string> =>
  new Set(
    current
      .filter(value => current.some(other => other.field === value.field && outweighs(other, value)))
      .map(({ id }) => id),
  )

interface Recorded extends Pick<Weighed, 'id' | 'field' | 'source'> {
  readonly recordedAt: Date
  readonly observedOn: string | null
  readonly confirmedAt: Date | null
}
/** When somebody last knew that it was so: confirmed; else observed, at the latest when it was recorded. */
const knownAt = ({
  recordedAt,
  observedOn,
  confirmedAt,
}: Pick<Recorded, 'recordedAt' | 'observedOn' | 'confirmedAt'>) =>
  confirmedAt ??
  (observedOn !== null && observedOn < parisDay(recordedAt) ? new Date(`${observedOn}T00:00:00Z`) : recordedAt)
/** How a value of a person is weighed: by the day on which it was last known to be so. */
export const weighed = (value: Recorded): Weighed => ({
  id: value.id,
  field: value.field,
  source: value.source,
  known: knownAt(value).toISOString(),
  confirmed: value.confirmedAt !== null,
})
/** What stands of each field, without what is only proposed. */
export const standing = <Value extends Recorded>(current: readonly Value[]): readonly Value[] => {
  const proposed = proposedAmong(current.map(weighed))
  return current.filter(({ id }) => !proposed.has(id))
}

/**
 * Which current values of its field a new value takes the place of. A person replaces what their own organisation said,
 * and what nobody typed. An import replaces only what the same import brought (EST-6).
 */
export const replacedBy = (value: Omit<KeptValue, 'id'>, current: readonly KeptValue[]): readonly KeptValue[] =>
  current.filter(other => {
    if (other.field !== value.field) return false
    const ours = other.organisationId === value.organisationId
    if (!people.includes(value.source)) return ours && other.source === value.source
    return ours || (other.organisationId === null && !people.includes(other.source))
  })

export interface Correction {
  /** New values, one a field. */
  readonly added: readonly { readonly field: string; readonly value: string }[]
  /** Values that somebody else said already: this says they are right. */
  readonly confirmed: readonly KeptValue[]
  readonly replaced: readonly KeptValue[]
}
/** What a correction by an advisor changes. Another partner's different value stays beside. */
export const correctionOf = (
  typed: Readonly<Record<string, string | null>>,
  current: readonly KeptValue[],
  organisationId: string,
): Correction => {
  const added: { field: string; value: string }[] = []
  const [confirmed, replaced]: [KeptValue[], KeptValue[]] = [[], []]
  for (const [field, value] of Object.entries(typed)) {
    const here = current.filter(other => other.field === field)
    if (value === null) {
      replaced.push(...here)
      continue
    }
    const same = here.find(other => other.value === value)
    if (same) confirmed.push(same)
    else added.push({ field, value })
    const others = here.filter(other => other !== same)
    replaced.push(...replacedBy({ field, value, source: 'conseiller', organisationId }, others))
  }
  return { added, confirmed, replaced }
}

/** When one value of a field is retained, every other current value of that field leaves. */
export const setAsideBy = (chosen: KeptValue, current: readonly KeptValue[]): readonly KeptValue[] =>
  current.filter(other => other.field === chosen.field && other.id !== chosen.id)

/** Values on which partners agree: those one press may confirm. */
export const agreed = <Value extends KeptValue>(current: readonly Value[]): readonly Value[] =>
  current.filter(value => current.every(other => other === value || other.field !== value.field))

const year = 365 * 24 * 3600 * 1000
/** Nothing was observed nor confirmed for a year. */
export const isOld = (
  values: readonly Pick<Recorded, 'recordedAt' | 'observedOn' | 'confirmedAt'>[],
  now: Date,
): boolean => values.length > 0 && values.every(value => now.getTime() - knownAt(value).getTime() > year)
