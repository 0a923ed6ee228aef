/**
 * What the one search box finds beside the register, and the contacts of the lines shown.
 * Owns: nothing.
 * Uses: campaigns, correspondents, establishments, exchanges.
 * Reads: account_contacts, accounts, campaign_members, campaign_targets, campaigns, correspondent_links,
 * correspondent_values, correspondents, establishments, exchanges, provisional_establishments, territory_overlaps.
 * Start: `find-beside-register.ts`, then `list-known-contacts.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { findBesideRegister } from './find-beside-register.ts'
import { getColleague } from './get-colleague.ts'
import { listKnownContacts } from './list-known-contacts.ts'

export const finding: readonly Action[] = [findBesideRegister, getColleague, listKnownContacts]
