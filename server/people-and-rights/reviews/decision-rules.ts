import type { reviewDecisions } from '../../../contract/people-and-rights/reviews.ts'
import { type Profile, profiles } from '../../../contract/route.ts'
import { Refused } from '../../platform/errors.ts'

export type ReviewDecision = (typeof reviewDecisions)[number]
export interface DecidedLine {
  readonly grantId: string | null
  readonly profile: Profile | null
  readonly territory: { readonly kind: string } | null
  readonly anomalies: readonly string[]
  readonly decision: ReviewDecision | null
  readonly isManager: boolean
  readonly duties: string | null
}

/**
 * A review keeps, suspends or deletes an account. It keeps, suspends or deletes a grant, or reduces it where a smaller
 * profile or perimeter exists; an EPCI is the smallest.
 * An account manager's grant without recorded duties is suspended or deleted, or given anew with them (ACC-4).
 * A correction is settled; a line that was kept may change until the review closes.
 */
export const possibleDecisions = ({
  grantId,
  profile,
  territory,
  decision,
  isManager,
  duties,
}: DecidedLine): readonly ReviewDecision[] => {
  if (decision !== null && decision !== 'keep') return []
  if (grantId === null) return ['keep', 'suspend', 'delete']
  if (isManager && !duties) return ['suspend', 'delete']
  const smallest = profile === 'consultation' && territory?.kind === 'epci'
  return smallest ? ['keep', 'suspend', 'delete'] : ['keep', 'reduce', 'suspend', 'delete']
}

/**
 * Throws the code of what stands against a decision. A reason is asked of every correction, and of what is kept in
 * spite of an anomaly (ACC-8). `smaller`: whether the new perimeter lies within the old one; undefined: it stays.
 */
export const checkDecision = (
  line: DecidedLine,
  decision: ReviewDecision,
  toProfile: Profile | undefined,
  reason: string | null,
  smaller?: boolean,
): void => {
  if (line.decision !== null && line.decision !== 'keep') throw new Refused('review/already-corrected')
  if (line.isManager && line.grantId !== null && !line.duties && (decision === 'keep' || decision === 'reduce'))
    throw new Refused('grant/duties-needed')
  if (!possibleDecisions(line).includes(decision)) throw new Refused('review/decision-impossible')
  if ((decision === 'reduce') !== (toProfile !== undefined || smaller !== undefined) || smaller === false)
    throw new Refused('review/decision-impossible')
  if (toProfile !== undefined && profiles.indexOf(toProfile) >= profiles.indexOf(line.profile!))
    throw new Refused('review/decision-impossible')
  if (reason === null && (decision !== 'keep' || line.anomalies.length > 0)) throw new Refused('review/reason-required')
}
