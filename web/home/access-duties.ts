import { useQuery } from '@tanstack/react-query'
import { listBlocks } from '../../contract/oversight/security.ts'
import { listReviewsDue } from '../../contract/people-and-rights/reviews.ts'
import { homeQuery } from '../people-and-rights/people/queries.ts'
import { isNotYet, watchedWords } from '../people-and-rights/people/words.ts'
import { releasesWaitingQuery } from '../people-and-rights/releases/queries.ts'
import { oversightQuery } from '../people-and-rights/rgc/queries.ts'
import { call } from '../platform/api.ts'
import { daysBetween, formatCount, formatDay, today } from '../platform/format.ts'
import { firstPeopleQuery } from '../signing-in/sign-in-help/queries.ts'
import { aMonth, duty, type Found, fresh } from './duty.ts'

/** What holds for a structure's review: late, begun, or due within the month. */
export const useReviews = (manages: boolean, oversees: boolean, organisationId: string): Found => {
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
  const soon = mine?.dueOn && (mine.open || daysBetween(today(), mine.dueOn) <= aMonth)
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

export const useAccounts = (enabled: boolean): Found => {
  const query = useQuery({ ...homeQuery, ...fresh, enabled })
  const { requests = 0, confirmations = 0, open = 0, supplied = 0, anomalies = [] } = query.data ?? {}
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
        confirmations,
        '/habilitations/confirmations',
        formatCount(confirmations, 'confirmation'),
        confirmations < 2 ? 'attend une seconde personne : vous' : 'attendent une seconde personne : vous',
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

/** First persons of structures without account manager in effect, whose link waits for the operator (ACC-16). */
export const useFirstPeople = (enabled: boolean): Found => {
  const query = useQuery({ ...firstPeopleQuery(true), ...fresh, enabled })
  const waiting = query.data?.items ?? []
  return {
    queries: [query],
    duties: duty(
      waiting.length,
      waiting.length === 1 ? `/personnes/${waiting[0]!.id}/connexion` : '/premieres-connexions',
      formatCount(waiting.length, 'connexion'),
      `à confirmer dans ${waiting.length < 2 ? 'une structure' : 'des structures'} sans responsable de gestion de comptes (RGC) en fonction`,
      true,
    ),
  }
}

/** An address that a former structure keeps: to answer as that structure, to decide as security officer (ACC-16). */
export const useReleases = (enabled: boolean, officer: boolean): Found => {
  const query = useQuery({ ...releasesWaitingQuery, ...fresh, enabled })
  const waiting = query.data?.waiting ?? 0
  return {
    queries: [query],
    duties: duty(
      waiting,
      officer ? '/securite/liberations' : '/habilitations/liberations',
      formatCount(waiting, 'libération d’adresse', 'libérations d’adresse'),
      waiting < 2 ? 'attend votre réponse' : 'attendent votre réponse',
      true,
    ),
  }
}

/** Of a security officer, of every region or of one: each list answers for theirs. */
export const useSecurity = (enabled: boolean): Found => {
  const deeds = useQuery({ ...oversightQuery, enabled })
  const blocks = useQuery({
    queryKey: ['security', 'blocks'],
    queryFn: ({ signal }) => call(listBlocks, { signal }),
    enabled,
    ...fresh,
  })
  const waiting = deeds.data?.waiting.length ?? 0
  const uncertified = deeds.data?.uncertified.length ?? 0
  const open = blocks.data?.items.filter(block => block.liftedAt === null).length ?? 0
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
      ...duty(uncertified, '/securite/rgc', formatCount(uncertified, 'attestation'), 'du module RGC à enregistrer'),
      ...duty(
        without,
        '/securite/rgc',
        formatCount(without, 'structure'),
        'sous convention sans responsable de gestion de comptes (RGC)',
      ),
    ],
  }
}
