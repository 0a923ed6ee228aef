/**
 * The people of a structure: their accounts are opened, corrected, suspended and ended.
 * Owns: tables account_imports, departed_people, departures_*, inactivity_*; acts account.*, accounts.*.
 * Uses: accounts, anomalies, confirmations, invitations, organisations, territories.
 * Reads: account_activity, account_blocks, account_contacts, accounts, confirmations, exceptional_acts, grants,
 * organisation_sign_in, role_assignments, third_parties.
 * Start: `create-person.ts`, then `acts.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { checkImport } from './check-import.ts'
import { confirmImport } from './confirm-import.ts'
import { createPerson } from './create-person.ts'
import { cancelDeparture, enterDeparture } from './departure-to-come.ts'
import { editPerson } from './edit-person.ts'
import { getPerson } from './get-person.ts'
import { liftInactivity } from './lift-inactivity.ts'
import { listPeople } from './list-people.ts'
import { recordDeparture } from './record-departure.ts'
import { resumePerson } from './resume-person.ts'
import { suspendPerson } from './suspend-person.ts'
import { undoDeparture } from './undo-departure.ts'

export const people: readonly Action[] = [
  listPeople,
  getPerson,
  createPerson,
  editPerson,
  suspendPerson,
  resumePerson,
  liftInactivity,
  recordDeparture,
  enterDeparture,
  cancelDeparture,
  undoDeparture,
  checkImport,
  confirmImport,
]
