import type { Reply } from '../../../contract/route.ts'
import type { readNeedSatisfaction } from '../../../contract/work-with-employers/needs/satisfaction.ts'
import type { Context } from '../../platform/action.ts'
import { mayActOnNeed } from '../needs/needs.policy.ts'
import type { NeedRow } from '../needs/needs.queries.ts'
import { mayReadSurvey } from './satisfaction.policy.ts'
import { isReachable, surveyOf } from './satisfaction.queries.ts'
import { askedFrom, satisfactionState } from './satisfaction-rules.ts'

type Satisfaction = Reply<typeof readNeedSatisfaction>
const nothing: Satisfaction = { satisfaction: null }

/** Null for who reads the need without having followed or taken it, and while there is nothing to say. */
export const satisfactionReply = async (
  need: NeedRow,
  { db, viewer, now }: Pick<Context, 'db' | 'viewer' | 'now'>,
): Promise<Satisfaction> => {
  if (!mayReadSurvey(viewer, need)) return nothing
  const [survey = null, reachable] = await Promise.all([surveyOf(db, need.id), isReachable(db, need.id)])
  const state = satisfactionState({ closedAt: need.closedAt, reachable, survey }, now)
  if (!state) return nothing
  const mayWithhold = state === 'to-ask' && mayActOnNeed(viewer, need, 'abandon') === true
  return {
    satisfaction: {
      state,
      askedFrom: state === 'to-ask' ? askedFrom(need.closedAt!) : null,
      settledAt: survey?.settledAt.toISOString() ?? null,
      reason: survey?.notAsked ?? null,
      expiresAt: survey?.expiresAt?.toISOString() ?? null,
      answeredAt: survey?.answeredAt?.toISOString() ?? null,
      rating: survey?.rating ?? null,
      comment: survey?.comment ?? null,
      allowed: mayWithhold ? ['withhold'] : [],
    },
  }
}
