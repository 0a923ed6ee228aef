import { useQuery } from '@tanstack/react-query'
import { getReview } from '../../../contract/people-and-rights/reviews.ts'
import { call } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { Badge, Loaded, Page, Skeleton } from '../../ui/index.ts'
import { Lines } from './review-lines.tsx'
import { Standing } from './review-standing.tsx'

const breadcrumb = [{ label: 'Revue des accès', href: '/revues' }]

/** One review: what is left to decide, anomalies first; then closed and signed. */
export default function ReviewPage() {
  const { reviewId } = usePathParams<{ reviewId: string }>()
  const query = useQuery({
    queryKey: ['review', reviewId],
    queryFn: ({ signal }) => call(getReview, { params: { reviewId }, signal }),
  })
  const review = query.data
  if (!review)
    return (
      <Page title="Revue des accès" breadcrumb={breadcrumb}>
        {query.isError ? <Loaded query={query}>{() => null}</Loaded> : <Skeleton lines={8} />}
      </Page>
    )
  return (
    <Page
      title={`Revue des accès du ${formatDay(review.startedAt.slice(0, 10))}`}
      breadcrumb={breadcrumb}
      beside={<Badge tone={review.closedAt ? 'neutral' : 'info'}>{review.closedAt ? 'close' : 'en cours'}</Badge>}
      lead={
        review.closedAt
          ? `${review.organisation.name}. Close et signée le ${formatInstant(review.closedAt)} par ${review.closedBy?.name}.`
          : `${review.organisation.name}. Due le ${formatDay(review.dueOn)}.`
      }
    >
      <Standing review={review} />
      <Lines review={review} />
    </Page>
  )
}
