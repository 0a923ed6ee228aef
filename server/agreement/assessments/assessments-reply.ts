import type { Static } from 'typebox'
import type { Assessments } from '../../../contract/agreement/assessments.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { assessmentDueOn, isAssessmentLate } from './assessment-rules.ts'
import { mayRecordAssessment } from './assessments.policy.ts'
import type { AssessmentRow } from './assessments.queries.ts'

export const assessmentsReply = (
  viewer: Viewer,
  organisationId: string,
  rows: readonly AssessmentRow[],
  since: Date | null,
  today: string,
): Static<typeof Assessments> => {
  const dueOn = assessmentDueOn(rows[0]?.nextDueOn ?? null, since)
  return {
    items: rows.map(row => ({ ...row, recordedAt: row.recordedAt.toISOString() })),
    dueOn,
    late: isAssessmentLate(dueOn, today),
    allowed: mayRecordAssessment(viewer, organisationId) ? ['record'] : [],
  }
}
