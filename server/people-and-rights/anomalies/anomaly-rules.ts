import type { AnomalyKind } from '../../../contract/people-and-rights/anomalies.ts'
import type { Profile, Tool } from '../../../contract/route.ts'
import { addDays, addMonths, endOfDay, parisDay } from '../../platform/time.ts'
import { exceedsFunction } from '../accounts/smallest-profile-rules.ts'

/** An active account, or one of its grants that is not over, with what the rules judge by. */
export interface AccessFacts {
  readonly accountId: string
  readonly organisationId: string
  readonly function: string
  /** Null: since the account was opened, as far as is known. */
  readonly functionSince: Date | null
  /** Since it was last restored; null: it always was active. */
  readonly activeSince: Date | null
  readonly contractEndsOn: string | null
  readonly lastActAt: Date | null
  /** When a suspension for inactivity was last lifted: two months are counted again from then. */
  readonly liftedAt: Date | null
  /** Of its structure (account manager, signatory…): it needs no grant to be of use. */
  readonly hasRole: boolean
  /** When its latest grant or role that is over ended. */
  readonly rightsEndedAt: Date | null
  readonly createdAt: Date
  /** Null: the account itself, and the next four too. */
  readonly grantId: string | null
  readonly tool: Tool | null
  readonly profile: Profile | null
  readonly grantedAt: Date | null
  readonly startsOn: string | null
  readonly lastUsedOn: string | null
  /** When each kind was last corrected there. */
  readonly corrected: Readonly<Partial<Record<AnomalyKind, string>>> | null
  /** From when its perimeter goes beyond the territories of the structure; null: it lies within, or is no grant. */
  readonly beyondSince: Date | null
}
export interface FoundAnomaly {
  readonly kind: AnomalyKind
  readonly line: AccessFacts
  readonly since: Date
}

/** Anyone may be away a month. A younger grant or a new account had no chance to serve yet. */
const grace = 30

/**
 * Finds what is wrong with one person's account and grants, and since when (annex 1, 1.6; ACC-8, ACC-14).
 * The account should be suspended (two months without an act, 5.1) or deleted (contract over).
 * Or it was never seen, not seen for a month, or had neither grant nor role for a month.
 * A grant was never used, not used for two months, exceeds the function, or goes beyond the territories of the
 * structure (ACC-15).
 * `lines` are of one active account: a suspended one opens nothing, and has no anomaly.
 */
export const anomaliesOf = (lines: readonly AccessFacts[], today: string): readonly FoundAnomaly[] => {
  const grants = lines.filter(l => l.grantId !== null)
  return lines.flatMap(line =>
    (line.grantId === null ? ofAccount(line, grants, today) : ofGrant(line, today)).flatMap(([kind, since]) =>
      since === null
        ? []
        : [
            {
              kind,
              line,
              since: latest(since, line.activeSince, line.corrected?.[kind] ? new Date(line.corrected[kind]) : null),
            },
          ],
    ),
  )
}

type Checked = readonly (readonly [AnomalyKind, Date | null])[]
const latest = (first: Date, ...others: readonly (Date | null)[]): Date =>
  others.reduce<Date>((a, b) => (b !== null && b > a ? b : a), first)
/** Wrong from the day after `day` on, when today is past it. */
const after = (day: string | null, today: string): Date | null => (day !== null && today > day ? endOfDay(day) : null)
const dayOf = (at: Date | null): string | null => at && parisDay(at)
const firstDay = ({ grantedAt, startsOn }: AccessFacts): string => [parisDay(grantedAt!), startsOn!].toSorted()[1]!

const ofAccount = (
  { contractEndsOn, lastActAt, liftedAt, hasRole, rightsEndedAt, createdAt }: AccessFacts,
  grants: readonly AccessFacts[],
  today: string,
): Checked => {
  const seenOn =
    [dayOf(lastActAt), dayOf(liftedAt)]
      .filter(day => day !== null)
      .toSorted()
      .at(-1) ?? null
  const oldest = grants.map(firstDay).toSorted()[0]
  const inactive = after(seenOn && addMonths(seenOn, 2), today)
  return [
    ['should-be-suspended', inactive],
    ['contract-over', after(contractEndsOn, today)],
    ['never-seen', seenOn === null && oldest !== undefined ? after(addDays(oldest, grace), today) : null],
    ['not-seen', inactive === null ? after(seenOn && addDays(seenOn, grace), today) : null],
    [
      'no-grant',
      grants.length === 0 && !hasRole ? after(addDays(parisDay(latest(createdAt, rightsEndedAt)), grace), today) : null,
    ],
  ]
}
const ofGrant = (line: AccessFacts, today: string): Checked => {
  const from = firstDay(line)
  const used = line.lastUsedOn !== null && line.lastUsedOn >= from
  return [
    ['never-used', used ? null : after(addDays(from, grace), today)],
    ['unused', used ? after(addMonths(line.lastUsedOn!, 2), today) : null],
    [
      'beyond-function',
      exceedsFunction(line.function, line.tool!, line.profile!) ? latest(line.grantedAt!, line.functionSince) : null,
    ],
    ['beyond-territories', line.beyondSince],
  ]
}
