/**
 * Who stands behind the pseudonym of an account that ended: read by those entitled, for a reason, in the trail.
 * Owns: acts pseudonym.*.
 * Uses: no code of another room.
 * Start: `pseudonyms.policy.ts`, then `read-pseudonym.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { readPseudonym } from './read-pseudonym.ts'

export const pseudonyms: readonly Action[] = [readPseudonym]
