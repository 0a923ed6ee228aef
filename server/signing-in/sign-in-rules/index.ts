/**
 * Which ways of signing in the operator accepts, by profile and date.
 * Owns: tables authentication_directives; acts authentication-directive.set.
 * Uses: no code of another room.
 * Reads: accounts.
 * Start: `set-directive.ts`, then `directives-rules.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { listDirectives } from './list-directives.ts'
import { setDirective } from './set-directive.ts'

export const signInRules: readonly Action[] = [listDirectives, setDirective]
