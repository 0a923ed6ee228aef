import type { Action } from '../../platform/action.ts'
import { blockAccount } from './block-account.ts'
import { findPeople } from './find-people.ts'
import { liftBlock } from './lift-block.ts'
import { listAssessments } from './list-assessments.ts'
import { listBlocks } from './list-blocks.ts'
import { recordAssessment } from './record-assessment.ts'

export const security: readonly Action[] = [
  listBlocks,
  findPeople,
  blockAccount,
  liftBlock,
  listAssessments,
  recordAssessment,
]
