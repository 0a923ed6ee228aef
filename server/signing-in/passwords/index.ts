/**
 * Signing in by password, where the operator allows it: strength, attempts, one-time links.
 * Owns: tables passwords, password_links, organisation_sign_in, sign_in_budgets;
 * acts password.*, organisation.password-*, session.opened, sign-in.failed.
 * Uses: identity.
 * Reads: account_contacts, accounts, organisations.
 * Start: `sign-in-by-password.ts`, then `throttle-rules.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { changePassword } from './change-password.ts'
import { decidePassword } from './decide-password.ts'
import { listPasswordOrganisations } from './list-password-organisations.ts'

export const passwords: readonly Action[] = [changePassword, listPasswordOrganisations, decidePassword]
