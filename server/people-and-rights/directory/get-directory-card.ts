import * as contract from '../../../contract/people-and-rights/directory.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayReadDirectory } from './directory.policy.ts'
import { findCard } from './directory.queries.ts'

export const getDirectoryCard = action(contract.getDirectoryCard, {
  load: async ({ params }, { db }) => findCard(db, params.accountId),
  may: viewer => mayReadDirectory(viewer),
  run: async card => found(card),
})
