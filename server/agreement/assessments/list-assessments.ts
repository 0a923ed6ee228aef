import * as contract from '../../../contract/agreement/assessments.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayReadAssessments } from './assessments.policy.ts'
import { selectAssessments, underConvention } from './assessments.queries.ts'
import { assessmentsReply } from './assessments-reply.ts'

export const listAssessments = action(contract.listAssessments, {
  load: async ({ query }, { db }) => {
    const [rows, partner] = await Promise.all([
      selectAssessments(db, query.organisationId),
      underConvention(db, query.organisationId),
    ])
    return { rows, partner: { ...found(partner), organisationId: query.organisationId } }
  },
  may: (viewer, { partner }) => mayReadAssessments(viewer, partner) || 'assessment/not-yours',
  run: async ({ rows, partner }, _input, { today, viewer }) =>
    assessmentsReply(viewer, partner.organisationId, rows, partner.since, today),
})
