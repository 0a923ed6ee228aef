import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Reply } from '../../../contract/route.ts'
import { releaseTarget } from '../../../contract/work-with-employers/campaigns.ts'
import { listPortfolio, portfolioParts } from '../../../contract/work-with-employers/portfolio.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatList } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { lineName } from '../../platform/names.ts'
import { useAddress } from '../../platform/navigation.ts'
import { queryClient } from '../../platform/query.ts'
import { useShortcut } from '../../platform/shortcuts.ts'
import { announce, Button, Empty, Loaded, Page, Refused, SelectField, TagChoice } from '../../ui/index.ts'
import { RecordExchange } from '../exchanges/record-exchange.tsx'
import { Handed } from './handed.tsx'
import { Nearby } from './nearby.tsx'
import { type Line, PortfolioTable, recordingOf } from './portfolio-table.tsx'
import '../campaigns/campaigns.css'
import './portfolio.css'

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
          <PortfolioTable
            {...{ items, total, more }}
            releasing={release.isPending}
            onRecord={setRecording}
            onRelease={line => release.mutate(line)}
          />
        )}
      </Loaded>
      {recording && (
        <RecordExchange
          {...recordingOf(recording)}
          onClose={() => {
            setRecording(null)
            void queryClient.invalidateQueries({ queryKey: ['portfolio'] })
          }}
        />
      )}
    </Page>
  )
}
