import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { intakeReply } from './intake-reply.ts'
import { mayReadIntake } from './intakes.policy.ts'
import { ownIntake } from './intakes.queries.ts'

export const getNeedIntake = action(contract.getNeedIntake, {
  load: async (_input, { db }) => ({ own: await ownIntake(db) }),
  may: viewer => mayReadIntake(viewer),
  run: async ({ own }, _input, { viewer }) => intakeReply(viewer, own),
})
