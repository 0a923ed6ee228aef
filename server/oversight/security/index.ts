import type { Action } from '../../platform/action.ts'
import { blockAccount } from './block-account.ts'
import { findPeople } from './find-people.ts'
import { liftBlock } from './lift-block.ts'
import { listBlocks } from './list-blocks.ts'

export const security: readonly Action[] = [listBlocks, findPeople, blockAccount, liftBlock]
