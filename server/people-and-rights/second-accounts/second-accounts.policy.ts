import { answerDays } from '../../../contract/people-and-rights/second-accounts.ts'
import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

/** What its reader may know of it: what they may not is null. */
export interface Share {
  /** The account that has the address. */
  readonly personId: string | null
  readonly askerId: string | null
  readonly askedAt: Date
  readonly settledAt: Date | null
}
const dayInMilliseconds = 86_400_000
/** In a session of the first account, within thirty days. The SQL twin is ctx.answerable_shares. */
export const mayAnswer = (viewer: Viewer, { personId, askedAt, settledAt }: Share, now: Date): Verdict => {
  if (personId !== viewer.accountId) return 'second-account/not-yours'
  const waits = now.getTime() - askedAt.getTime() < answerDays * dayInMilliseconds
  return (settledAt === null && waits) || 'second-account/settled'
}
/** The structure that asked. The SQL twin is ctx.withdrawable_shares. */
export const mayTakeBack = (viewer: Viewer, { askerId, settledAt }: Share): Verdict => {
  if (askerId !== viewer.organisationId || !holdsRole(viewer, 'rgc')) return 'second-account/not-yours'
  return settledAt === null || 'second-account/settled'
}
