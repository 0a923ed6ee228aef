import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { releaseTarget } from '../../../contract/work-with-employers/campaigns.ts'
import { listPortfolio, portfolioParts } from '../../../contract/work-with-employers/portfolio.ts'
import { portfolioFilterOf } from '../../../contract/work-with-employers/saved-views/list-addresses.ts'
import { call } from '../../platform/api.ts'
import { useFocusLeft } from '../../platform/focus-left.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { queryClient } from '../../platform/query.ts'
import { useShortcut } from '../../platform/shortcuts.ts'
import { Loaded, Page, Refused, SelectField, Skeleton, TagChoice, toast } from '../../ui/index.ts'
import { RecordExchange } from '../exchanges/record-exchange.tsx'
import { stateOf } from './due-words.ts'
import { type Line, nameOf, recordingOf } from './line-parts.tsx'
import { Nearby } from './nearby.tsx'
import { NothingHere } from './nothing-here.tsx'
import { PortfolioActs } from './portfolio-acts.tsx'
import { ChoosePortfolioColumns } from './portfolio-columns.tsx'
import { PortfolioGroup, usePortfolioGroup } from './portfolio-group.tsx'
import { PortfolioSort, usePortfolioOrder } from './portfolio-sort.tsx'
import { PortfolioTable } from './portfolio-table.tsx'
import { RegisterMoves } from './register-moves.tsx'
import '../campaigns/campaigns.css'
import './portfolio.css'

const PortfolioGroups = lazy(() => import('./portfolio-groups.tsx').then(m => ({ default: m.PortfolioGroups })))

type Part = (typeof portfolioParts)[number]
const partWords: Record<Part | 'all', string> = {
  all: 'Toutes',
  planned: 'Actions prévues',
  late: 'En retard',
  today: 'Aujourd’hui',
  week: 'Dans les sept jours',
  new: 'Nouvelles',
}
export default function PortfolioPage() {
  const [address, setAddress] = useAddress()
  const filter = portfolioFilterOf(address)
  const { campaign: campagne, part } = filter
  const order = usePortfolioOrder()
  const { sort } = order
  const { query, more } = useList(
    ['portfolio', { ...filter, sort }],
    (after, signal) =>
      call(listPortfolio, { query: { ...filter, sort, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true },
  )
  const onDone = useFocusLeft(query.data)
  const { group } = usePortfolioGroup()
  const [recording, setRecording] = useState<Line | null>(null)
  const release = useMutation({
    mutationFn: ({ campaign, establishment }: Line) =>
      call(releaseTarget, { params: { campaignId: campaign!.id, siret: establishment.siret } }),
    onSuccess: (_target, line) => {
      toast(`${nameOf(line)} est rendu.`)
      return queryClient.invalidateQueries({ queryKey: ['portfolio'] })
    },
  })
  const table = {
    order,
    releasing: release.isPending,
    onRecord: setRecording,
    onRelease: (line: Line) => release.mutate(line),
    onDone,
  }
  // On the row where one stands.
  useShortcut('new', () => {
    const row = document.activeElement?.closest('tr')?.dataset.index
    const line = row === undefined || group ? undefined : query.data?.items[Number(row)]
    if (!line?.allowed.includes('record')) return false
    setRecording(line)
  })
  return (
    <Page
      title="Mon portefeuille"
      lead={query.data ? stateOf(query.data.counts) : 'Les employeurs dont vous vous occupez'}
      actions={<PortfolioActs filter={filter} sort={sort} />}
    >
      <RegisterMoves />
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
      <div className="cc-portfolio-filters">
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
        {query.data && query.data.counts.all > 1 && <PortfolioSort />}
        {query.data && query.data.counts.all > 1 && <PortfolioGroup />}
        {query.data && query.data.counts.all > 0 && <ChoosePortfolioColumns />}
      </div>
      {release.error && <Refused problem={release.error} />}
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) =>
          items.length === 0 && (
            <NothingHere
              filtered={!!(part || campagne)}
              onAll={() => setAddress({ partie: undefined, campagne: undefined })}
            />
          )
        }
      >
        {({ items, total }) =>
          group ? (
            <Suspense fallback={<Skeleton lines={8} />}>
              <PortfolioGroups {...{ ...table, filter, group }} />
            </Suspense>
          ) : (
            <PortfolioTable {...{ ...table, items, total, more }} />
          )
        }
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
