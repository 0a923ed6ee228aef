import * as contract from '../../../contract/work-with-employers/services/services.ts'
import { action } from '../../platform/action.ts'
import { changed, checkStanding, loadLocked, statementOf } from './changing.ts'
import { checkDays, checkKind } from './service-rules.ts'
import { mayEnterServices } from './services.policy.ts'

export const correctService = action(contract.correctService, {
  load: ({ params }, context) => loadLocked(params.serviceId, context),
  may: (viewer, row) => mayEnterServices(viewer, row),
  run: async (row, { body: { reason, ...typed }, ifMatch }, context) => {
    checkStanding(row, ifMatch, context)
    checkKind(typed.kind, typed.usedOn, row.kind)
    const statement = statementOf(typed)
    checkDays(statement, context.today)
    return changed(
      row,
      { action: 'operator-service.corrected', change: 'corrected', reason: reason.trim(), statement },
      context,
    )
  },
})
