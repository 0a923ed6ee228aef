/**
 * A second account, in another structure, for one person and one address (ACC-16).
 * Owns: tables shared_addresses; acts second-account.*.
 * Uses: accounts.
 * Start: `second-accounts.policy.ts`, then `settle-second-account.ts`; docs/decisions/0044.
 */

import type { Action } from '../../platform/action.ts'
import { askSecondAccount } from './ask-second-account.ts'
import { listSecondAccounts } from './list-second-accounts.ts'
import { settleSecondAccount } from './settle-second-account.ts'

export const secondAccounts: readonly Action[] = [listSecondAccounts, askSecondAccount, settleSecondAccount]
