import type { reviewAnomalies } from '../../contract/reviews.ts'
import type { Profile, Tool } from '../../contract/route.ts'
import { exceedsFunction } from '../habilitations/smallest-profile-rules.ts'
import { addDays, addMonths, parisDay } from '../platform/time.ts'

export type ReviewAnomaly = (typeof reviewAnomalies)[number]
/** An account, or one of its grants, as the review froze it. */
export interface FrozenLine {
  readonly id: string
  readonly accountId: string
  readonly function: string
  readonly status: 'active' | 'suspended' | 'blocked' | 'deleted'
  readonly contractEndsOn: string | null
  readonly lastActAt: Date | null
  /** Of its structure (account manager, signatory…): it needs no grant to be of use. */
  readonly hasRole: boolean
  readonly tool: Tool | null
  readonly profile: Profile | null
  readonly grantedAt: Date | null
  readonly lastUsedOn: string | null
}

/** A month is what anyone may be away; a grant younger than that has not had its chance. */
const grace = 30

/**
 * What is wrong with one person's account and grants (annex 1, 1.6; ACC-8): an account that should be suspended (two months without an act, 5.1) or deleted (contract over) and is not,
 * one never seen or not seen for a month, one with neither grant nor role; a grant never used, or not for two months, or beyond the function.
 */
export const anomaliesOf = (lines: readonly FrozenLine[], today: string): ReadonlyMap<string, readonly ReviewAnomaly[]> => {
  const grants = lines.filter(l => l.tool !== null)
  return new Map(lines.map(line => [line.id, (line.tool === null ? ofAccount(line, grants, today) : ofGrant(line, today)).filter(([, found]) => found).map(([name]) => name)]))
}

type Checked = readonly (readonly [ReviewAnomaly, boolean])[]
const ofAccount = ({ status, contractEndsOn, lastActAt, hasRole }: FrozenLine, grants: readonly FrozenLine[], today: string): Checked => {
  if (status !== 'active') return []
  const seenOn = lastActAt && parisDay(lastActAt)
  const oldest = grants.map(g => parisDay(g.grantedAt!)).toSorted()[0]
  const inactive = seenOn !== null && today > addMonths(seenOn, 2)
  return [
    ['should-be-suspended', inactive],
    ['contract-over', contractEndsOn !== null && contractEndsOn < today],
    ['never-seen', seenOn === null && oldest !== undefined && oldest < addDays(today, -grace)],
    ['not-seen', !inactive && seenOn !== null && seenOn < addDays(today, -grace)],
    ['no-grant', grants.length === 0 && !hasRole],
  ]
}
const ofGrant = ({ function: ofFunction, tool, profile, grantedAt, lastUsedOn }: FrozenLine, today: string): Checked => [
  ['never-used', lastUsedOn === null && parisDay(grantedAt!) < addDays(today, -grace)],
  ['unused', lastUsedOn !== null && today > addMonths(lastUsedOn, 2)],
  ['beyond-function', exceedsFunction(ofFunction, tool!, profile!)],
]
