import { targetStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import { formatCount } from '../../platform/format.ts'
import { Button } from '../../ui/index.ts'
import type { Campaign } from '../campaigns/words.ts'
import { sharingAddress } from '../sharing/sharing-address.ts'
import { useTargetFilter } from './targets-filter.ts'
import { useTargetCounts } from './targets-filters.tsx'

/** Leads to one act on all that the filters find: for who works there, to give them back. */
export const ActOnMany = ({ campaign }: { campaign: Campaign }) => {
  const { filter } = useTargetFilter()
  const { data } = useTargetCounts(campaign.id, filter)
  if (!campaign.allowed.includes('work-targets') || !data?.total) return null
  return (
    <div>
      <Button
        size="small"
        priority="secondary"
        href={`/campagnes/${campaign.id}/en-nombre${sharingAddress(filter, targetStatuses)}`}
      >
        Actions groupées<span className="fr-sr-only"> sur {formatCount(data.total, 'cible')}</span>
      </Button>
    </div>
  )
}
