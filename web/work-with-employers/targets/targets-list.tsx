import { memo, useCallback, useRef, useState } from 'react'
import { listTargets } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { useList } from '../../platform/list.ts'
import { lineName } from '../../platform/names.ts'
import { useShortcut } from '../../platform/shortcuts.ts'
import { useWide } from '../../platform/wide.ts'
import { DataTable, type DataTableProps, Loaded } from '../../ui/index.ts'
import { EmployerName } from '../campaigns/employer-name.tsx'
import { withinKey } from '../campaigns/queries.ts'
import { type Campaign, foundWords, type Target } from '../campaigns/words.ts'
import type { Choice } from '../sharing/carried-choice.ts'
import { tickedRows } from '../sharing/ticking.tsx'
import { TargetPanel } from './target-panel.tsx'
import { ChosenTargets, useTargetChoice } from './targets-choice.tsx'
import { type ColumnId, sortedColumns, useColumns } from './targets-columns.tsx'
import { useTargetFilter } from './targets-filter.ts'
import { NoTarget } from './targets-none.tsx'
import { type TargetOrder, useTargetSort } from './targets-sort.ts'
import { Acts, type TargetWork, useTargetWork } from './targets-work.tsx'
import { useOpenTarget } from './use-open-target.ts'

/** What is left of the columns beside an open target. */
const besideOpen: readonly ColumnId[] = ['etat', 'action']

export const TargetsList = ({ campaign }: { campaign: Campaign }) => {
  const { filter, filtered } = useTargetFilter()
  const { chosen } = useColumns()
  const order = useTargetSort()
  const { sort } = order
  const { query, more } = useList(
    withinKey(campaign.id, 'targets', { ...filter, sort }),
    (after, signal) =>
      call(listTargets, {
        params: { campaignId: campaign.id },
        query: { ...filter, sort, ...(after ? { after, limit: 200 } : { total: true }) },
        signal,
      }),
    { fresh: true },
  )
  const { work: plainWork, refusal, dialogs } = useTargetWork(campaign)
  const { hasNextPage, isFetchingNextPage, isPlaceholderData, fetchNextPage } = query
  const readOn = useCallback(() => void fetchNextPage(), [fetchNextPage])
  const { target, walk, show, stand } = useOpenTarget(
    JSON.stringify({ ...filter, sort }),
    isPlaceholderData ? undefined : query.data?.items,
    hasNextPage && !isFetchingNextPage ? readOn : undefined,
  )
  const [recording, setRecording] = useState<{ readonly siret: string; readonly fromRow: boolean }>()
  const wide = useWide()
  const { choosing, choice, setChoice } = useTargetChoice(JSON.stringify(filter))
  const ticks = choosing && !(target && wide)
  const record = (one: Target) => {
    const { siret } = one.establishment
    stand(siret)
    if (!wide) return plainWork.record(one)
    setRecording({ siret, fromRow: target?.establishment.siret !== siret })
    show(siret)
  }
  // Recorded from its row, one goes on with the rows.
  const recorded = () => {
    setRecording(undefined)
    if (recording?.fromRow) show(undefined)
  }
  const work = { ...plainWork, record }
  const latest = useRef({ show, work })
  latest.current = { show, work }
  const open = useCallback(({ establishment: { siret } }: Target) => latest.current.show(siret), [])
  const rows = useRef<HTMLDivElement>(null)
  // On the row where one stands.
  useShortcut('new', () => {
    const link = document.activeElement?.closest('tr')?.querySelector('[data-row-stop]')?.getAttribute('href')
    const row = query.data?.items.find(({ establishment: { siret } }) => link === `/etablissements/${siret}`)
    if (!row?.allowed.includes('record') || !rows.current?.contains(document.activeElement)) return false
    record(row)
  })
  return (
    <>
      {refusal}
      <Loaded query={query} lines={8} empty={({ items }) => items.length === 0 && <NoTarget campaign={campaign} />}>
        {({ items, total }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the open target from the list too
          <div
            className="cc-worksheet"
            data-open={target && ''}
            onKeyDown={event => event.key === 'Escape' && target && show(undefined)}
          >
            <div className="cc-early-cards" ref={rows}>
              <Rows
                campaign={campaign}
                items={items}
                chosen={target && wide ? besideOpen.filter(one => chosen.includes(one)) : chosen}
                work={work}
                more={more}
                current={target?.establishment.siret}
                acts={!(target && wide)}
                onOpen={open}
                order={order}
                choice={ticks ? choice : undefined}
                onChoice={setChoice}
                caption={total === undefined ? 'Cibles' : foundWords(campaign, total, filtered)}
              />
            </div>
            {target && (
              <TargetPanel
                campaign={campaign}
                target={target}
                work={work}
                walk={walk}
                total={total}
                recording={recording?.siret === target.establishment.siret}
                onShow={show}
                onRecorded={recorded}
              />
            )}
          </div>
        )}
      </Loaded>
      {ticks && <ChosenTargets campaign={campaign} choice={choice} total={query.data?.total} onChoice={setChoice} />}
      {dialogs}
    </>
  )
}

interface RowsProps {
  readonly campaign: Campaign
  readonly caption: string
  readonly items: readonly Target[]
  readonly chosen: readonly ColumnId[]
  readonly work: TargetWork
  readonly more: DataTableProps<Target>['more']
  /** The open target. */
  readonly current: string | undefined
  readonly acts: boolean
  readonly onOpen: (target: Target) => void
  readonly order: TargetOrder
  /** What is ticked, while one chooses. */
  readonly choice: Choice | undefined
  readonly onChoice: (choice: Choice) => void
}
/**
 * Thousands of lines are not drawn again because a panel opens over them: only when they, their columns or what is
 * under way change.
 */
const Rows = memo(
  ({ campaign, caption, items, chosen, work, more, current, acts, onOpen, order, choice, onChoice }: RowsProps) => (
    <DataTable
      caption={caption}
      hideCaption
      rows={items}
      keyOf={({ establishment: { siret } }) => siret}
      href={({ establishment: { siret } }) => `/etablissements/${siret}`}
      columns={[
        {
          head: 'Établissement',
          cell: ({ establishment }) => <EmployerName line={establishment} />,
          sort: order.sortingBy('name'),
        },
        ...sortedColumns(campaign, chosen, order),
      ]}
      dense
      current={current}
      onOpen={onOpen}
      keys={current === undefined}
      {...(acts ? { acts: (target: Target) => <Acts target={target} work={work} /> } : {})}
      {...(more ? { more } : {})}
      {...(choice ? { selection: ticksOf(items, choice, onChoice) } : {})}
    />
  ),
  (old, now) =>
    old.items === now.items &&
    old.caption === now.caption &&
    old.campaign === now.campaign &&
    old.chosen.join() === now.chosen.join() &&
    old.work.busy === now.work.busy &&
    old.current === now.current &&
    old.acts === now.acts &&
    old.order.sort === now.order.sort &&
    old.choice === now.choice &&
    old.more?.busy === now.more?.busy &&
    !old.more === !now.more,
)

const ticksOf = (items: readonly Target[], { ticking, picked }: Choice, onChoice: RowsProps['onChoice']) => ({
  ...tickedRows(
    items.map(({ establishment: { siret } }) => siret),
    ticking,
    picked,
    next => onChoice({ ticking, picked: next }),
  ),
  nameOf: ({ establishment }: Target) => lineName(establishment),
})
