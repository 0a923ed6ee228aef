import { useQuery } from '@tanstack/react-query'
import { formatCount } from '../platform/format.ts'
import { Link, Notice } from '../ui/index.ts'
import { proposalsQuery } from '../work-with-employers/proposed-actions/queries.ts'

/** Nothing when no other structure waits for an answer. */
export const ProposedToUs = () => {
  const { data } = useQuery(proposalsQuery)
  const count = data?.received.length ?? 0
  if (count === 0) return null
  return (
    <Notice tone="info" title="À accepter">
      <Link href="/actions-proposees">{formatCount(count, 'action proposée', 'actions proposées')}</Link> à votre
      structure par une autre : à accepter ou à décliner.
    </Notice>
  )
}
