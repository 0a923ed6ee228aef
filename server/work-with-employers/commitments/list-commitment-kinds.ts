import * as contract from '../../../contract/work-with-employers/commitments.ts'
import { action } from '../../platform/action.ts'
import { kindReply } from './commitment-reply.ts'
import { mayKeepKinds } from './commitments.policy.ts'
import { allKinds } from './kinds.queries.ts'

export const listCommitmentKinds = action(contract.listCommitmentKinds, {
  load: (_input, { db }) => allKinds(db),
  may: () => true,
  run: async (kinds, _input, { viewer }) => ({
    items: kinds.map(kindReply),
    mayKeep: mayKeepKinds(viewer) === true,
  }),
})
