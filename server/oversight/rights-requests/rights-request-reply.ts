import type { Static } from 'typebox'
import type { RightsRequest } from '../../../contract/oversight/rights-requests.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { answerBy, extendableUntil, extensionCounts, isLate } from './deadlines.ts'
import { leftToTell, type StepKind, stateOf, stepsLeft } from './rights-request-rules.ts'
import { holderOf, mayGiveBack, mayHold, mayWithdraw } from './rights-requests.policy.ts'
import type { StepRow, Whole } from './rights-requests.queries.ts'

type Reply = Static<typeof RightsRequest>
const acts = {
  identity: 'check-identity',
  extension: 'extend',
  answer: 'answer',
  recipients: 'tell-recipients',
} as const satisfies Record<StepKind, Reply['allowed'][number]>

/** What the viewer may do next. */
const allowedTo = (viewer: Viewer, request: Whole): Reply['allowed'] => {
  if (mayWithdraw(viewer, request) === true) return request.taken ? [] : ['withdraw']
  if (mayHold(viewer, request) !== true) return []
  const left = stepsLeft(request)
  if (!left.includes('answer')) return left.map(kind => acts[kind])
  if (mayGiveBack(viewer, request) === true) return [...left.map(kind => acts[kind]), 'give-back']
  return [...left.map(kind => acts[kind]), 'hand-over', 'correct']
}
const answerOf = ({ happenedOn, outcome, channel, article, reason }: StepRow): NonNullable<Reply['answer']> => ({
  on: happenedOn,
  outcome: outcome!,
  channel: channel!,
  article,
  reason,
})

/** A request as the contract shows it to this viewer on this day. */
export const requestReply = (viewer: Viewer, request: Whole, today: string): Reply => {
  const { steps, withdrawals, recordedAt, handedTo, handedAt, taken: _taken, ...shown } = request
  const step = (kind: StepKind) => steps.find(one => one.kind === kind)
  const [identity, extension, answer, told] = [step('identity'), step('extension'), step('answer'), step('recipients')]
  const { receivedOn } = request
  const extended = extension !== undefined && extensionCounts(receivedOn, extension.happenedOn)
  return {
    ...shown,
    recordedAt: recordedAt.toISOString(),
    dueOn: answerBy(receivedOn, extended),
    extendableUntil: extendableUntil(receivedOn),
    late: isLate({ receivedOn, extended, answered: answer !== undefined }, today),
    state: stateOf(request),
    handover: handedTo && handedAt ? { at: handedAt.toISOString(), to: handedTo } : null,
    withdrawals: withdrawals.map(one => ({
      to: one.to,
      handedAt: one.handedAt.toISOString(),
      at: one.recordedAt.toISOString(),
      givenBack: one.givenBack,
      reason: one.reason,
    })),
    holder: holderOf(request),
    identity: identity ? { on: identity.happenedOn, manner: identity.manner! } : null,
    extension: extension ? { on: extension.happenedOn, reason: extension.reason!, counts: extended } : null,
    answer: answer ? answerOf(answer) : null,
    recipients: told ? { on: told.happenedOn, extent: told.extent!, words: told.reason! } : null,
    toTell: leftToTell(request),
    allowed: allowedTo(viewer, request),
  }
}
