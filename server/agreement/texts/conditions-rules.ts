import { documentKinds, type versionStates } from '../../../contract/agreement/texts.ts'
import type { Tool } from '../../../contract/route.ts'
import type { Viewer } from '../../platform/viewer.ts'

export type DocumentKind = (typeof documentKinds)[number]
export interface Dated {
  readonly inForceFrom: Date
  readonly cancelledAt?: Date | null
}
export interface DocumentFacts extends Dated {
  readonly id: string
  readonly kind: DocumentKind
  readonly tool: Tool | null
  readonly version: number
}

export interface Standing<T extends Dated> {
  readonly version: T
  readonly until: Date | null
  readonly state: (typeof versionStates)[number]
}
/**
 * Where each version stands: in force from its instant to that of the next one of its series. One that was cancelled
 * never was. `series` of one text, in any order.
 */
export const standing = <T extends Dated>(series: readonly T[], now: Date): Standing<T>[] => {
  const inOrder = series.toSorted((a, b) => a.inForceFrom.getTime() - b.inForceFrom.getTime())
  return inOrder.map((version, i) => {
    if (version.cancelledAt) return { version, until: null, state: 'cancelled' }
    const until = inOrder.slice(i + 1).find(next => !next.cancelledAt)?.inForceFrom ?? null
    return {
      version,
      until,
      state: version.inForceFrom > now ? 'to-come' : until !== null && until <= now ? 'replaced' : 'in-force',
    }
  })
}

const rank = ({ kind, tool }: DocumentFacts) => `${documentKinds.indexOf(kind)} ${tool ?? ''}`
/** All versions in the order in which they prevail (convention, art. 12); of one text, the newest first. */
export const withStanding = <T extends DocumentFacts>(documents: readonly T[], now: Date) =>
  [...Map.groupBy(documents, rank).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, series]) => standing(series, now).toReversed())

/** Tools for which the person holds a grant, even one that opens nothing yet; tools gone from annex 4 are left out. */
export const heldTools = (viewer: Pick<Viewer, 'grants' | 'withheld'>): Tool[] => [
  ...new Set([
    ...viewer.grants.map(g => g.tool),
    ...viewer.withheld.filter(w => !w.missing.includes('annex-4')).map(w => w.tool),
  ]),
]
/** The texts in force that concern a person: the general ones, and those of the tools they hold a grant of. */
export const concerning = <T extends DocumentFacts>(documents: readonly T[], held: readonly Tool[], now: Date) =>
  withStanding(documents, now).filter(
    ({ state, version: { kind, tool } }) => state === 'in-force' && (kind !== 'cpu' || held.includes(tool!)),
  )

/** When the last version that was not cancelled takes effect; null when there is none. */
export const lastEffect = (series: readonly Dated[]): Date | null =>
  series.reduce<Date | null>(
    (last, { inForceFrom, cancelledAt }) => (cancelledAt || (last && inForceFrom <= last) ? last : inForceFrom),
    null,
  )

export type DateRefusal = 'conditions/date-past' | 'conditions/date-before-last'
/**
 * A version takes effect at once, or at the first instant of a day to come. It always follows every earlier version.
 */
export const effectOf = (
  day: { readonly on: string; readonly startsAt: Date },
  last: Date | null,
  today: string,
  now: Date,
): Date | DateRefusal => {
  if (day.on < today) return 'conditions/date-past'
  const from = day.on === today ? now : day.startsAt
  return last !== null && from <= last ? 'conditions/date-before-last' : from
}
