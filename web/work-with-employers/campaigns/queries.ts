import { queryOptions } from '@tanstack/react-query'
import { getCampaign } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'
import type { Campaign } from './words.ts'

export const campaignQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['campaigns', 'one', campaignId],
    queryFn: ({ signal }) => call(getCampaign, { params: { campaignId }, signal }),
  })

/** A campaign as a write answered it; what else shows campaigns is read again. */
export const keepCampaign = (campaign: Campaign) => {
  queryClient.setQueryData(campaignQuery(campaign.id).queryKey, campaign)
  void queryClient.invalidateQueries({ queryKey: ['campaigns', 'list'] })
  return queryClient.invalidateQueries({ queryKey: ['campaigns', 'within', campaign.id] })
}
export const withinKey = (campaignId: string, ...rest: readonly unknown[]) => [
  'campaigns',
  'within',
  campaignId,
  ...rest,
]
