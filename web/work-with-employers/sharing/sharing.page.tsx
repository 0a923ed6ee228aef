import { useQuery } from '@tanstack/react-query'
import { listRecipients } from '../../../contract/work-with-employers/sharing.ts'
import { call } from '../../platform/api.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { Page, Refused, Skeleton } from '../../ui/index.ts'
import { campaignQuery, withinKey } from '../campaigns/queries.ts'
import { ShareTargets } from './share-targets.tsx'
import '../campaigns/campaigns.css'
import './sharing.css'

export default function SharingPage() {
  const { campaignId } = usePathParams<{ campaignId: string }>()
  const campaign = useQuery(campaignQuery(campaignId))
  const recipients = useQuery({
    queryKey: withinKey(campaignId, 'recipients'),
    refetchOnMount: 'always',
    queryFn: ({ signal }) => call(listRecipients, { params: { campaignId }, signal }),
  })
  const breadcrumb = [
    { label: 'Campagnes', href: '/campagnes' },
    { label: campaign.data?.name ?? 'Campagne', href: `/campagnes/${campaignId}` },
  ]
  const refused = campaign.error ?? recipients.error
  if (refused && !(campaign.data && recipients.data))
    return (
      <Page title={asProblem(refused).title} breadcrumb={breadcrumb} width="narrow">
        <Refused
          problem={refused}
          retry={() => {
            void campaign.refetch()
            void recipients.refetch()
          }}
        />
      </Page>
    )
  return (
    <Page
      title="Répartir les cibles"
      breadcrumb={breadcrumb}
      lead={
        recipients.data?.scope === 'organisation'
          ? 'Entre les conseillers de votre structure : les siennes, et celles que personne n’a'
          : 'Entre les structures membres et les conseillers de la vôtre'
      }
    >
      {campaign.data && recipients.data ? (
        <ShareTargets campaign={campaign.data} recipients={recipients.data.items} />
      ) : (
        <Skeleton lines={10} />
      )}
    </Page>
  )
}
