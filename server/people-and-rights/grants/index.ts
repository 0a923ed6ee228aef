/**
 * Grants: asked, given, changed, ended; who has which access, today and on a past day.
 * Owns: tables grants, grant_requests, secret.stored_rights, secret.rights_changes; acts grant.*, access.*.
 * Uses: accounts, addresses, anomalies, confirmations, organisations, people.
 * Reads: account_activity, accounts, agencies, territories.
 * Start: `grant-access.ts`, then `acts.ts`; docs/rights.md.
 */

import type { Action } from '../../platform/action.ts'
import { askGrant } from './ask-grant.ts'
import { changeGrant } from './change-grant.ts'
import { decideGrantRequest } from './decide-grant-request.ts'
import { endGrant } from './end-grant.ts'
import { exportAccess } from './export-access.ts'
import { getHabilitationsHome } from './get-home.ts'
import { grantAccess } from './grant-access.ts'
import { listAccess } from './list-access.ts'
import { listGrantRequests } from './list-grant-requests.ts'
import { listPerimeters } from './list-perimeters.ts'
import { resumeGrant } from './resume-grant.ts'
import { suspendGrant } from './suspend-grant.ts'
import { withdrawGrantRequest } from './withdraw-grant-request.ts'

export const grants: readonly Action[] = [
  getHabilitationsHome,
  grantAccess,
  changeGrant,
  endGrant,
  suspendGrant,
  resumeGrant,
  askGrant,
  listGrantRequests,
  decideGrantRequest,
  withdrawGrantRequest,
  listPerimeters,
  listAccess,
  exportAccess,
]
