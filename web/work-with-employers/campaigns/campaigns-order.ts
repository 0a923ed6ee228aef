import type { campaignSorts } from '../../../contract/work-with-employers/campaigns.ts'
import { type Turned, turnedField, useTurnedOrder } from '../../platform/list-order.ts'

const labels: Readonly<Record<Turned<(typeof campaignSorts)[number]>, string>> = {
  start: 'Période, les récentes d’abord',
  '-start': 'Période, les anciennes d’abord',
  end: 'Dernier jour, le plus proche d’abord',
  '-end': 'Dernier jour, le plus lointain d’abord',
  name: 'Nom',
  '-name': 'Nom, de Z à A',
  purpose: 'Objet',
  '-purpose': 'Objet, dans l’autre sens',
  territory: 'Territoire',
  '-territory': 'Territoire, de Z à A',
  pilot: 'Pilote',
  '-pilot': 'Pilote, de Z à A',
  status: 'État, les brouillons d’abord',
  '-status': 'État, les archivées d’abord',
  progress: 'Avancement, les moins avancées d’abord',
  '-progress': 'Avancement, les plus avancées d’abord',
}
/** The latest to start first when the address says nothing. */
export const useCampaignsOrder = () => {
  const order = useTurnedOrder({
    said: {
      start: 'debut',
      name: 'nom',
      purpose: 'objet',
      territory: 'territoire',
      end: 'fin',
      pilot: 'pilote',
      status: 'etat',
      progress: 'avancement',
    },
    usual: 'start',
    largestFirst: ['start'],
  })
  return { ...order, field: turnedField(labels, order) }
}
