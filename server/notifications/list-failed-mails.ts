import * as contract from '../../contract/notifications.ts'
import { action } from '../platform/action.ts'
import { holdsRole } from '../platform/viewer.ts'
import { failedMails } from './failed.queries.ts'

export const listFailedMails = action(contract.listFailedMails, {
  load: (_input, { db }) => failedMails(db),
  may: viewer => holdsRole(viewer, 'cssi', 'administrateur') || 'mail/overseers-only',
  run: async rows => ({
    items: rows.map(({ createdAt, failedAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      failedAt: failedAt?.toISOString() ?? null,
    })),
  }),
})
