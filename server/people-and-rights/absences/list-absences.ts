import * as contract from '../../../contract/people-and-rights/absences.ts'
import { action } from '../../platform/action.ts'
import { absenceReply } from './absence-reply.ts'
import { mayDeclare } from './absences.policy.ts'
import { colleagues, comingAbsences } from './absences.queries.ts'

export const listAbsences = action(contract.listAbsences, {
  load: async (_input, { db, today }) => {
    const [absences, people] = await Promise.all([comingAbsences(db, today), colleagues(db)])
    return { absences, people }
  },
  may: () => true, // row-level security chooses the rows
  run: async ({ absences, people }, _input, { viewer }) => ({
    items: absences.map(absence => absenceReply(viewer, absence)),
    colleagues: people
      .filter(person => mayDeclare(viewer, person) === true)
      .map(({ accountId, name, organisationId }) => ({ id: accountId, name, organisationId })),
  }),
})
