import * as contract from '../../../contract/work-with-employers/services/services.ts'
import { action } from '../../platform/action.ts'
import { loadServices, mayReadHere, servicesReply } from './read-services.ts'

export const listServices = action(contract.listServices, {
  load: loadServices,
  may: mayReadHere,
  run: servicesReply,
})
