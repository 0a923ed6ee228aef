/**
 * What an employer committed to: charters, labels, clauses, promises of inclusion, with dates and evidence.
 * Owns: tables commitments, commitment_versions, commitment_kinds; acts commitment.*.
 * Uses: establishments.
 * Reads: accounts, organisations.
 * Start: `note-commitment.ts`, then `commitment-rules.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { addCommitmentKind } from './add-commitment-kind.ts'
import { changeCommitmentKind } from './change-commitment-kind.ts'
import { correctCommitment } from './correct-commitment.ts'
import { endCommitment } from './end-commitment.ts'
import { listCommitmentKinds } from './list-commitment-kinds.ts'
import { listCommitments } from './list-commitments.ts'
import { noteCommitment } from './note-commitment.ts'
import { retireCommitmentKind } from './retire-commitment-kind.ts'
import { returnCommitmentKind } from './return-commitment-kind.ts'
import { withdrawCommitment } from './withdraw-commitment.ts'

export const commitments: readonly Action[] = [
  listCommitments,
  noteCommitment,
  correctCommitment,
  endCommitment,
  withdrawCommitment,
  listCommitmentKinds,
  addCommitmentKind,
  changeCommitmentKind,
  retireCommitmentKind,
  returnCommitmentKind,
]
