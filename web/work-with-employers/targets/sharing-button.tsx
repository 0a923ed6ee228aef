import { useQuery } from '@tanstack/react-query'
import { listSharings } from '../../../contract/work-with-employers/sharing/reading.ts'
import { call } from '../../platform/api.ts'
import { Button } from '../../ui/index.ts'
import { withinKey } from '../campaigns/queries.ts'
import type { Campaign } from '../campaigns/words.ts'
import { sharingAddress } from '../sharing/sharing-address.ts'
import { useTargetFilter } from './targets-filter.ts'

/** Whether one shares targets of the campaign out. */
export const useMayShareOut = (campaign: Campaign): boolean => {
  const { data } = useQuery({
    queryKey: withinKey(campaign.id, 'may-share-out'),
    enabled: campaign.status === 'open',
    queryFn: ({ signal }) => call(listSharings, { params: { campaignId: campaign.id }, query: { limit: 1 }, signal }),
  })
  return campaign.status === 'open' && !!data?.allowed.includes('share-out')
}

/** Leads to the sharing out of what the filters find, for who may. */
export const ShareOut = ({ campaign }: { campaign: Campaign }) => {
  const { filter, filtered } = useTargetFilter()
  return useMayShareOut(campaign) ? (
    <div>
      <Button size="small" priority="secondary" href={`/campagnes/${campaign.id}/repartir${sharingAddress(filter)}`}>
        {filtered ? 'Répartir ces cibles' : 'Répartir'}
      </Button>
    </div>
  ) : null
}
