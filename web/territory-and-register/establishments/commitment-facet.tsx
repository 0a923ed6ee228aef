import { useQuery } from '@tanstack/react-query'
import { closedFilter } from '../../agreement/tools/closed-words.ts'
import { opensData, useMe } from '../../platform/session.ts'
import { kindsQuery } from '../../work-with-employers/commitments/queries.ts'
import { FacetList } from './facet-list.tsx'
import type { Filters } from './search-address.ts'

/** Those that hold to a kind of commitment today, of the cards that one reads (EST-9). */
export const CommitmentFacet = ({
  engagement,
  write,
}: {
  engagement: string | undefined
  write: (change: Filters) => void
}) => {
  const open = opensData(useMe(), 'engagements')
  const { data } = useQuery({ ...kindsQuery, enabled: open || !!engagement })
  if (!open && !engagement) return null
  return (
    <FacetList
      title={open ? 'Engagement en cours' : closedFilter('Engagement en cours')}
      values={(data?.items ?? []).map(({ id, label }) => ({ value: id, label }))}
      chosen={engagement}
      onChoose={value => write({ engagement: value })}
      most={5}
      all="Tous"
    />
  )
}
