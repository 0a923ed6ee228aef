import { useQuery } from '@tanstack/react-query'
import { formatCount } from '../platform/format.ts'
import { Link, Notice } from '../ui/index.ts'
import { receivedNeedsQuery } from '../work-with-employers/needs/queries.ts'

/** Nothing when no need waits for an answer of one's structure. */
export const NeedsProposed = () => {
  const { data } = useQuery(receivedNeedsQuery)
  const count = data?.waiting.length ?? 0
  if (count === 0) return null
  return (
    <Notice tone="info" title="Besoins à prendre">
      <Link href="/besoins?onglet=proposes">{formatCount(count, 'besoin proposé', 'besoins proposés')}</Link> à votre
      structure : à prendre ou à décliner.
    </Notice>
  )
}
