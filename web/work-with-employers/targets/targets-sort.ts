import { useTurnedOrder } from '../../platform/list-order.ts'

/** Those to contact come first when the address says nothing. */
export const useTargetSort = () =>
  useTurnedOrder({
    said: {
      siret: 'siret',
      name: 'nom',
      town: 'commune',
      headcount: 'effectif',
      size: 'taille',
      nature: 'nature',
      holder: 'a-qui',
      status: 'etat',
      action: 'action',
      contact: 'contact',
    },
    usual: 'status',
    largestFirst: ['headcount', 'size'],
  })
export type TargetOrder = ReturnType<typeof useTargetSort>
