import { useQuery } from '@tanstack/react-query'
import { ofStructure } from '../../../contract/names-in-french.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { Button, Notice, Page, Refused, Skeleton } from '../../ui/index.ts'
import { campaignQuery } from '../campaigns/queries.ts'
import { BulkAct } from './bulk-act.tsx'
import '../campaigns/campaigns.css'
import '../sharing/sharing.css'

/** One act on many targets of a campaign: chosen, counted, then done. */
export default function BulkActPage() {
  const { campaignId } = usePathParams<{ campaignId: string }>()
  const campaign = useQuery(campaignQuery(campaignId))
  const breadcrumb = [
    { label: 'Campagnes', href: '/campagnes' },
    { label: campaign.data?.name ?? 'Campagne', href: `/campagnes/${campaignId}` },
  ]
  if (campaign.error && !campaign.data)
    return (
      <Page title={asProblem(campaign.error).title} breadcrumb={breadcrumb} width="narrow">
        <Refused problem={campaign.error} retry={() => void campaign.refetch()} />
      </Page>
    )
  return (
    <Page
      title="Actions groupées"
      breadcrumb={breadcrumb}
      lead="Ce qui changerait est compté avant que rien ne change."
      actions={
        <Button size="small" priority="tertiary" href="/mes-travaux">
          Mes travaux longs
        </Button>
      }
    >
      {!campaign.data ? (
        <Skeleton lines={10} />
      ) : campaign.data.allowed.includes('work-targets') ? (
        <BulkAct campaign={campaign.data} />
      ) : (
        <Notice tone="info">
          {campaign.data.status === 'open'
            ? `Seuls les conseillers de ses structures membres y rendent leurs cibles, et les pilotes ${ofStructure(campaign.data.pilot.name)} les mettent de côté, les remettent, les closent ou les rendent.`
            : 'Cette campagne n’est pas ouverte : ses cibles ne changent plus.'}
        </Notice>
      )}
    </Page>
  )
}
