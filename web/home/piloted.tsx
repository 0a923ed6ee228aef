import { useQuery } from '@tanstack/react-query'
import { ofName } from '../../contract/names-in-french.ts'
import type { Reply } from '../../contract/route.ts'
import { listPiloted } from '../../contract/work-with-employers/progress.ts'
import { call } from '../platform/api.ts'
import { daysBetween, formatDay, today } from '../platform/format.ts'
import { Badge, Empty, Link, Loaded, Section } from '../ui/index.ts'
import { timeLeft } from '../work-with-employers/campaigns/words.ts'
import { stuckAddress, stuckCount, stuckWords } from '../work-with-employers/progress/words.ts'
import { fresh } from './duty.ts'

type Piloted = Reply<typeof listPiloted>['items'][number]
const soon = 14
const ends = ({ campaign: { status, endsOn } }: Piloted) => status === 'open' && daysBetween(today(), endsOn) <= soon
const waits = (one: Piloted) => one.campaign.status === 'draft' || ends(one) || one.stuck.length > 0

/** What waits for who pilots, campaign by campaign: the end, then what is blocked, each with the place of the act. */
export const PilotedCampaigns = () => {
  const query = useQuery({
    queryKey: ['campaigns', 'piloted'],
    queryFn: ({ signal }) => call(listPiloted, { signal }),
    ...fresh,
  })
  return (
    <Section title="Campagnes que vous pilotez">
      <Loaded
        query={query}
        lines={3}
        empty={({ items }) =>
          !items.some(waits) && (
            <Empty title="Rien n’est bloqué">
              {items.length > 0
                ? 'Ni cible sans suite, ni action en retard, ni campagne qui se termine.'
                : 'Vous ne pilotez aucune campagne ouverte ou en préparation.'}
            </Empty>
          )
        }
      >
        {({ items, days }) => (
          <ul className="cc-piloted">
            {items.filter(waits).map(one => (
              <li key={one.campaign.id}>
                <Link href={`/campagnes/${one.campaign.id}`}>{one.campaign.name}</Link> <End {...one} />
                {one.stuck.length > 0 && (
                  <ul>
                    {one.stuck.map(({ kind, count }) => (
                      <li key={kind}>
                        <Link href={stuckAddress(one.campaign.id, kind, days)}>{stuckCount(kind, count)}</Link>
                        <span className="fr-hint-text">{stuckWords[kind].meaning(days)}</span>
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}

/** Where the campaign stands, and what its pilot may do about it. */
const End = ({ campaign, ...one }: Piloted) => {
  const { id, status, endsOn, closesOn } = campaign
  const settings = `/campagnes/${id}?onglet=reglages`
  if (status === 'draft')
    return (
      <span>
        <Badge tone="neutral">en préparation</Badge>{' '}
        <Link href={`/campagnes/${id}/preparer`}>
          Reprendre la préparation<span className="fr-sr-only"> {ofName(campaign.name)}</span>
        </Link>
      </span>
    )
  if (endsOn < today())
    return (
      <span>
        <Badge tone="error">{timeLeft(campaign)}</Badge>{' '}
        <Link href={settings}>
          Prolonger ou clore<span className="fr-sr-only"> {campaign.name}</span>
        </Link>
        {closesOn && (
          <span className="fr-hint-text">Sans cela, elle se clora d’elle-même le {formatDay(closesOn)}.</span>
        )}
      </span>
    )
  if (ends({ campaign, ...one }))
    return (
      <span>
        <Badge tone="warning">{timeLeft(campaign)}</Badge>{' '}
        <Link href={settings}>
          Prolonger<span className="fr-sr-only"> {campaign.name}</span>
        </Link>
      </span>
    )
  return null
}
