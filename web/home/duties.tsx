import type { Role } from '../../contract/route.ts'
import { holdsRoleSomewhere, type Me } from '../platform/session.ts'
import { Badge, Empty, Link, Refused, Section, Skeleton } from '../ui/index.ts'
import { useAccounts, useFirstPeople, useReleases, useReviews, useSecurity } from './access-duties.ts'
import { useConventions, useDeeds, useMails, usePublications } from './partner-duties.ts'
import { useAccessRequests, useAwareness, useEquipment, useRightsRequests } from './structure-duties.ts'

/** Duties of today for whoever answers for a structure, and the operator's officers. */
export default function Duties({ me }: { me: Me }) {
  const has = (...roles: Role[]) => me.roles.some(role => roles.includes(role))
  const somewhere = (...roles: Role[]) => holdsRoleSomewhere(me, ...roles)
  const operator = me.organisation.kind === 'operateur'
  const found = [
    usePublications(has('administrateur')),
    useAccessRequests(has('administrateur')),
    useSecurity(somewhere('cssi')),
    useFirstPeople(operator && somewhere('cssi', 'direction-regionale')),
    useReleases(has('rgc', 'signataire') || somewhere('cssi'), somewhere('cssi')),
    useAccounts(has('rgc', 'signataire')),
    useDeeds(has('rgc', 'signataire')),
    useReviews(
      has('rgc', 'signataire'),
      somewhere('cssi', 'administrateur', 'direction-regionale'),
      me.organisation.id,
    ),
    useAwareness(has('rgc', 'responsable-formation')),
    useEquipment(has('rgc', 'rssi', 'correspondant-si')),
    useRightsRequests(has('dpd')),
    useMails(has('cssi', 'administrateur')),
    useConventions({
      signs: somewhere('signataire'),
      acts: somewhere('signataire', 'responsable-operationnel', 'direction-regionale'),
      oversees: operator && has('direction-regionale'),
    }),
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
            <li key={link + rest}>
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
            Ce qui demandera votre décision paraîtra ici. Ce que vous pouvez faire est dans{' '}
            <Link href="/aide">votre guide</Link>.
          </Empty>
        )
      )}
    </Section>
  )
}
