import type { Static } from 'typebox'
import type { Absence } from '../../../contract/people-and-rights/absences.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { mayDeclare } from './absences.policy.ts'
import type { AbsenceRow } from './absences.queries.ts'

/** An absence as the contract shows it to this viewer. */
export const absenceReply = (viewer: Viewer, absence: AbsenceRow): Static<typeof Absence> => ({
  id: absence.id,
  person: { id: absence.accountId, name: absence.name, organisationId: absence.organisationId },
  startsOn: absence.startsOn,
  endsOn: absence.endsOn,
  allowed: !absence.withdrawn && mayDeclare(viewer, absence) === true ? ['withdraw'] : [],
})
