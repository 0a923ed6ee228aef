import * as contract from '../../../contract/oversight/security.ts'
import { action } from '../../platform/action.ts'
import { lift } from './lift.ts'

/** By an administrator: what a detection blocked of a security officer, who may be alone. */
export const liftOfficerBlock = action(contract.liftOfficerBlock, lift)
