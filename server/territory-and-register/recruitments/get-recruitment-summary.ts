import * as contract from '../../../contract/territory-and-register/recruitments.ts'
import { action } from '../../platform/action.ts'
import { readRecruitmentSummary } from './read-recruitment.ts'
import { mayReadRecruitment } from './recruitments.policy.ts'

export const getRecruitmentSummary = action(contract.getRecruitmentSummary, {
  load: ({ params }, { db }) => readRecruitmentSummary(db, Number(params.siret)),
  may: (viewer, { declarer }) => mayReadRecruitment(viewer, declarer),
  run: async ({ reply }) => reply,
})
