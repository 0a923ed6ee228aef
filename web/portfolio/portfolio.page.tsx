import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { releaseTarget } from '../../contract/campaigns.ts'
import { listPortfolio, portfolioParts } from '../../contract/portfolio.ts'
import type { Reply } from '../../contract/route.ts'
import { targetStatusWords } from '../campaigns/words.ts'
import { RecordExchange } from '../exchanges/record-exchange.tsx'
import { actionWords } from '../exchanges/words.ts'
import { call } from '../platform/api.ts'
import { formatCount, formatList, formatPhone, formatTime } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import { lineName } from '../platform/names.ts'
import { useAddress } from '../platform/navigation.ts'
import { queryClient } from '../platform/query.ts'
import { useShortcut } from '../platform/shortcuts.ts'
import {
  announce,
  Badge,
  Button,
  DataTable,
  Empty,
  Link,
  Loaded,
  Page,
  Refused,
  RelativeDay,
  SelectField,
  TagChoice,
} from '../ui/index.ts'
import { directions } from './distance.ts'
import { Handed } from './handed.tsx'
import { Nearby } from './nearby.tsx'
import '../campaigns/campaigns.css'
import './portfolio.css'

type Line = Reply<typeof listPortfolio>['items'][number]
type Part = (typeof portfolioParts)[number]
const partWords: Record<Part | 'all', string> = {
  all: 'Toutes',
  late: 'En retard',
  today: 'Aujourd’hui',
  week: 'Dans les sept jours',
  new: 'Nouvelles',
}
const stateOf = ({ all, late, today, week, new: fresh }: Reply<typeof listPortfolio>['counts']) =>
  all
    ? `${[formatCount(all, 'cible'), formatList([late && `${late} en retard`, today && `${today} aujourd’hui`, week && `${week} dans les sept jours`, fresh && formatCount(fresh, 'nouvelle')].filter(part => typeof part === 'string'))].filter(Boolean).join(' : ')}.`
    : 'Aucune cible pour l’instant.'

