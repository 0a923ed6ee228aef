/**
 * The answer of a second person, which the database asks for (`ctx.ask_second_for_grant`, `…_account`).
 * Owns: tables confirmations; acts confirmation.*.
 * Uses: accounts, anomalies.
 * Reads: account_contacts, accounts, agencies, grants, territories.
 * Start: `settle-confirmations.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { listConfirmations } from './list-confirmations.ts'
import { settleConfirmations } from './settle-confirmations.ts'

export const confirmations: readonly Action[] = [listConfirmations, settleConfirmations]
