/**
 * The outbox of mails, and what each person is told: who receives what, how and when.
 * Owns: tables mails, announcements, notifications, notification_choices; acts mail.*, notification.*.
 * Uses: no code of another room.
 * Reads: access_requests, accounts, action_proposals, bulk_works, campaigns, conventions, grant_requests,
 * need_proposals, needs, rgc_deeds.
 * Start: `recipient-rules.ts`, then `tell.ts`; docs/mails-and-documents.md.
 */

import type { Action } from '../platform/action.ts'
import { chooseNotifications } from './choose-notifications.ts'
import { listFailedMails } from './list-failed-mails.ts'
import { listNotifications } from './list-notifications.ts'
import { markNotifications } from './mark-notifications.ts'
import { readAllNotifications } from './read-all-notifications.ts'
import { readNotificationChoices } from './read-notification-choices.ts'
import { retryMail } from './retry-mail.ts'

export const notifications: readonly Action[] = [
  listFailedMails,
  retryMail,
  listNotifications,
  markNotifications,
  readAllNotifications,
  readNotificationChoices,
  chooseNotifications,
]
