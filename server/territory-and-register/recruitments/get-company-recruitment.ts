import * as contract from '../../../contract/territory-and-register/recruitments.ts'
import { action } from '../../platform/action.ts'
import { readCompanyRecruitment } from './read-company.ts'
import { mayReadCompanyRecruitment } from './recruitments.policy.ts'

export const getCompanyRecruitment = action(contract.getCompanyRecruitment, {
  load: ({ params }, { db }) => readCompanyRecruitment(db, Number(params.siren)),
  may: (viewer, { places }) => mayReadCompanyRecruitment(viewer, places),
  run: async ({ reply }) => reply,
})
