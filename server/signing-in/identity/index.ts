/**
 * Who comes in: ProConnect, first links, second factors, sessions.
 * Owns: tables sessions, account_identities, pending_links, sign_in_transactions, sign_in_choices, expected_providers, recovery_codes,
 * second_factor*, first_enrolments, told_at_the_door; acts session*, sign-in.*, account.link*, second-factor.*, recovery-code*, keys.*.
 * Uses: texts.
 * Reads: accounts, organisations, passwords, territories.
 * Start: `sign-in.ts`, then `proof.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { confirmPasskey } from './confirm-passkey.ts'
import { confirmTotp } from './confirm-totp.ts'
import { endOtherSessions } from './end-other-sessions.ts'
import { endSession } from './end-session.ts'
import { getMe } from './get-me.ts'
import { listSessions } from './list-sessions.ts'
import { openEnrolment } from './open-enrolment.ts'
import { proveByPasskey } from './prove-by-passkey.ts'
import { proveByRecoveryCode } from './prove-by-recovery-code.ts'
import { proveByTotp } from './prove-by-totp.ts'
import { removeSecondFactor } from './remove-second-factor.ts'
import { replaceRecoveryCodes } from './replace-recovery-codes.ts'
import { signOut } from './sign-out.ts'
import { startPasskey } from './start-passkey.ts'
import { startPasskeyProof } from './start-passkey-proof.ts'
import { startTotp } from './start-totp.ts'

export const actions: readonly Action[] = [
  getMe,
  signOut,
  openEnrolment,
  startTotp,
  confirmTotp,
  startPasskey,
  confirmPasskey,
  proveByTotp,
  startPasskeyProof,
  proveByPasskey,
  proveByRecoveryCode,
  removeSecondFactor,
  replaceRecoveryCodes,
  listSessions,
  endSession,
  endOtherSessions,
]
