/**
 * An account manager helps someone to come in: codes handed over, lost factors reset, first links confirmed.
 * Owns: acts second-factor.*, second-factors.*, password.link-made, account.link*.
 * Uses: identity, passwords.
 * Start: `get-sign-in-help.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { decideLink } from './decide-link.ts'
import { getSignInHelp } from './get-sign-in-help.ts'
import { giveEnrolmentCode } from './give-enrolment-code.ts'
import { resetSecondFactors } from './reset-lost-factor.ts'
import { sendPasswordLink } from './send-password-link.ts'

export const signInHelp: readonly Action[] = [
  getSignInHelp,
  resetSecondFactors,
  giveEnrolmentCode,
  sendPasswordLink,
  decideLink,
]
