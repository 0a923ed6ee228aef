import * as contract from '../../../contract/oversight/security.ts'
import { action } from '../../platform/action.ts'
import { blockReply } from './block-reply.ts'
import { selectBlocks } from './security.queries.ts'
import { watchSettings } from './settings.ts'
import { watchedRules } from './suspicion-rules.ts'

export const listBlocks = action(contract.listBlocks, {
  load: (_input, { db }) => selectBlocks(db),
  may: () => true,
  run: async (rows, _input, { viewer }) => ({
    items: rows.map(row => blockReply(viewer, row)),
    watched: watchedRules(watchSettings().thresholds, watchSettings().byPerson, watchSettings().travel),
  }),
})
