/**
 * Who helps someone to come in: codes handed over, lost factors reset, first links confirmed. The account manager, or
 * the operator for the first persons of a structure.
 * Owns: acts second-factor.*, second-factors.*, password.link-made, account.link*.
 * Uses: identity, passwords.
 * Start: `get-sign-in-help.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { decideLink } from './decide-link.ts'
import { getSignInHelp } from './get-sign-in-help.ts'
import { giveEnrolmentCode } from './give-enrolment-code.ts'
import { listFirstPeople } from './list-first-people.ts'
import { resetSecondFactors } from './reset-lost-factor.ts'
import { sendPasswordLink } from './send-password-link.ts'

export const signInHelp: readonly Action[] = [
  getSignInHelp,
  listFirstPeople,
  resetSecondFactors,
  giveEnrolmentCode,
  sendPasswordLink,
  decideLink,
]
