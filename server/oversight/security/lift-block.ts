import * as contract from '../../../contract/oversight/security.ts'
import { action } from '../../platform/action.ts'
import { lift } from './lift.ts'

/** By a security officer, of every region or of the structure's. */
export const liftBlock = action(contract.liftBlock, lift)
