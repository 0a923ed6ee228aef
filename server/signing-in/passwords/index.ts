import type { Action } from '../../platform/action.ts'
import { changePassword } from './change-password.ts'
import { decidePassword } from './decide-password.ts'
import { listPasswordOrganisations } from './list-password-organisations.ts'

export const passwords: readonly Action[] = [changePassword, listPasswordOrganisations, decidePassword]
