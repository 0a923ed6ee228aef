/**
 * Requests of rights that a structure received, or that the other party hands it, up to their answer (PRI-2).
 * Owns: tables rights_request_*, rights_requests; acts rights-request.*.
 * Uses: no code of another room.
 * Reads: organisations.
 * Start: `deadlines.ts`, then `answer-rights-request.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { answerRightsRequest } from './answer-rights-request.ts'
import { checkRightsIdentity } from './check-rights-identity.ts'
import { correctRightsRequest } from './correct-rights-request.ts'
import { countRightsRequests } from './count-rights-requests.ts'
import { enterRightsRequest } from './enter-rights-request.ts'
import { extendRightsRequest } from './extend-rights-request.ts'
import { getRightsRequest } from './get-rights-request.ts'
import { giveRightsRequestBack } from './give-rights-request-back.ts'
import { handRightsRequestOver } from './hand-rights-request-over.ts'
import { listRightsCorrections } from './list-rights-corrections.ts'
import { listRightsRequests } from './list-rights-requests.ts'
import { tellRightsRecipients } from './tell-rights-recipients.ts'
import { withdrawRightsHandover } from './withdraw-rights-handover.ts'

export const rightsRequests: readonly Action[] = [
  listRightsRequests,
  countRightsRequests,
  getRightsRequest,
  enterRightsRequest,
  correctRightsRequest,
  listRightsCorrections,
  checkRightsIdentity,
  extendRightsRequest,
  answerRightsRequest,
  tellRightsRecipients,
  handRightsRequestOver,
  withdrawRightsHandover,
  giveRightsRequestBack,
]
