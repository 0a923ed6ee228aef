import * as contract from '../../../contract/work-with-employers/progress.ts'
import { action } from '../../platform/action.ts'
import { mayRead } from '../campaigns/campaigns.policy.ts'
import { loadProgress } from './load-progress.ts'
import { progressReply } from './progress-reply.ts'

export const getProgress = action(contract.getProgress, {
  load: ({ params, query }, { db, today }) => loadProgress(db, params.campaignId, today, query.days ?? 14),
  may: (viewer, { campaign }) => mayRead(viewer, campaign),
  run: async (read, _input, { viewer, now }) => progressReply(viewer, read, now),
})