export default function PortfolioPage() {
  const [{ campagne, partie }, setAddress] = useAddress()
  const part = portfolioParts.find(one => one === partie)
  const filter = { ...(campagne ? { campaign: campagne } : {}), ...(part ? { part } : {}) }
  const { query, more } = useList(
    ['portfolio', filter],
    (after, signal) => call(listPortfolio, { query: { ...filter, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true },
  )
  const [recording, setRecording] = useState<Line | null>(null)
  const release = useMutation({
    mutationFn: ({ campaign, establishment }: Line) =>
      call(releaseTarget, { params: { campaignId: campaign.id, siret: establishment.siret } }),
    onSuccess: target => {
      announce(`${lineName(target.establishment)} est rendu.`)
      return queryClient.invalidateQueries({ queryKey: ['portfolio'] })
    },
  })
  // On the row where one stands.
  useShortcut('new', () => {
    const link = document.activeElement?.closest('tr')?.querySelector('[data-row-stop]')?.getAttribute('href')
    const line = query.data?.items.find(({ establishment: { siret } }) => link === `/etablissements/${siret}`)
    if (!line?.allowed.includes('record')) return false
    setRecording(line)
  })
  return (
    <Page
      title="Mon portefeuille"
      lead={query.data ? stateOf(query.data.counts) : 'Les employeurs dont vous vous occupez'}
    >
      <Handed />
      <Nearby filter={filter} />
      <div className="fr-mb-2w">
        <TagChoice
          label="Partie du portefeuille"
          value={part ?? 'all'}
          onChange={value => setAddress({ partie: value === 'all' ? undefined : value })}
          options={(['all', ...portfolioParts] as const).map(value => ({
            value,
            label: query.data ? `${partWords[value]} (${query.data.counts[value]})` : partWords[value],
          }))}
        />
      </div>
      {query.data && query.data.campaigns.length > 1 && (
        <SelectField
          name="campagne"
          label="Campagne"
          required
          placeholder="Toutes"
          value={campagne ?? ''}
          onChange={value => setAddress({ campagne: value })}
          options={query.data.campaigns.map(({ id, name, count }) => ({ value: id, label: `${name} (${count})` }))}
        />
      )}
      {release.error && <Refused problem={release.error} />}
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) =>
          items.length === 0 &&
          (filter.part || filter.campaign ? (
            <Empty
              title="Rien dans cette partie"
              action={
                <Button
                  size="small"
                  priority="secondary"
                  onClick={() => setAddress({ partie: undefined, campagne: undefined })}
                >
                  Voir tout le portefeuille
                </Button>
              }
            >
              Vos autres cibles sont dans les autres parties.
            </Empty>
          ) : (
            <Empty
              title="Votre portefeuille est vide"
              action={
                <Button priority="secondary" href="/campagnes">
                  Voir les campagnes
                </Button>
              }
            >
              Vous y trouverez les cibles que l’on vous confie, et celles que vous prenez par « Je m’en occupe » dans
              une campagne.
            </Empty>
          ))
        }
      >
        {({ items, total }) => (
          <div className="cc-early-cards">
            <DataTable
              caption={`Mes cibles${total === undefined ? '' : ` (${total})`}`}
              hideCaption
              rows={items}
              keyOf={({ campaign, establishment }) => `${campaign.id}/${establishment.siret}`}
              href={({ establishment: { siret } }) => `/etablissements/${siret}`}
              columns={[
                { head: 'Établissement', cell: ({ establishment }) => lineName(establishment) },
                {
                  head: 'Prochaine action',
                  cell: ({ nextAction, new: fresh }) =>
                    nextAction ? (
                      <span>
                        {actionWords[nextAction.kind]} <RelativeDay date={nextAction.dueOn} />
                        {nextAction.dueAt && ` à ${formatTime(nextAction.dueAt)}`}
                        {nextAction.late && (
                          <>
                            {' '}
                            <Badge tone="error">en retard</Badge>
                          </>
                        )}
                      </span>
                    ) : fresh ? (
                      <Badge tone="new">nouvelle</Badge>
                    ) : (
                      <span className="cc-absent">rien de prévu</span>
                    ),
                },
                { head: 'État', cell: ({ status }) => targetStatusWords[status].word },
                { head: 'Lieu', cell: ({ establishment }) => establishment.town ?? '' },
                {
                  head: 'Campagne',
                  cell: ({ campaign }) => <Link href={`/campagnes/${campaign.id}`}>{campaign.name}</Link>,
                  secondary: true,
                },
              ]}
              acts={line => (
                <span className="cc-row-acts">
                  {line.phone && (
                    <Link className="fr-link fr-icon-phone-line fr-link--icon-left" href={`tel:${line.phone}`}>
                      <span className="fr-sr-only">Appeler {lineName(line.establishment)} au </span>
                      {formatPhone(line.phone)}
                    </Link>
                  )}
                  {line.position && (
                    <Link className="fr-link" href={directions(line.position)} target="_blank">
                      Itinéraire
                      <span className="fr-sr-only">
                        {' '}
                        vers {lineName(line.establishment)}, sur OpenStreetMap, nouvelle fenêtre
                      </span>
                    </Link>
                  )}
                  {line.allowed.includes('record') && (
                    <Button size="small" priority="secondary" onClick={() => setRecording(line)}>
                      Échange<span className="fr-sr-only"> avec {lineName(line.establishment)}</span>
                    </Button>
                  )}
                  {line.allowed.includes('release') && (
                    <Button
                      size="small"
                      priority="tertiary no outline"
                      busy={release.isPending}
                      onClick={() => release.mutate(line)}
                    >
                      Rendre<span className="fr-sr-only"> : {lineName(line.establishment)}</span>
                    </Button>
                  )}
                </span>
              )}
              {...(more ? { more } : {})}
            />
          </div>
        )}
      </Loaded>
      {recording && (
        <RecordExchange
          siret={recording.establishment.siret}
          name={lineName(recording.establishment)}
          campaignId={recording.campaign.id}
          onClose={() => {
            setRecording(null)
            void queryClient.invalidateQueries({ queryKey: ['portfolio'] })
          }}
        />
      )}
    </Page>
  )
}
