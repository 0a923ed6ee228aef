import type { Static } from 'typebox'
import type { TerritoryRef } from '../../../contract/common.ts'
import type { AnomalyKind } from '../../../contract/people-and-rights/anomalies.ts'
import type { Profile, Tool } from '../../../contract/route.ts'
import type { Managed } from '../accounts/person-rules.ts'
import type { ReviewDecision } from './decision-rules.ts'

export interface Ref {
  readonly id: string
  readonly name: string
}
export interface Person extends Ref {
  readonly organisationId: string
}

/** A review, and how far it is. */
export interface ReviewRow {
  readonly id: string
  readonly organisationId: string
  readonly organisation: Ref & { kind: string }
  readonly dueOn: string
  readonly startedAt: Date
  readonly startedBy: Person
  readonly closedAt: Date | null
  readonly closedBy: Person | null
  readonly reportDigest: string | null
  readonly accounts: number
  readonly lines: number
  readonly undecided: number
  readonly anomaliesUndecided: number
  readonly keepable: number
  readonly keep: number
  readonly reduce: number
  readonly suspend: number
  readonly delete: number
  readonly newAccounts: readonly Person[]
  readonly newGrants: number
}

/** One of its lines, with what the policy asks of the person it is about. */
export interface LineRow extends Managed {
  readonly lineId: string
  readonly person: Person
  readonly function: string
  readonly attachment: 'agent' | 'delegate' | 'contractor'
  readonly status: 'active' | 'suspended' | 'blocked' | 'deleted'
  readonly contractEndsOn: string | null
  readonly lastActAt: Date | null
  /** Recorded on the grant: why an account manager needs the tool too (ACC-4). */ readonly duties: string | null
  readonly grantId: string | null
  readonly tool: Tool | null
  readonly profile: Profile | null
  readonly territory: Static<typeof TerritoryRef> | null
  readonly agency: Ref | null
  readonly grantedAt: Date | null
  readonly lastUsedOn: string | null
  readonly anomalies: readonly AnomalyKind[]
  readonly anomaliesSince: readonly Date[]
  readonly decision: ReviewDecision | null
  readonly toProfile: Profile | null
  readonly toTerritory: Static<typeof TerritoryRef> | null
  readonly reason: string | null
  readonly decidedAt: Date | null
  readonly decidedBy: Person | null
}
