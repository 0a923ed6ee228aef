import * as contract from '../../../contract/people-and-rights/absences.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { absenceReply } from './absence-reply.ts'
import { mayDeclare } from './absences.policy.ts'
import { lockAbsence, saveWithdrawn } from './absences.queries.ts'

/** A second press changes nothing. */
export const withdrawAbsence = action(contract.withdrawAbsence, {
  load: async ({ params }, { db }) => found(await lockAbsence(db, params.absenceId)),
  may: (viewer, absence) => mayDeclare(viewer, absence),
  run: async (absence, _input, { db, viewer, now }) => {
    await saveWithdrawn(db, absence.id, viewer.accountId, now)
    const { accountId, startsOn, endsOn } = absence
    return {
      reply: absenceReply(viewer, { ...absence, withdrawn: true }),
      audit: [
        { action: 'absence.withdrawn', subject: ['absence', absence.id], detail: { accountId, startsOn, endsOn } },
      ],
    }
  },
})
