import type { Action } from '../platform/action.ts'
import { listFailedMails } from './list-failed-mails.ts'
import { retryMail } from './retry-mail.ts'

export const notifications: readonly Action[] = [listFailedMails, retryMail]
