import { useQuery } from '@tanstack/react-query'
import { formatCount } from '../platform/format.ts'
import { Link, Notice } from '../ui/index.ts'
import { workWaitsQuery } from '../work-with-employers/taking-over/queries.ts'

/** Nothing when nobody's work waits. */
export const WaitingWork = () => {
  const { data } = useQuery(workWaitsQuery)
  const count = data?.items.length ?? 0
  if (count === 0) return null
  const people = data!.items.every(({ person }) => person)
  return (
    <Notice tone="info" title="Du travail est à reprendre">
      <Link href="/travail-a-reprendre">
        {people
          ? formatCount(count, 'personne')
          : formatCount(count, 'personne ou structure', 'personnes ou structures')}
      </Link>{' '}
      {count < 2
        ? 'ne peut pas s’occuper de ce qui lui est confié'
        : 'ne peuvent pas s’occuper de ce qui leur est confié'}{' '}
      : absence, départ, accès perdu, convention terminée ou campagne sans pilote.
    </Notice>
  )
}
