import type { Action } from '../../platform/action.ts'
import { acceptConditions } from './accept-conditions.ts'
import { decideAccessRequest } from './decide-access-request.ts'
import { designateRequester } from './designate-requester.ts'
import { getDocument } from './get-document.ts'
import { listAcceptances } from './list-acceptances.ts'
import { listAccessRequests } from './list-access-requests.ts'
import { listAnnex4 } from './list-annex-4.ts'
import { listAwareness } from './list-awareness.ts'
import { listConditions } from './list-conditions.ts'
import { listDocuments } from './list-documents.ts'
import { listEquipmentValidations } from './list-equipment-validations.ts'
import { listMyRights } from './list-my-rights.ts'
import { listTools } from './list-tools.ts'
import { publishAnnex4 } from './publish-annex-4.ts'
import { publishDocument } from './publish-document.ts'
import { recordAwareness } from './record-awareness.ts'
import { recordEquipmentValidation } from './record-equipment-validation.ts'
import { recordToolState } from './record-tool-state.ts'
import { requestAccess } from './request-access.ts'
import { setAwarenessPolicy } from './set-awareness-policy.ts'

export const portal: readonly Action[] = [
  listTools,
  listAnnex4,
  publishAnnex4,
  recordToolState,
  listDocuments,
  getDocument,
  publishDocument,
  listConditions,
  acceptConditions,
  listAcceptances,
  listMyRights,
  listAwareness,
  recordAwareness,
  setAwarenessPolicy,
  listEquipmentValidations,
  recordEquipmentValidation,
  listAccessRequests,
  designateRequester,
  requestAccess,
  decideAccessRequest,
]
