/**
 * The operator's roles, given and ended by its administrators from the screens (AGR-16).
 * Owns: no table; acts role.*.
 * Uses: no code of another room.
 * Reads: account_contacts, accounts, organisations, role_assignments, territories.
 * Start: `give-operator-role.ts`, then `database/functions/roles.sql`, which alone writes.
 */

import type { Action } from '../../platform/action.ts'
import { endOperatorRole } from './end-operator-role.ts'
import { giveOperatorRole } from './give-operator-role.ts'
import { listOperatorRoles } from './list-operator-roles.ts'
import { listRoleTakers } from './list-role-takers.ts'

export const roles: readonly Action[] = [listOperatorRoles, listRoleTakers, giveOperatorRole, endOperatorRole]
