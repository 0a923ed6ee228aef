import * as contract from '../../../contract/agreement/assessments.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { datesHold } from './assessment-rules.ts'
import { recordedNotice } from './assessments.mails.ts'
import { mayRecordAssessment } from './assessments.policy.ts'
import { insertAssessment, selectAssessments, underConvention } from './assessments.queries.ts'
import { assessmentsReply } from './assessments-reply.ts'

/**
 * Records by hand an assessment made elsewhere (AGR-10): its day, its outcome, where its evidence is, the next date.
 * The partner's security and account managers are told.
 */
export const recordAssessment = action(contract.recordAssessment, {
  load: async ({ body }, { db }) => found(await underConvention(db, body.organisationId)),
  may: (viewer, partner, { body: { organisationId } }) => {
    if (!mayRecordAssessment(viewer, organisationId)) return 'access/role-required'
    return (partner.kind !== 'operateur' && partner.since !== null) || 'assessment/partner-only'
  },
  run: async (
    partner,
    { body: { organisationId, assessedOn, outcome, reference, nextDueOn } },
    { db, newId, now, today, viewer },
  ) => {
    if (!datesHold(assessedOn, nextDueOn, today)) throw new Refused('assessment/dates')
    const row = {
      id: newId(),
      organisationId,
      assessedOn,
      outcome: outcome.trim(),
      reference: reference.trim(),
      nextDueOn,
    }
    await insertAssessment(db, { ...row, recordedBy: viewer.accountId, recordedAt: now })
    const told = await tellRoles(db, { organisationId }, recordedNotice(row), { newId, now })
    return {
      reply: {
        ...assessmentsReply(viewer, organisationId, await selectAssessments(db, organisationId), partner.since, today),
        told,
      },
      audit: [
        {
          action: 'security-assessment.recorded',
          subject: ['organisation', organisationId],
          detail: { assessment: row.id, assessedOn, outcome: row.outcome, reference: row.reference, nextDueOn, told },
        },
      ],
    }
  },
})
