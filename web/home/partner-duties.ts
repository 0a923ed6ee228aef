import { useQuery } from '@tanstack/react-query'
import { listConventions } from '../../contract/agreement/conventions.ts'
import { listFailedMails } from '../../contract/notifications.ts'
import { rgcQuery } from '../people-and-rights/rgc/queries.ts'
import { call } from '../platform/api.ts'
import { formatCount } from '../platform/format.ts'
import { duty, type Found, fresh } from './duty.ts'

export const useDeeds = (enabled: boolean): Found => {
  const query = useQuery({ ...rgcQuery, enabled })
  const toSign = query.data?.deeds.filter(deed => deed.state === 'a-signer').length ?? 0
  const revocations = query.data?.revocations.filter(revocation => revocation.madeAt === null).length ?? 0
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
        toDeclare.some(line => line.late),
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

export const useMails = (enabled: boolean): Found => {
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

export const useConventions = (signs: boolean, oversees: boolean): Found => {
  const query = useQuery({
    queryKey: ['conventions', 'list', {}],
    queryFn: ({ signal }) => call(listConventions, { query: {}, signal }),
    enabled: signs || oversees,
    ...fresh,
  })
  const sent = query.data?.items.filter(convention => ['sent', 'signed-by-one'].includes(convention.state)).length ?? 0
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
