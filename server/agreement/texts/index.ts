/**
 * The texts to accept: versions, dates, acceptance.
 * Owns: tables documents, acceptances; acts conditions.*.
 * Uses: no other room.
 * Start: `conditions-rules.ts`, then `accept-conditions.ts`; docs/texts-and-tools.md.
 */

import type { Action } from '../../platform/action.ts'
import { acceptConditions } from './accept-conditions.ts'
import { cancelDocument } from './cancel-document.ts'
import { getDocument } from './get-document.ts'
import { listAcceptances } from './list-acceptances.ts'
import { listConditions } from './list-conditions.ts'
import { listDocuments } from './list-documents.ts'
import { publishDocument } from './publish-document.ts'

export const texts: readonly Action[] = [
  listDocuments,
  getDocument,
  publishDocument,
  cancelDocument,
  listConditions,
  acceptConditions,
  listAcceptances,
]
