/**
 * Acts in the place of a partner's account managers, by exception: the operator's security officer, the signatory.
 * Owns: table exceptional_acts; acts account.file-opened.
 * Uses: accounts, anomalies, grants, people, sign-in-help.
 * Reads: grants.
 * Start: `database/functions/exceptional_acts.sql`, then `exceptionally.ts`; docs/decisions/0027.
 */

import type { Action } from '../../platform/action.ts'
import { decideLinkInPlace } from './decide-link-in-place.ts'
import { endGrantExceptionally } from './end-grant-exceptionally.ts'
import { getFile } from './get-file.ts'
import { listLinksInPlace } from './list-links-in-place.ts'
import { openFile } from './open-file.ts'
import { resetFactorsExceptionally } from './reset-factors-exceptionally.ts'
import { sendPasswordLinkInPlace } from './send-password-link-in-place.ts'
import { standIn } from './stand-in.ts'

export const necessity: readonly Action[] = [
  getFile,
  openFile,
  standIn,
  endGrantExceptionally,
  resetFactorsExceptionally,
  listLinksInPlace,
  decideLinkInPlace,
  sendPasswordLinkInPlace,
]
