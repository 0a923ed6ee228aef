/**
 * The common tools (annex 4), their state, one’s rights, requests for access.
 * Owns: tables annex_4_*, tool_states, access_requests, access_requesters; acts annex-4.*, tool.*, access.*,
 * access-requester.*.
 * Uses: awareness, invitations, texts.
 * Reads: accounts, conventions, grants, organisations, role_assignments, territories.
 * Start: `publish-annex-4.ts`, then `request-access.ts`; docs/texts-and-tools.md.
 */

import type { Action } from '../../platform/action.ts'
import { cancelAnnex4 } from './cancel-annex-4.ts'
import { decideAccessRequest } from './decide-access-request.ts'
import { designateNewcomer, designateRequester } from './designate-requester.ts'
import { listAccessRequests } from './list-access-requests.ts'
import { listAnnex4 } from './list-annex-4.ts'
import { listMyRights } from './list-my-rights.ts'
import { listPublications } from './list-publications.ts'
import { listTools } from './list-tools.ts'
import { publishAnnex4 } from './publish-annex-4.ts'
import { recordToolState } from './record-tool-state.ts'
import { requestAccess } from './request-access.ts'
import { weighAnnex4 } from './weigh-annex-4.ts'

export const tools: readonly Action[] = [
  listTools,
  listAnnex4,
  publishAnnex4,
  weighAnnex4,
  listPublications,
  cancelAnnex4,
  recordToolState,
  listMyRights,
  listAccessRequests,
  designateRequester,
  designateNewcomer,
  requestAccess,
  decideAccessRequest,
]
