import type { Action } from '../../platform/action.ts'
import { listConfirmations } from './list-confirmations.ts'
import { settleConfirmations } from './settle-confirmations.ts'

/**
 * A second person for what one alone must not open: the database asks for them (ctx.ask_second_for_grant, …_account),
 * here they answer.
 */
export const confirmations: readonly Action[] = [listConfirmations, settleConfirmations]
