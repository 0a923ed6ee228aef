import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { movedNeed } from './moving.ts'
import { mayActOnNeed } from './needs.policy.ts'
import { needById } from './needs.queries.ts'
import { overtakenProposal } from './proposals.queries.ts'

/** One taker at a time: whoever comes second is told by whom it was taken. */
export const takeNeed = action(contract.takeNeed, {
  load: async ({ params: { needId } }, { db }) => {
    const [need, overtaken] = await Promise.all([needById(db, needId), overtakenProposal(db, needId)])
    // Kept to its structure, it is no longer shown to who came second; what they were proposed still says by whom.
    if (overtaken && need?.state !== 'ouvert')
      throw new Refused('need/taken', { facts: { takenBy: need?.takenBy ?? overtaken.overtakenBy } })
    return found(need)
  },
  // Taken first by a colleague: who comes second is told by whom, which is no matter of right.
  may: (viewer, need) =>
    (need.state === 'pris-en-charge' && need.takenByOrganisationId === viewer.organisationId) ||
    mayActOnNeed(viewer, need, 'take'),
  run: (need, _input, context) => movedNeed(need, 'take', {}, context),
})
