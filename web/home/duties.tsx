import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { listConventions } from '../../contract/conventions.ts'
import { listFailedMails } from '../../contract/notifications.ts'
import { listReviewsDue } from '../../contract/reviews.ts'
import type { Role } from '../../contract/route.ts'
import { listBlocks } from '../../contract/security.ts'
import { homeQuery } from '../habilitations/queries.ts'
import { isNotYet, watchedWords } from '../habilitations/words.ts'
import { call } from '../platform/api.ts'
import { daysBetween, formatCount, formatDay, today } from '../platform/format.ts'
import type { Me } from '../platform/session.ts'
import { oversightQuery, rgcQuery } from '../rgc/queries.ts'
import { Badge, Empty, Link, Refused, Section, Skeleton } from '../ui/index.ts'

/** One thing that waits for who holds a role: how many, said as a link to the page whose count it is. */
interface Duty {
  readonly href: string
  readonly link: string
  readonly rest: string
  readonly urgent?: boolean
}
const duty = (count: number, href: string, link: string, rest: string, urgent = false): Duty[] =>
  count > 0 ? [{ href, link, rest, urgent }] : []

/** What one room has for it, and how its reading stands. */
interface Found {
  readonly queries: readonly Pick<UseQueryResult, 'isLoading' | 'isError' | 'error' | 'refetch'>[]
  readonly duties: readonly Duty[]
}

const fresh = { refetchOnMount: 'always', staleTime: 0 } as const
const monthAhead = 31

/** What holds for a structure's review: late, begun, or due within the month. */
const useReviews = (manages: boolean, oversees: boolean, organisationId: string): Found => {
  const own = useQuery({
    queryKey: ['reviews', 'due', 'home'],
    queryFn: ({ signal }) => call(listReviewsDue, { query: { limit: 1 }, signal }),
    enabled: manages && !oversees,
    ...fresh,
  })
  const late = useQuery({
    queryKey: ['reviews', 'due', 'home-late'],
    queryFn: ({ signal }) => call(listReviewsDue, { query: { late: true, limit: 50 }, signal }),
    enabled: oversees,
    ...fresh,
  })
  const mine = own.data?.items.find(due => due.organisation.id === organisationId)
  const count = late.data?.items.length ?? 0
  const soon = mine?.dueOn && (mine.open || daysBetween(today(), mine.dueOn) <= monthAhead)
  return {
    queries: [own, late],
    duties: [
      ...(mine && soon
        ? [
            {
              href: mine.open ? `/revues/${mine.open.id}` : '/revues',
              link: 'Revue des accès',
              rest: mine.open
                ? `en cours : ${mine.open.undecided > 0 ? `${formatCount(mine.open.undecided, 'ligne reste', 'lignes restent')} à décider` : 'tout est décidé, elle peut être close'}`
                : `à commencer, due le ${formatDay(mine.dueOn!)}`,
              urgent: mine.late,
            },
          ]
        : []),
      ...duty(
        count,
        '/revues?etat=retard',
        `${formatCount(count, 'structure')}${late.data?.next ? ' ou plus' : ''}`,
        'en retard de revue des accès',
        true,
      ),
    ],
  }
}

const useAccounts = (enabled: boolean): Found => {
  const query = useQuery({ ...homeQuery, ...fresh, enabled })
  const { requests = 0, open = 0, supplied = 0, anomalies = [] } = query.data ?? {}
  return {
    queries: [query],
    duties: [
      ...duty(
        requests,
        '/habilitations/demandes',
        formatCount(requests, 'demande d’habilitation', 'demandes d’habilitation'),
        requests < 2 ? 'attend votre décision' : 'attendent votre décision',
      ),
      ...duty(
        open,
        '/habilitations/anomalies',
        formatCount(open, 'anomalie'),
        'à corriger dans les comptes et les habilitations',
      ),
      ...duty(
        supplied,
        '/habilitations/anomalies',
        formatCount(supplied, 'anomalie signalée', 'anomalies signalées'),
        'par l’opérateur',
      ),
      ...anomalies
        .filter(({ anomaly }) => isNotYet(anomaly))
        .flatMap(({ anomaly, people }) =>
          duty(
            people,
            `/habilitations/personnes?a=${anomaly}`,
            formatCount(people, 'personne'),
            watchedWords[anomaly].group,
          ),
        ),
    ],
  }
}

