import type { Verdict } from '../../platform/action.ts'
import { holdsRole, type Viewer } from '../../platform/viewer.ts'

interface Structure {
  readonly id: string
  readonly kind: string
}
export interface Received {
  readonly receivedBy: Structure
  readonly handedTo: Structure | null
}
/** The structure that answers: the one that received the request, or the one to which it is handed. */
export const holderOf = <S extends Structure>({
  receivedBy,
  handedTo,
}: {
  readonly receivedBy: S
  readonly handedTo: S | null
}): S => handedTo ?? receivedBy

/** The SQL twin is the policy rights_requests.enter. */
export const mayEnter = (viewer: Viewer): Verdict => holdsRole(viewer, 'dpd') || 'rights-request/dpd-only'

/**
 * The data protection officers of both structures read a request that is handed over. The SQL twins are the policies
 * rights_requests.read, rights_request_steps.read, rights_request_handovers.read,
 * rights_request_corrections.read and rights_request_withdrawals.read.
 */
export const mayRead = (viewer: Viewer, { receivedBy, handedTo }: Received): Verdict =>
  (holdsRole(viewer, 'dpd') && [receivedBy.id, handedTo?.id].includes(viewer.organisationId)) ||
  'rights-request/dpd-only'

/** Whoever holds it writes what becomes of it. The SQL twin is the policy rights_request_steps.record. */
export const mayHold = (viewer: Viewer, request: Received): Verdict => {
  const read = mayRead(viewer, request)
  return read === true ? holderOf(request).id === viewer.organisationId || 'rights-request/handed' : read
}

/**
 * What was entered is corrected by the structure that received it, until it is handed over: both sides read it from then
 * on. The SQL twin is correct_rights_request.
 */
export const mayCorrect = (viewer: Viewer, request: Received): Verdict => {
  const holds = mayHold(viewer, request)
  return holds === true ? request.handedTo === null || 'rights-request/entry-handed' : holds
}

/** What was handed over by mistake is taken back by who handed it. The SQL twin is end_rights_handover. */
export const mayWithdraw = (viewer: Viewer, request: Received): Verdict => {
  const read = mayRead(viewer, request)
  if (read !== true) return read
  return (request.handedTo !== null && request.receivedBy.id === viewer.organisationId) || 'rights-request/giver-only'
}

/** What is not its own is given back by who received it. The SQL twin is end_rights_handover. */
export const mayGiveBack = (viewer: Viewer, request: Received): Verdict => {
  const read = mayRead(viewer, request)
  if (read !== true) return read
  return request.handedTo?.id === viewer.organisationId || 'rights-request/receiver-only'
}

/**
 * Once, from a partner to the operator or the other way: the parties of a convention collaborate (article 6). The SQL
 * twin is the policy rights_request_handovers.hand.
 */
export const mayHandTo = (viewer: Viewer, request: Received, to: Structure): Verdict => {
  const holds = mayHold(viewer, request)
  if (holds !== true) return holds
  if (request.handedTo !== null) return 'rights-request/handed-once'
  return (request.receivedBy.kind === 'operateur') !== (to.kind === 'operateur') || 'rights-request/not-the-other-party'
}
