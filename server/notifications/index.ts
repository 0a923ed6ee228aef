/**
 * The outbox of mails: who receives what, and how it leaves.
 * Owns: tables mails; acts mail.*.
 * Uses: no other room.
 * Start: `recipient-rules.ts`, then `tell.ts`; docs/mails-and-documents.md.
 */

import type { Action } from '../platform/action.ts'
import { listFailedMails } from './list-failed-mails.ts'
import { retryMail } from './retry-mail.ts'

export const notifications: readonly Action[] = [listFailedMails, retryMail]
