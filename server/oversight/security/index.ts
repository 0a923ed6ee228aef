/**
 * Suspect uses, blocks and their verdicts.
 * Owns: tables account_blocks, use_places; acts account.blocked, account.unblocked, use.*.
 * Uses: accounts, rgc.
 * Reads: accounts, grants, organisations.
 * Start: `watch-uses.job.ts`, then `suspicion-rules.ts`; docs/account-managers.md.
 */

import type { Action } from '../../platform/action.ts'
import { blockAccount } from './block-account.ts'
import { findPeople } from './find-people.ts'
import { liftBlock } from './lift-block.ts'
import { liftOfficerBlock } from './lift-officer-block.ts'
import { listBlocks } from './list-blocks.ts'
import { listOfficerBlocks } from './list-officer-blocks.ts'

export const security: readonly Action[] = [
  listBlocks,
  findPeople,
  blockAccount,
  liftBlock,
  listOfficerBlocks,
  liftOfficerBlock,
]
