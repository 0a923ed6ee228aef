import type { Party } from './deadlines.ts'

/** An account that signs for a party; function and address tell namesakes apart (ACC-16). */
export interface OwnSigner {
  readonly party: Party
  readonly accountId: string
  readonly name: string
  readonly function: string
  readonly email: string | null
}
/** What is recorded of who may sign in the place of a party's signatory. */
export interface DeputyVersion {
  readonly id: string
  readonly version: number
  readonly party: Party
  readonly name: string
  readonly accountId: string | null
  readonly capacity: string
  readonly act: string
  readonly actOn: string
  readonly grantedBy: string
  readonly localAuthority: boolean
  readonly prefectureOn: string | null
  readonly publishedOn: string | null
  readonly fromOn: string
  readonly untilOn: string | null
  readonly reason: string
  readonly recordedBy: { readonly id: string; readonly name: string; readonly organisationId: string } | null
  readonly recordedAt: Date
}

/** What the power of a deputy rests on; days as YYYY-MM-DD. */
export type Delegation = Pick<DeputyVersion, 'fromOn' | 'untilOn' | 'localAuthority' | 'prefectureOn' | 'publishedOn'>
/**
 * Whether a deputy may sign on this day (AGR-15): within the days recorded, and once a local authority's act is received
 * by the prefecture and published (article L. 2131-1 of the CGCT). The SQL twin is ctx.deputy_holds.
 */
export const holdsOn = (
  { fromOn, untilOn, localAuthority, prefectureOn, publishedOn }: Delegation,
  day: string,
): boolean =>
  fromOn <= day &&
  (untilOn === null || untilOn >= day) &&
  (!localAuthority || (prefectureOn !== null && prefectureOn <= day && publishedOn !== null && publishedOn <= day))
