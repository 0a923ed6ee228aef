import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ComponentProps, useRef } from 'react'
import type { Reply } from '../../../contract/route.ts'
import {
  listPortfolio,
  listPortfolioGroups,
  type portfolioGroupings,
} from '../../../contract/work-with-employers/portfolio.ts'
import type { PortfolioFilter } from '../../../contract/work-with-employers/saved-views/list-addresses.ts'
import { call } from '../../platform/api.ts'
import { useList } from '../../platform/list.ts'
import { townWords } from '../../platform/names.ts'
import { Loaded } from '../../ui/index.ts'
import { ListGroups } from '../campaigns/list-groups.tsx'
import { type Target, targetStatusWords } from '../campaigns/words.ts'
import { PortfolioTable } from './portfolio-table.tsx'

type Grouping = (typeof portfolioGroupings)[number]
type Group = Reply<typeof listPortfolioGroups>['items'][number]
type Table = Omit<ComponentProps<typeof PortfolioTable>, 'items' | 'total' | 'more'>
const without: Record<Grouping, string> = {
  status: 'Hors de mes cibles',
  town: 'Commune inconnue',
  campaign: 'Hors campagne',
}
const nameOf = (group: Grouping, { of, name }: Group): string => {
  if (of === null) return without[group]
  if (group === 'town') return townWords(of) ?? of
  if (group !== 'status') return name ?? of
  const { word } = targetStatusWords[of as Target['status']]
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** The portfolio folded by state, town or campaign. */
export const PortfolioGroups = ({ filter, group, ...table }: Table & { filter: PortfolioFilter; group: Grouping }) => {
  const query = useQuery({
    queryKey: ['portfolio', 'groups', { ...filter, group }],
    queryFn: ({ signal }) => call(listPortfolioGroups, { query: { ...filter, group }, signal }),
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
  })
  return (
    <Loaded query={query} lines={8}>
      {({ items, more }) => (
        <ListGroups key={group} groups={items} more={more} nameOf={one => nameOf(group, one)} one="ligne">
          {one => <OneGroup {...{ filter, group, one, table }} />}
        </ListGroups>
      )}
    </Loaded>
  )
}

interface OneGroupProps {
  readonly filter: PortfolioFilter
  readonly group: Grouping
  readonly one: Group
  readonly table: Table
}
const OneGroup = ({ filter, group, one, table }: OneGroupProps) => {
  const rows = useRef<HTMLDivElement>(null)
  const asked = { ...filter, sort: table.order.sort, group, ...(one.of === null ? {} : { of: one.of }) }
  const { query, more } = useList(
    ['portfolio', asked],
    (after, signal) => call(listPortfolio, { query: { ...asked, ...(after ? { after } : {}) }, signal }),
    { fresh: true, within: rows },
  )
  return (
    <div ref={rows}>
      <Loaded query={query} lines={3}>
        {({ items }) => <PortfolioTable {...table} {...{ items, more }} total={one.count} keys={false} />}
      </Loaded>
    </div>
  )
}
