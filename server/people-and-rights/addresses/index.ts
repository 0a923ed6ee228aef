/**
 * The address of an account that changes: asked by who decides for the person, confirmed by another, told to both.
 * Owns: tables address_changes; acts address.*.
 * Uses: accounts, people.
 * Reads: accounts.
 * Start: `addresses.policy.ts`, then `settle-address-change.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { askAddressChange } from './ask-address-change.ts'
import { listAddressChanges } from './list-address-changes.ts'
import { settleAddressChange } from './settle-address-change.ts'

export const addresses: readonly Action[] = [listAddressChanges, askAddressChange, settleAddressChange]
