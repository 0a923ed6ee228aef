import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { movedNeed } from './moving.ts'
import { mayActOnNeed } from './needs.policy.ts'
import { needById } from './needs.queries.ts'

/** How many, on which contract, when; who was hired is nobody's to write here. */
export const noteHire = action(contract.noteHire, {
  load: async ({ params }, { db }) => found(await needById(db, params.needId)),
  may: (viewer, need) => mayActOnNeed(viewer, need, 'hire'),
  run: (need, { body: { beyond = false, ...hire } }, context) => {
    if (hire.hiredOn > context.today) throw new Refused('need/hire-in-future')
    return movedNeed(need, 'hire', { hire: { ...hire, beyond, id: context.newId() } }, context)
  },
})
