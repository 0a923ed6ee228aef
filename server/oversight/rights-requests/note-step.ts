import type { Context } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { requestReply } from './rights-request-reply.ts'
import { refusedStep, type StepKind } from './rights-request-rules.ts'
import { insertStep, type StepRow, type Whole } from './rights-requests.queries.ts'

type Said = Partial<Omit<StepRow, 'requestId' | 'kind' | 'happenedOn'>>

/** Writes one step of a request that is locked, and says the request as it then stands. */
export const noteStep = async (
  request: Whole,
  kind: StepKind,
  happenedOn: string,
  said: Said,
  { db, viewer, now, today }: Pick<Context, 'db' | 'viewer' | 'now' | 'today'>,
) => {
  const nothing = { manner: null, outcome: null, channel: null, article: null, extent: null, reason: null }
  const step: StepRow = { requestId: request.id, kind, happenedOn, ...nothing, ...said }
  const refused = refusedStep(request, step, today)
  if (refused) throw new Refused(refused)
  await insertStep(db, { ...step, recordedBy: viewer.accountId, recordedAt: now })
  return requestReply(viewer, { ...request, steps: [...request.steps, step] }, today)
}
