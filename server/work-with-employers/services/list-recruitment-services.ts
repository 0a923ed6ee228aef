import * as contract from '../../../contract/work-with-employers/services/services.ts'
import { action } from '../../platform/action.ts'
import { loadServices, mayReadHere, servicesReply } from './read-services.ts'

/** Within the recruitment card, for whoever holds that tool alone. */
export const listRecruitmentServices = action(contract.listRecruitmentServices, {
  load: loadServices,
  may: mayReadHere,
  run: servicesReply,
})