const useDeeds = (enabled: boolean): Found => {
  const query = useQuery({ ...rgcQuery, enabled })
  const toSign = query.data?.deeds.filter(d => d.state === 'a-signer').length ?? 0
  const revocations = query.data?.revocations.filter(r => r.madeAt === null).length ?? 0
  const toDeclare = query.data?.toDeclare ?? []
  const without =
    query.data !== undefined &&
    query.data.inPlace.length === 0 &&
    query.data.organisation.kind !== 'operateur' &&
    toSign === 0
  return {
    queries: [query],
    duties: [
      ...duty(
        toSign,
        '/responsables-de-comptes',
        formatCount(toSign, 'acte d’engagement', 'actes d’engagement'),
        toSign < 2 ? 'attend des signatures' : 'attendent des signatures',
      ),
      ...duty(
        revocations,
        '/responsables-de-comptes',
        formatCount(revocations, 'révocation'),
        'demandée par l’opérateur, à faire',
        true,
      ),
      ...duty(
        toDeclare.length,
        '/responsables-de-comptes',
        formatCount(toDeclare.length, 'départ ou absence', 'départs ou absences'),
        'à déclarer à l’opérateur',
        toDeclare.some(d => d.late),
      ),
      ...duty(
        without ? 1 : 0,
        '/responsables-de-comptes',
        'Aucun responsable de gestion de comptes (RGC)',
        'dans votre structure : un acte d’engagement est à proposer',
        true,
      ),
    ],
  }
}

const useSecurity = (enabled: boolean): Found => {
  const deeds = useQuery({ ...oversightQuery, enabled })
  const blocks = useQuery({
    queryKey: ['security', 'blocks'],
    queryFn: ({ signal }) => call(listBlocks, { signal }),
    enabled,
    ...fresh,
  })
  const waiting = deeds.data?.deeds.filter(d => d.state === 'en-attente').length ?? 0
  const open = blocks.data?.items.filter(b => b.liftedAt === null).length ?? 0
  const without = deeds.data?.withoutRgc.length ?? 0
  return {
    queries: [deeds, blocks],
    duties: [
      ...duty(
        open,
        '/securite',
        formatCount(open, 'accès bloqué', 'accès bloqués'),
        open < 2 ? 'attend votre constat' : 'attendent votre constat',
        true,
      ),
      ...duty(
        waiting,
        '/securite/rgc',
        formatCount(waiting, 'acte d’engagement', 'actes d’engagement'),
        waiting < 2 ? 'attend votre réponse' : 'attendent votre réponse',
      ),
      ...duty(
        without,
        '/securite/rgc',
        formatCount(without, 'structure'),
        'sous convention sans responsable de gestion de comptes (RGC)',
      ),
    ],
  }
}

const useMails = (enabled: boolean): Found => {
  const query = useQuery({
    queryKey: ['mails', 'failed'],
    queryFn: ({ signal }) => call(listFailedMails, { signal }),
    enabled,
    ...fresh,
  })
  const failed = query.data?.items.length ?? 0
  return {
    queries: [query],
    duties: duty(
      failed,
      '/courriels',
      formatCount(failed, 'courriel'),
      failed < 2 ? 'n’est pas parti' : 'ne sont pas partis',
    ),
  }
}

const useConventions = (signs: boolean, oversees: boolean): Found => {
  const query = useQuery({
    queryKey: ['conventions', 'list', {}],
    queryFn: ({ signal }) => call(listConventions, { query: {}, signal }),
    enabled: signs || oversees,
    ...fresh,
  })
  const sent = query.data?.items.filter(c => ['sent', 'signed-by-one'].includes(c.state)).length ?? 0
  const counts = query.data?.counts
  return {
    queries: [query],
    duties: [
      ...duty(
        sent,
        '/conventions',
        formatCount(sent, 'convention'),
        sent < 2 ? 'attend une signature' : 'attendent une signature',
      ),
      ...(oversees && counts
        ? [
            ...duty(
              counts.rgc,
              '/conventions?manque=rgc',
              formatCount(counts.rgc, 'convention'),
              'sans responsable de gestion de comptes (RGC)',
            ),
            ...duty(
              counts.contacts,
              '/conventions?manque=contacts',
              formatCount(counts.contacts, 'convention'),
              'avec des interlocuteurs manquants',
            ),
            ...duty(
              counts.duties,
              '/conventions?manque=duties',
              formatCount(counts.duties, 'convention'),
              'avec des obligations en retard',
              true,
            ),
          ]
        : []),
    ],
  }
}

/** What waits today for who keeps the accounts, signs, or watches for the operator. */
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
  const queries = found.flatMap(f => f.queries)
  const lines = found.flatMap(f => f.duties)
  const failed = queries.find(q => q.isError)
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
      {queries.some(q => q.isLoading) ? (
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
