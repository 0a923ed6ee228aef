import * as contract from '../../../contract/people-and-rights/directory.ts'
import { action } from '../../platform/action.ts'
import { mayKeepEntry } from './directory.policy.ts'
import { ownEntry } from './directory.queries.ts'

export const getOwnEntry = action(contract.getOwnEntry, {
  load: async (_input, { db }) => ownEntry(db),
  may: (viewer, entry) => mayKeepEntry(viewer, entry),
  run: async ({ accountId: _, ...entry }) => ({ ...entry, agencies: [...entry.agencies] }),
})
