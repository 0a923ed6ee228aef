/**
 * « Ne pas contacter » : who asked, why, until when, lifted or renewed.
 * Owns: table do_not_contact_marks; acts do-not-contact.*.
 * Uses: campaigns, commitments, establishments, exchanges.
 * Reads: accounts.
 * Start: `mark-do-not-contact.ts`, then `do-not-contact.policy.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { getDoNotContact } from './get-do-not-contact.ts'
import { liftDoNotContact } from './lift-do-not-contact.ts'
import { listNotToContact } from './list-not-to-contact.ts'
import { markDoNotContact } from './mark-do-not-contact.ts'
import { renewDoNotContact } from './renew-do-not-contact.ts'

export const doNotContact: readonly Action[] = [
  listNotToContact,
  getDoNotContact,
  markDoNotContact,
  renewDoNotContact,
  liftDoNotContact,
]
