import * as contract from '../../../contract/territory-and-register/recruitments.ts'
import { action } from '../../platform/action.ts'
import { readRecruitment } from './read-recruitment.ts'
import { mayReadRecruitment } from './recruitments.policy.ts'

export const getRecruitment = action(contract.getRecruitment, {
  load: ({ params }, { db }) => readRecruitment(db, Number(params.siret)),
  may: (viewer, { declarer }) => mayReadRecruitment(viewer, declarer),
  run: async ({ reply }) => reply,
})
