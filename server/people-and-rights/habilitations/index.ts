import type { Action } from '../../platform/action.ts'
import { askGrant } from './ask-grant.ts'
import { changeGrant } from './change-grant.ts'
import { checkImport } from './check-import.ts'
import { confirmImport } from './confirm-import.ts'
import { createPerson } from './create-person.ts'
import { decideGrantRequest } from './decide-grant-request.ts'
import { editPerson } from './edit-person.ts'
import { endGrant } from './end-grant.ts'
import { exportAccess } from './export-access.ts'
import { getHabilitationsHome } from './get-home.ts'
import { getPerson } from './get-person.ts'
import { grantAccess } from './grant-access.ts'
import { liftInactivity } from './lift-inactivity.ts'
import { listAccess } from './list-access.ts'
import { listGrantRequests } from './list-grant-requests.ts'
import { listPeople } from './list-people.ts'
import { listPerimeters } from './list-perimeters.ts'
import { recordDeparture } from './record-departure.ts'
import { resumePerson } from './resume-person.ts'
import { suspendPerson } from './suspend-person.ts'
import { withdrawGrantRequest } from './withdraw-grant-request.ts'

export const habilitations: readonly Action[] = [
  getHabilitationsHome,
  listPeople,
  getPerson,
  createPerson,
  editPerson,
  suspendPerson,
  resumePerson,
  liftInactivity,
  recordDeparture,
  grantAccess,
  changeGrant,
  endGrant,
  checkImport,
  confirmImport,
  askGrant,
  listGrantRequests,
  decideGrantRequest,
  withdrawGrantRequest,
  listPerimeters,
  listAccess,
  exportAccess,
]
