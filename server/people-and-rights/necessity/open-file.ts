import * as contract from '../../../contract/people-and-rights/necessity.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { exceptionally } from './exceptionally.ts'
import { fileNow } from './file-reply.ts'
import { mayOpenFile } from './necessity.policy.ts'
import { personInNeed } from './necessity.queries.ts'

export const openFile = action(contract.openFile, {
  load: async ({ params }, { db }) => found(await personInNeed(db, params.accountId)),
  may: (viewer, person) => mayOpenFile(viewer, person),
  run: async (person, { body }, context) => {
    const { told, marked } = await exceptionally(context, person, 'read', body)
    return {
      reply: { ...(await fileNow(context, person.id)), told },
      audit: [marked({ action: 'account.file-opened', subject: ['account', person.id] })],
    }
  },
})
