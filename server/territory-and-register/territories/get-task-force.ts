import * as contract from '../../../contract/territory-and-register/territories.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { rightsOf, taskForceReply } from './task-force-reply.ts'
import { mayRead } from './task-forces.policy.ts'
import { readTaskForce } from './task-forces.queries.ts'

export const getTaskForce = action(contract.getTaskForce, {
  load: async ({ params }, { db }) => found(await readTaskForce(db, params.territoryId)),
  may: (viewer, force) => mayRead(viewer, rightsOf(force)),
  run: async (force, _input, { viewer }) => taskForceReply(viewer, force),
})
