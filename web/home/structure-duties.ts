import { useQuery } from '@tanstack/react-query'
import { listAccessRequests } from '../../contract/agreement/access-requests.ts'
import { listAwareness, listEquipmentValidations } from '../../contract/agreement/awareness.ts'
import { countRightsRequests } from '../../contract/oversight/rights-requests.ts'
import { call } from '../platform/api.ts'
import { daysBetween, formatCount, formatDay, today } from '../platform/format.ts'
import { duty, type Found, fresh } from './duty.ts'

/** Of who records them: as many as the list of those past due shows (SEC-4). */
export const useAwareness = (enabled: boolean): Found => {
  const query = useQuery({
    queryKey: ['awareness', 'home-late'],
    queryFn: ({ signal }) => call(listAwareness, { query: { late: true, limit: 1, total: true }, signal }),
    enabled,
    ...fresh,
  })
  const late = query.data?.total ?? 0
  return {
    queries: [query],
    duties: duty(
      late,
      '/sensibilisations?etat=depassees',
      formatCount(late, 'sensibilisation à la sécurité', 'sensibilisations à la sécurité'),
      late < 2 ? 'dépassée, à renouveler' : 'dépassées, à renouveler',
      query.data?.cuts,
    ),
  }
}

/** What the structure never had checked, for who notes it (SEC-7). */
export const useEquipment = (enabled: boolean): Found => {
  const query = useQuery({
    queryKey: ['awareness', 'equipment'],
    queryFn: ({ signal }) => call(listEquipmentValidations, { signal }),
    enabled,
    ...fresh,
  })
  const lacking = query.data?.allowed.includes('record') ? query.data.lacking.length : 0
  return {
    queries: [query],
    duties: duty(
      lacking,
      '/equipement',
      formatCount(lacking, 'partie de l’équipement', 'parties de l’équipement'),
      'de votre structure à valider',
    ),
  }
}

/** Those that the viewer may answer: the page lists them first (POR-7). */
export const useAccessRequests = (enabled: boolean): Found => {
  const query = useQuery({
    queryKey: ['tools', 'access-requests'],
    queryFn: ({ signal }) => call(listAccessRequests, { signal }),
    enabled,
    ...fresh,
  })
  const waiting = query.data?.items.filter(({ allowed }) => allowed.includes('decide')).length ?? 0
  return {
    queries: [query],
    duties: duty(
      waiting,
      '/demandes-d-acces',
      formatCount(waiting, 'demande d’accès à la plateforme', 'demandes d’accès à la plateforme'),
      waiting < 2 ? 'attend votre réponse' : 'attendent votre réponse',
    ),
  }
}

/** A week before the last day, a request of rights presses. */
const soon = 7
/** Those that one's structure holds, counted; the day on which the nearest delay ends is said (PRI-2). */
export const useRightsRequests = (enabled: boolean): Found => {
  const query = useQuery({
    queryKey: ['rights-requests', 'list', 'home'],
    queryFn: ({ signal }) => call(countRightsRequests, { signal }),
    enabled,
    ...fresh,
  })
  const { held = 0, dueOn = null } = query.data ?? {}
  return {
    queries: [query],
    duties: duty(
      held,
      '/demandes-de-droits',
      formatCount(held, 'demande de droits', 'demandes de droits'),
      dueOn
        ? `à traiter, la réponse la plus pressée pour le ${formatDay(dueOn)}`
        : 'à clore : les destinataires restent à prévenir',
      dueOn !== null && daysBetween(today(), dueOn) <= soon,
    ),
  }
}
