/**
 * The yearly assessment of a partner’s security.
 * Owns: tables security_assessments; acts security-assessment.recorded.
 * Uses: no code of another room.
 * Reads: accounts, conventions, organisations.
 * Start: `record-assessment.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { listAssessments } from './list-assessments.ts'
import { recordAssessment } from './record-assessment.ts'

export const assessments: readonly Action[] = [listAssessments, recordAssessment]
