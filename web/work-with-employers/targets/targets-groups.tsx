import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Reply } from '../../../contract/route.ts'
import { listTargets, type targetGroupings } from '../../../contract/work-with-employers/campaigns.ts'
import { listTargetGroups } from '../../../contract/work-with-employers/targets.ts'
import { call } from '../../platform/api.ts'
import { useList } from '../../platform/list.ts'
import { shortOrganisation } from '../../platform/names.ts'
import { DataTable, Loaded } from '../../ui/index.ts'
import { EmployerName } from '../campaigns/employer-name.tsx'
import { ListGroups } from '../campaigns/list-groups.tsx'
import { withinKey } from '../campaigns/queries.ts'
import { type Campaign, type Target, targetStatusWords } from '../campaigns/words.ts'
import { sortedColumns, useColumns } from './targets-columns.tsx'
import { useTargetFilter } from './targets-filter.ts'
import { capital } from './targets-filters.tsx'
import { useTargetGroup } from './targets-group.tsx'
import { NoTarget } from './targets-none.tsx'
import { useTargetSort } from './targets-sort.ts'
import { Acts, type TargetWork, useTargetWork } from './targets-work.tsx'

type Grouping = (typeof targetGroupings)[number]
type Group = Reply<typeof listTargetGroups>['items'][number]
const without: Record<Grouping, string> = {
  status: 'Sans état',
  commune: 'Commune inconnue',
  organisation: 'Confiées à personne',
  holder: 'Personne ne s’en occupe',
}
const nameOf = (group: Grouping, { of, name }: Group): string => {
  if (of === null) return without[group]
  if (group === 'status') return capital(targetStatusWords[of as Target['status']].word)
  return name === null ? of : group === 'organisation' ? shortOrganisation(name) : name
}

/** The list folded by state, commune, structure or person. */
export const TargetsGroups = ({ campaign }: { campaign: Campaign }) => {
  const { filter } = useTargetFilter()
  const group = useTargetGroup().group ?? 'status'
  const query = useQuery({
    queryKey: withinKey(campaign.id, 'counts', { ...filter, group }),
    queryFn: ({ signal }) =>
      call(listTargetGroups, { params: { campaignId: campaign.id }, query: { ...filter, group }, signal }),
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
  })
  const { work, refusal, dialogs } = useTargetWork(campaign)
  return (
    <>
      {refusal}
      <Loaded query={query} lines={8} empty={({ items }) => items.length === 0 && <NoTarget campaign={campaign} />}>
        {({ items, more }) => (
          <ListGroups key={group} groups={items} more={more} nameOf={one => nameOf(group, one)} one="cible">
            {one => <OneGroup campaign={campaign} group={group} one={one} work={work} />}
          </ListGroups>
        )}
      </Loaded>
      {dialogs}
    </>
  )
}

interface OneGroupProps {
  readonly campaign: Campaign
  readonly group: Grouping
  readonly one: Group
  readonly work: TargetWork
}
const OneGroup = ({ campaign, group, one, work }: OneGroupProps) => {
  const { filter } = useTargetFilter()
  const order = useTargetSort()
  const { chosen } = useColumns()
  const rows = useRef<HTMLDivElement>(null)
  const asked = { ...filter, sort: order.sort, group, ...(one.of === null ? {} : { of: one.of }) }
  const { query, more } = useList(
    withinKey(campaign.id, 'targets', asked),
    (after, signal) =>
      call(listTargets, {
        params: { campaignId: campaign.id },
        query: { ...asked, ...(after ? { after, limit: 200 } : { total: true }) },
        signal,
      }),
    { fresh: true, within: rows },
  )
  return (
    <div className="cc-worksheet" ref={rows}>
      <Loaded query={query} lines={3}>
        {({ items }) => (
          <DataTable
            caption={`Cibles : ${nameOf(group, one)}`}
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
            keys={false}
            acts={target => <Acts target={target} work={work} />}
            {...(more ? { more } : {})}
          />
        )}
      </Loaded>
    </div>
  )
}
