import * as contract from '../../../contract/oversight/security.ts'
import { action } from '../../platform/action.ts'
import { blockReply } from './block-reply.ts'
import { selectOfficerBlocks } from './security.queries.ts'

export const listOfficerBlocks = action(contract.listOfficerBlocks, {
  load: (_input, { db }) => selectOfficerBlocks(db),
  may: () => true,
  run: async (rows, _input, { viewer }) => ({ items: rows.map(row => blockReply(viewer, row)) }),
})
