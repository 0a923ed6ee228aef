import { listReviewsDue } from '../../../contract/people-and-rights/reviews.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatDay } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { DataTable, Empty, Link, Loaded, RelativeDay, Section } from '../../ui/index.ts'

/** Which structures are late with their review of accounts, and since when (ACC-8). */
export const LateReviews = () => {
  const { query, more } = useList(
    ['reviews', 'due', true],
    (after, signal) => call(listReviewsDue, { query: { limit: 50, late: true, ...(after ? { after } : {}) }, signal }),
    { fresh: true },
  )
  return (
    <Section title="Revues des accès en retard" actions={<Link href="/revues">Toutes les revues</Link>}>
      <Loaded
        query={query}
        lines={3}
        empty={({ items }) => items.length === 0 && <Empty title="Aucune revue n’est en retard" />}
      >
        {({ items }) => (
          <DataTable
            caption="Revues des accès en retard, la plus ancienne échéance d’abord"
            hideCaption
            rows={items}
            keyOf={({ organisation }) => organisation.id}
            href={({ open }) => (open ? `/revues/${open.id}` : undefined)}
            {...(more ? { more } : {})}
            columns={[
              { head: 'Structure', cell: ({ organisation }) => organisation.name },
              {
                head: 'Due',
                cell: ({ dueOn }) => (
                  <span className="cc-two">
                    le {formatDay(dueOn!)}
                    <span className="fr-hint-text">
                      <RelativeDay date={dueOn!} />
                    </span>
                  </span>
                ),
              },
              {
                head: 'Où elle en est',
                cell: ({ open }) => (open ? `${formatCount(open.undecided, 'ligne')} à décider` : 'pas commencée'),
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}
