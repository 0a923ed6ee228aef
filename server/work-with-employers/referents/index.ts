/**
 * The referent of an employer: which colleague of which structure is its interlocutor, since when, named and ended by whom.
 * Owns: table referents; acts referent.*.
 * Uses: campaigns, establishments, exchanges.
 * Reads: accounts, establishments, organisations, provisional_establishments.
 * Start: `name-referent.ts`, then `referents.policy.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { endReferent } from './end-referent.ts'
import { listReferents } from './list-referents.ts'
import { nameReferent } from './name-referent.ts'

export const referents: readonly Action[] = [listReferents, nameReferent, endReferent]
