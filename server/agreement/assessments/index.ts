import type { Action } from '../../platform/action.ts'
import { listAssessments } from './list-assessments.ts'
import { recordAssessment } from './record-assessment.ts'

export const assessments: readonly Action[] = [listAssessments, recordAssessment]
