import { useQuery } from '@tanstack/react-query'
import { listConventions } from '../../contract/agreement/conventions.ts'
import { listPublications } from '../../contract/agreement/tools.ts'
import { listFailedMails } from '../../contract/notifications.ts'
import type { getRgc } from '../../contract/people-and-rights/rgc.ts'
import type { Reply } from '../../contract/route.ts'
import { nameOf } from '../agreement/texts/words.ts'
import { rgcQuery } from '../people-and-rights/rgc/queries.ts'
import { call } from '../platform/api.ts'
import { dayOf, daysBetween, formatCount, formatDay, today } from '../platform/format.ts'
import { aMonth, duty, type Found, fresh } from './duty.ts'

/** RGC-9: whatever a deed says that is so no more makes a new one; proposed already, it waits for its signatures. */
const toPropose = (overview: Reply<typeof getRgc> | undefined) => {
  if (!overview || overview.deeds.some(deed => deed.state === 'a-signer')) return { without: false, changed: 0 }
  const without = overview.inPlace.length === 0 && overview.organisation.kind !== 'operateur'
  const standing = overview.deeds.filter(({ state }) => state === 'en-attente' || state === 'en-vigueur')
  // One that says all as it is follows the others.
  const outdated = overview.allowed.includes('propose') && standing.every(deed => deed.changes.length > 0)
  return { without, changed: outdated && !without ? standing.length : 0 }
}

export const useDeeds = (enabled: boolean): Found => {
  const query = useQuery({ ...rgcQuery, enabled })
  const deeds = query.data?.deeds ?? []
  const unsigned = deeds.filter(deed => deed.state === 'a-signer')
  // What one has signed waits for the others.
  const toSign = unsigned.filter(deed => deed.allowed.includes('sign')).length
  const outdated = unsigned.filter(
    deed => deed.allowed.includes('abandon') && deed.changes.some(({ kind }) => kind === 'signatory'),
  ).length
  const entered = deeds.filter(
    ({ allowed, sentAt }) =>
      sentAt !== null && allowed.includes('contest') && daysBetween(dayOf(sentAt), today()) <= aMonth,
  ).length
  const revocations =
    query.data?.revocations.filter(revocation => !revocation.madeAt && !revocation.withdrawn).length ?? 0
  const { without, changed } = toPropose(query.data)
  const toDeclare = query.data?.toDeclare ?? []
  const unseen = query.data?.unseen.filter(line => line.allowed.includes('answer')) ?? []
  return {
    queries: [query],
    duties: [
      ...duty(
        toSign,
        '/responsables-de-comptes',
        formatCount(toSign, 'acte d’engagement', 'actes d’engagement'),
        toSign < 2 ? 'attend votre signature' : 'attendent votre signature',
      ),
      ...duty(
        outdated,
        '/responsables-de-comptes',
        formatCount(outdated, 'acte d’engagement', 'actes d’engagement'),
        'que personne ne peut plus signer, le signataire ayant changé : un autre est à proposer',
        true,
      ),
      ...duty(
        changed,
        '/responsables-de-comptes',
        formatCount(changed, 'acte d’engagement', 'actes d’engagement'),
        `${changed < 2 ? 'ne dit' : 'ne disent'} plus ce qui est : un nouvel acte est à proposer`,
      ),
      ...duty(
        entered,
        '/responsables-de-comptes',
        formatCount(entered, 'acte d’engagement', 'actes d’engagement'),
        `signé${entered < 2 ? '' : 's'} à la main et saisi${entered < 2 ? '' : 's'} par l’opérateur au nom de votre structure : à vérifier`,
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
        unseen.length,
        '/responsables-de-comptes',
        formatCount(unseen.length, 'responsable de gestion de comptes', 'responsables de gestion de comptes'),
        `sans activité depuis deux mois : toujours en fonction ?`,
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

/** What no habilitation opens without, in the order in which to publish it (ACC-7). */
export const usePublications = (enabled: boolean): Found => {
  const query = useQuery({
    queryKey: ['publications'],
    queryFn: ({ signal }) => call(listPublications, { signal }),
    enabled,
    ...fresh,
  })
  return {
    queries: [query],
    duties: (query.data?.items ?? []).flatMap(({ what, tool, comesOn }) =>
      duty(
        1,
        what === 'annex-4' ? '/outils/annexe-4/publier' : '/textes/publier',
        what === 'annex-4' ? 'Annexe 4, la liste des outils communs' : nameOf({ kind: what, tool }),
        comesOn
          ? `en vigueur le ${formatDay(dayOf(comesOn))} : d’ici là, les habilitations qui en dépendent n’ouvrent rien`
          : 'à publier : sans cela, les habilitations qui en dépendent n’ouvrent rien',
        !comesOn,
      ),
    ),
  }
}

/** `acts`: for one of the parties, a signatory included; `oversees`: a region. */
export const useConventions = ({
  signs,
  acts,
  oversees,
}: Readonly<Record<'signs' | 'acts' | 'oversees', boolean>>): Found => {
  const query = useQuery({
    queryKey: ['conventions', 'counts'],
    queryFn: ({ signal }) => call(listConventions, { query: { limit: 1 }, signal }),
    enabled: acts,
    ...fresh,
  })
  const counts = query.data?.counts
  // What one has signed already waits for the other party.
  const sent = signs && counts ? counts.convention : 0
  const amended = signs && counts ? counts.amendment : 0
  const letters = counts?.receipt ?? 0
  return {
    queries: [query],
    duties: [
      ...duty(
        sent,
        '/conventions?attend=convention',
        formatCount(sent, 'convention'),
        sent < 2 ? 'attend votre signature' : 'attendent votre signature',
      ),
      ...duty(
        amended,
        '/conventions?attend=amendment',
        formatCount(amended, 'convention'),
        amended < 2 ? 'attend votre signature d’un avenant' : 'attendent votre signature d’un avenant',
      ),
      ...duty(
        letters,
        '/conventions?attend=receipt',
        formatCount(letters, 'convention'),
        `${letters < 2 ? 'a' : 'ont'} un congé ou un manquement en chemin : dites-en la réception dès que vous la savez`,
      ),
      ...(oversees && counts
        ? [
            ...duty(
              counts.territories,
              '/conventions?manque=territories',
              formatCount(counts.territories, 'convention'),
              'dont la structure n’a aucun territoire : aucune habilitation n’y ouvre',
              true,
            ),
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
