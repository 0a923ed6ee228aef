import { queryClient } from '../../platform/query.ts'
import { campaignQuery, withinKey } from '../campaigns/queries.ts'

/** What shows who sees to the targets is read again. */
export const sharingChanged = (campaignId: string) =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: withinKey(campaignId) }),
    queryClient.invalidateQueries({ queryKey: campaignQuery(campaignId).queryKey }),
    queryClient.invalidateQueries({ queryKey: ['portfolio'] }),
  ])
