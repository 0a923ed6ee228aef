import type { needSorts } from '../../../contract/work-with-employers/needs.ts'
import { type Turned, turnedField, useTurnedOrder } from '../../platform/list-order.ts'

const labels: Readonly<Record<Turned<(typeof needSorts)[number]>, string>> = {
  noted: 'Âge, les plus récents d’abord',
  '-noted': 'Âge, les plus anciens d’abord',
  what: 'Besoin, par nature puis métier',
  '-what': 'Besoin, dans l’autre sens',
  employer: 'Employeur',
  '-employer': 'Employeur, de Z à A',
  state: 'État, les ouverts d’abord',
  '-state': 'État, les ouverts à la fin',
  holder: 'Suivi par',
  '-holder': 'Suivi par, de Z à A',
}
/** The newest first when the address says nothing. */
export const useNeedsOrder = () => {
  const order = useTurnedOrder({
    said: { noted: 'age', what: 'besoin', employer: 'employeur', state: 'etat', holder: 'suivi' },
    usual: 'noted',
    largestFirst: [],
  })
  return { ...order, field: turnedField(labels, order) }
}
export type NeedsOrder = ReturnType<typeof useNeedsOrder>
