import { memo, useRef, useState } from 'react'
import { listTargets } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatSiret } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { lineActivity, lineName, shortOrganisation } from '../../platform/names.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useShortcut } from '../../platform/shortcuts.ts'
import {
  Button,
  CheckboxGroup,
  type Column,
  DataTable,
  type DataTableProps,
  Loaded,
  RelativeDay,
} from '../../ui/index.ts'
import { withinKey } from '../campaigns/queries.ts'
import type { Campaign, Target } from '../campaigns/words.ts'
import { HistoryButton } from '../sharing/target-history.tsx'
import { useTargetFilter } from './targets-filter.ts'
import { NoTarget } from './targets-none.tsx'
import { NextAction, TakenBy, TargetState } from './targets-parts.tsx'
import { Acts, type TargetWork, useTargetWork } from './targets-work.tsx'

/** Of those that nobody took the card still has it, and the board. */
const everHeld = ({ takenBy, assignedTo, status }: Target) =>
  takenBy !== null || assignedTo !== null || status !== 'a-contacter'
const columnsOf = (campaign: Campaign, work: TargetWork) =>
  ({
    siret: {
      head: 'SIRET',
      cell: ({ establishment }) => <span className="cc-whole">{formatSiret(establishment.siret)}</span>,
    },
    lieu: {
      head: 'Lieu et activité',
      cell: ({ establishment }) => (
        <span className="cc-two cc-two--wide">
          {establishment.town}
          <span className="fr-hint-text">{lineActivity(establishment)}</span>
        </span>
      ),
    },
    effectif: { head: 'Effectif', cell: ({ establishment }) => establishment.headcount?.label },
    etat: { head: 'État', cell: target => <TargetState target={target} /> },
    qui: {
      head: 'Qui s’en occupe',
      cell: target => (
        <span className="cc-holder">
          <TakenBy target={target} campaign={campaign} />
          {everHeld(target) && (
            <HistoryButton name={lineName(target.establishment)} onOpen={() => work.history(target)} />
          )}
        </span>
      ),
    },
    action: { head: 'Prochaine action', cell: target => <NextAction target={target} /> },
    contact: {
      head: 'Dernier contact',
      cell: ({ lastContact }) =>
        lastContact && (
          <span className="cc-two">
            <RelativeDay date={lastContact.occurredOn} />
            <span className="fr-hint-text">{shortOrganisation(lastContact.organisation.name)}</span>
          </span>
        ),
    },
  }) satisfies Record<string, Column<Target>>
type ColumnId = keyof ReturnType<typeof columnsOf>
const columnWords: Record<ColumnId, string> = {
  siret: 'SIRET',
  lieu: 'Lieu et activité',
  effectif: 'Effectif',
  etat: 'État',
  qui: 'Qui s’en occupe',
  action: 'Prochaine action',
  contact: 'Dernier contact',
}
const columnIds = Object.keys(columnWords) as ColumnId[]
const usual: readonly ColumnId[] = ['lieu', 'etat', 'qui', 'action', 'contact']
const isUsual = (chosen: readonly ColumnId[]) =>
  chosen.length === usual.length && usual.every(one => chosen.includes(one))

export const TargetsList = ({ campaign }: { campaign: Campaign }) => {
  const { filter, filtered } = useTargetFilter()
  const [{ colonnes }, setAddress] = useAddress()
  const chosen = colonnes === undefined ? usual : columnIds.filter(one => colonnes.split(',').includes(one))
  const { query, more } = useList(
    withinKey(campaign.id, 'targets', filter),
    (after, signal) =>
      call(listTargets, {
        params: { campaignId: campaign.id },
        query: { ...filter, ...(after ? { after, limit: 200 } : { total: true }) },
        signal,
      }),
    { fresh: true },
  )
  const { work, refusal, dialogs } = useTargetWork(campaign)
  const rows = useRef<HTMLDivElement>(null)
  // On the row where one stands; the panel opens over the list, which stays where it was.
  useShortcut('new', () => {
    const link = document.activeElement?.closest('tr')?.querySelector('[data-row-stop]')?.getAttribute('href')
    const target = query.data?.items.find(({ establishment: { siret } }) => link === `/etablissements/${siret}`)
    if (!target?.allowed.includes('record') || !rows.current?.contains(document.activeElement)) return false
    work.record(target)
  })
  return (
    <>
      {refusal}
      <Loaded query={query} lines={8} empty={({ items }) => items.length === 0 && <NoTarget campaign={campaign} />}>
        {({ items, total }) => (
          <>
            <ChooseColumns
              chosen={chosen}
              onChange={next => setAddress({ colonnes: isUsual(next) ? undefined : next.join(',') || 'aucune' })}
            />
            <div className="cc-early-cards" ref={rows}>
              <Rows
                campaign={campaign}
                items={items}
                chosen={chosen}
                work={work}
                more={more}
                caption={
                  total === undefined
                    ? 'Cibles'
                    : `${formatCount(total, 'cible')}${!filtered && total > campaign.counts.targets ? `, dont ${formatCount(total - campaign.counts.targets, 'mise de côté', 'mises de côté')}` : ''}`
                }
              />
            </div>
          </>
        )}
      </Loaded>
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
}
/**
 * Thousands of lines are not drawn again because a panel opens over them: only when they, their columns or what is
 * under way change.
 */
const Rows = memo(
  ({ campaign, caption, items, chosen, work, more }: RowsProps) => (
    <DataTable
      caption={caption}
      rows={items}
      keyOf={({ establishment: { siret } }) => siret}
      href={({ establishment: { siret } }) => `/etablissements/${siret}`}
      columns={[
        { head: 'Établissement', cell: ({ establishment }) => lineName(establishment) },
        ...chosen.map(one => columnsOf(campaign, work)[one]),
      ]}
      acts={target => <Acts target={target} work={work} />}
      {...(more ? { more } : {})}
    />
  ),
  (old, now) =>
    old.items === now.items &&
    old.caption === now.caption &&
    old.campaign === now.campaign &&
    old.chosen.join() === now.chosen.join() &&
    old.work.busy === now.work.busy &&
    old.more?.busy === now.more?.busy &&
    !old.more === !now.more,
)

const ChooseColumns = ({
  chosen,
  onChange,
}: {
  chosen: readonly ColumnId[]
  onChange: (chosen: readonly ColumnId[]) => void
}) => {
  const [open, setOpen] = useState(false)
  return (
    <div className="cc-choose-columns">
      <Button
        size="small"
        priority="tertiary no outline"
        expanded={open}
        icon={open ? 'fr-icon-arrow-up-s-line' : 'fr-icon-arrow-down-s-line'}
        iconPosition="right"
        onClick={() => setOpen(!open)}
      >
        Colonnes
      </Button>
      {open && (
        <CheckboxGroup
          name="colonnes"
          label="Colonnes à montrer"
          hint="Gardées dans l’adresse de la page"
          options={columnIds.map(value => ({ value, label: columnWords[value] }))}
          value={chosen}
          onChange={next => onChange(columnIds.filter(one => next.includes(one)))}
        />
      )}
    </div>
  )
}
