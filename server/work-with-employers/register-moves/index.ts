/**
 * The register moves under the work (CAM-14): what closed stops, what continues elsewhere is carried, its owner is told.
 * Owns: tables register_moves, register_move_records, register_move_targets; acts register-move.*.
 * Uses: campaigns, establishments.
 * Reads: campaigns, establishment_successions, establishments.
 * Start: `fate-rules.ts`, then `follow-register.ts`; docs/campaigns.md.
 */

import type { Action } from '../../platform/action.ts'
import { getFollowed } from './get-followed.ts'
import { listRegisterMoves } from './list-register-moves.ts'
import { listTargetOrigins } from './list-target-origins.ts'

export const registerMoves: readonly Action[] = [listRegisterMoves, getFollowed, listTargetOrigins]
