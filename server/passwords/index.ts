import type { Action } from '../platform/action.ts'
import { changePassword } from './change-password.ts'

export const passwords: readonly Action[] = [changePassword]
