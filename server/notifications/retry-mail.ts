import * as contract from '../../contract/notifications.ts'
import { action } from '../platform/action.ts'
import { Refused } from '../platform/errors.ts'
import { holdsRole } from '../platform/viewer.ts'
import { retry } from './failed.queries.ts'

export const retryMail = action(contract.retryMail, {
  load: async () => undefined,
  may: viewer => holdsRole(viewer, 'cssi', 'administrateur') || 'mail/overseers-only',
  run: async (_subject, { params: { mailId } }, { db }) => {
    if (!(await retry(db, mailId))) throw new Refused('mail/not-failed')
    return { reply: { queued: true as const }, audit: [{ action: 'mail.retried', subject: ['mail', mailId] }] }
  },
})
