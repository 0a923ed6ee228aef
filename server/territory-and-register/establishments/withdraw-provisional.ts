import * as contract from '../../../contract/territory-and-register/establishments.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayChange } from './provisional.policy.ts'
import { deleteProvisional, lockProvisional, readProvisional } from './provisional.queries.ts'
import { checkUnused, told } from './provisional-rules.ts'

/** Gone, but for the trail, which says what was typed; the same SIRET may be typed again. */
export const withdrawProvisional = action(contract.withdrawProvisional, {
  load: async ({ params }, { db }) => {
    const siret = Number(params.siret)
    const [, before] = await Promise.all([lockProvisional(db, siret), readProvisional(db, siret)])
    return found(before)
  },
  may: (viewer, before) => mayChange(viewer, before),
  run: async (before, { params }, { db }) => {
    checkUnused(before)
    if ((await deleteProvisional(db, before.siret)) === 0) throw new Refused('establishment/provisional-in-use')
    return {
      reply: { siret: params.siret },
      audit: [
        {
          action: 'establishment.provisional-withdrawn',
          subject: ['establishment', params.siret],
          detail: { before: told(before), after: null },
        },
      ],
    }
  },
})
