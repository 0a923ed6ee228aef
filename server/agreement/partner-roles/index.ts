/**
 * A partner's own roles (SI correspondent, DPD, RSSI, training and operational leads), given and ended by itself, from
 * its contacts of annex 2 (AGR-16).
 * Owns: no table; acts partner-role.*.
 * Uses: accounts, conventions.
 * Reads: account_contacts, accounts, role_assignments.
 * Start: `give-partner-role.ts`, then `database/functions/roles.sql`, which alone writes.
 */

import type { Action } from '../../platform/action.ts'
import { endPartnerRole } from './end-partner-role.ts'
import { givePartnerRole } from './give-partner-role.ts'
import { listPartnerRoleTakers } from './list-partner-role-takers.ts'
import { listPartnerRoles } from './list-partner-roles.ts'
import { listPartnerSeats } from './list-partner-seats.ts'

export const partnerRoles: readonly Action[] = [
  listPartnerSeats,
  listPartnerRoles,
  listPartnerRoleTakers,
  givePartnerRole,
  endPartnerRole,
]
