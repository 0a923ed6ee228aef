import * as contract from '../../../contract/people-and-rights/necessity.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { fileNow } from './file-reply.ts'
import { mayOpenFile } from './necessity.policy.ts'
import { personInNeed } from './necessity.queries.ts'

/** RGC-5: what a partner's person holds is read after a reason alone. */
export const getFile = action(contract.getFile, {
  load: async ({ params }, { db }) => found(await personInNeed(db, params.accountId)),
  may: (viewer, person) => {
    const may = mayOpenFile(viewer, person)
    return may === true && !person.opened ? 'necessity/open-first' : may
  },
  run: async (person, _input, context) => fileNow(context, person.id),
})
