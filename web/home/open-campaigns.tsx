import { useQuery } from '@tanstack/react-query'
import { listCampaigns } from '../../contract/work-with-employers/campaigns.ts'
import { call } from '../platform/api.ts'
import { formatCount, formatShare } from '../platform/format.ts'
import { Button, Empty, Link, Loaded, ProgressBar, Section } from '../ui/index.ts'
import { timeLeft } from '../work-with-employers/campaigns/words.ts'

export const Campaigns = () => {
  const query = useQuery({
    queryKey: ['campaigns', 'list', { status: 'open', limit: 10 }],
    queryFn: ({ signal }) => call(listCampaigns, { query: { status: 'open', limit: 10 }, signal }),
  })
  return (
    <Section title="Mes campagnes">
      <Loaded
        query={query}
        lines={4}
        empty={({ items, allowed }) =>
          items.length === 0 && (
            <Empty
              title="Aucune campagne ouverte"
              {...(allowed.includes('create')
                ? {
                    action: (
                      <Button priority="secondary" href="/campagnes/nouvelle">
                        Préparer une campagne
                      </Button>
                    ),
                  }
                : {})}
            >
              Une campagne partage une liste d’employeurs entre plusieurs structures, pour ne solliciter personne deux
              fois.{' '}
              {!allowed.includes('create') &&
                'Un pilote de votre structure ou d’une structure voisine peut en préparer une.'}
            </Empty>
          )
        }
      >
        {({ items, next }) => (
          <>
            <ul className="cc-home-campaigns">
              {items.map(campaign => (
                <li key={campaign.id}>
                  <Link href={`/campagnes/${campaign.id}`}>{campaign.name}</Link>
                  <span className="fr-hint-text">
                    {campaign.pilot.name} · {timeLeft(campaign)}
                  </span>
                  <ProgressBar
                    label={`${formatCount(campaign.counts.contacted, 'contacté')} sur ${campaign.counts.targets}`}
                    value={campaign.counts.contacted}
                    max={campaign.counts.targets}
                    figures={formatShare(campaign.counts.contacted, campaign.counts.targets)}
                  />
                </li>
              ))}
            </ul>
            {next && (
              <p className="fr-mt-1w fr-mb-0">
                <Link href="/campagnes">Toutes les campagnes</Link>
              </p>
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}
