import { useQuery } from '@tanstack/react-query'
import { formatCount } from '../../platform/format.ts'
import { Link, Loaded } from '../../ui/index.ts'
import { disagreementsQuery } from './queries.ts'

/** On the page of the convention: how many there are, and where they are read. */
export const ConventionDisagreements = ({ conventionId }: { conventionId: string }) => (
  <Loaded query={useQuery(disagreementsQuery(conventionId))} lines={1}>
    {({ items }) => {
      const open = items.filter(({ state }) => state === 'open' || state === 'failed').length
      return (
        <p className="fr-mb-0">
          {items.length === 0
            ? 'Aucun. '
            : `${formatCount(items.length, 'différend')}, dont ${open === 0 ? 'aucun en cours' : `${open} en cours`}. `}
          <Link href={`/conventions/${conventionId}/differends`}>Lire les différends</Link>
        </p>
      )
    }}
  </Loaded>
)
