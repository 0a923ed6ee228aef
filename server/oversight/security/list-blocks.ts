import * as contract from '../../../contract/oversight/security.ts'
import { action } from '../../platform/action.ts'
import { blockReply } from './block-reply.ts'
import { selectBlocks } from './security.queries.ts'
import { watchedRules } from './suspicion-rules.ts'

export const listBlocks = action(contract.listBlocks, {
  load: (_input, { db }) => selectBlocks(db),
  may: () => true,
  run: async (rows, _input, { viewer, settings: { watch } }) => ({
    items: rows.map(row => blockReply(viewer, row)),
    watched: watchedRules(watch.thresholds, watch.byPerson, watch.travel, watch.openings),
  }),
})
