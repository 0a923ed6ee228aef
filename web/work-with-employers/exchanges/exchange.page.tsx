import { useQuery } from '@tanstack/react-query'
import { ofStructure } from '../../../contract/names-in-french.ts'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { Badge, Link, Loaded, Page } from '../../ui/index.ts'
import { ExchangeActs, ExchangeBody, ResultBadge, Versions } from './exchange-entry.tsx'
import { exchangeQuery } from './queries.ts'
import { employerName } from './words.ts'

/** One exchange and all that became of it. */
export default function ExchangePage() {
  const { exchangeId } = usePathParams<{ exchangeId: string }>()
  const query = useQuery(exchangeQuery(exchangeId))
  if (!query.data)
    return (
      <Page title="Échange" breadcrumb={[{ label: 'Établissements', href: '/etablissements' }]} width="narrow">
        <Loaded query={query} lines={6}>
          {() => null}
        </Loaded>
      </Page>
    )
  const exchange = query.data
  const name = employerName(exchange)
  return (
    <Page
      title={`Échange du ${formatDay(exchange.occurredOn)}`}
      width="narrow"
      beside={
        exchange.status === 'cancelled' ? (
          <Badge tone="warning">annulé</Badge>
        ) : (
          exchange.content && <ResultBadge content={exchange.content} />
        )
      }
      lead={
        <>
          <Link href={`/etablissements/${exchange.siret}`}>{name}</Link>. Saisi par{' '}
          {exchange.author && (
            <>
              <PersonLink person={exchange.author} />,{' '}
            </>
          )}
          {exchange.organisation.name}
          {exchange.author && ','} le {formatInstant(exchange.recordedAt)}.
        </>
      }
      breadcrumb={[
        { label: 'Établissements', href: '/etablissements' },
        { label: name, href: `/etablissements/${exchange.siret}` },
      ]}
    >
      <ExchangeBody exchange={exchange} />
      <ExchangeActs exchange={exchange} />
      {exchange.allowed.length === 0 && exchange.status === 'recorded' && (
        <p className="fr-text--sm fr-mt-2w">
          Cet échange se corrige ou s’annule par la personne qui l’a saisi, ou par les responsables{' '}
          {ofStructure(exchange.organisation.name)}.
        </p>
      )}
      {exchange.content && <Versions exchangeId={exchange.id} />}
    </Page>
  )
}
