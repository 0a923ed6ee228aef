import type { Role } from '../../contract/route.ts'
import type { Me } from '../platform/session.ts'
import { Badge, Empty, Link, Refused, Section, Skeleton } from '../ui/index.ts'
import { useAccounts, useReviews, useSecurity } from './access-duties.ts'
import { useConventions, useDeeds, useMails } from './partner-duties.ts'

/** Duties of today for account managers, signatories and the operator's officers. */
export const Duties = ({ me }: { me: Me }) => {
  const has = (...roles: Role[]) => me.roles.some(role => roles.includes(role))
  const operator = me.organisation.kind === 'operateur'
  const found = [
    useSecurity(has('cssi')),
    useAccounts(has('rgc')),
    useDeeds(has('rgc', 'signataire')),
    useReviews(has('rgc', 'signataire'), has('cssi', 'administrateur', 'direction-regionale'), me.organisation.id),
    useMails(has('cssi', 'administrateur')),
    useConventions(has('signataire'), operator && has('direction-regionale')),
  ]
  const queries = found.flatMap(one => one.queries)
  const lines = found.flatMap(one => one.duties)
  const failed = queries.find(one => one.isError)
  return (
    <Section title="À faire">
      {failed?.error && (
        <Refused
          problem={failed.error}
          retry={() => {
            for (const q of queries) if (q.isError) void q.refetch()
          }}
        />
      )}
      {lines.length > 0 && (
        <ul className="cc-home-duties">
          {lines.map(({ href, link, rest, urgent }) => (
            <li key={href + rest}>
              <span>
                <Link href={href}>{link}</Link> {rest}.
              </span>{' '}
              {urgent && <Badge tone="error">à traiter</Badge>}
            </li>
          ))}
        </ul>
      )}
      {queries.some(one => one.isLoading) ? (
        <Skeleton lines={lines.length > 0 ? 1 : 4} />
      ) : (
        lines.length === 0 &&
        !failed && (
          <Empty title="Rien ne vous attend">
            Ce qui demandera une décision paraîtra ici, et vous sera signalé par courriel.
          </Empty>
        )
      )}
    </Section>
  )
}
