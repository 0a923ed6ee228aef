import * as contract from '../../../contract/people-and-rights/absences.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { absenceReply } from './absence-reply.ts'
import { refusedDays } from './absence-rules.ts'
import { mayDeclare } from './absences.policy.ts'
import { colleague, insertAbsence } from './absences.queries.ts'

/** The days alone: nothing asks nor keeps why. */
export const sayAbsence = action(contract.sayAbsence, {
  load: async ({ body }, { db }) => found(await colleague(db, body.accountId)),
  may: (viewer, person) => mayDeclare(viewer, person),
  run: async (person, { body: { startsOn, endsOn } }, { db, viewer, now, today, newId }) => {
    const refused = refusedDays({ startsOn, endsOn }, today)
    if (refused) throw new Refused(refused)
    const { accountId, organisationId } = person
    const absence = { id: newId(), accountId, organisationId, startsOn, endsOn }
    if (!(await insertAbsence(db, { ...absence, saidBy: viewer.accountId, saidAt: now })))
      throw new Refused('absence/overlaps')
    return {
      reply: absenceReply(viewer, { ...absence, name: person.name, withdrawn: false }),
      audit: [{ action: 'absence.said', subject: ['absence', absence.id], detail: { accountId, startsOn, endsOn } }],
    }
  },
})
