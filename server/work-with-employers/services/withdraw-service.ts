import * as contract from '../../../contract/work-with-employers/services/services.ts'
import { action } from '../../platform/action.ts'
import { changed, checkStanding, loadLocked, statementOf } from './changing.ts'
import { mayEnterServices } from './services.policy.ts'

export const withdrawService = action(contract.withdrawService, {
  load: ({ params }, context) => loadLocked(params.serviceId, context),
  may: (viewer, row) => mayEnterServices(viewer, row),
  run: async (row, { body: { reason }, ifMatch }, context) => {
    checkStanding(row, ifMatch, context)
    const withdrawal = { action: 'operator-service.withdrawn', change: 'withdrawn', reason: reason.trim() } as const
    return changed(row, { ...withdrawal, statement: statementOf(row) }, context)
  },
})
