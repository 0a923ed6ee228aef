/**
 * A disagreement between the parties of a convention (article 11), to its settlement or its court.
 * Owns: tables disagreements, disagreement_steps; acts disagreement.*.
 * Uses: conventions.
 * Start: `disagreement-lifecycle.ts`, then `record-step.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { listDisagreements } from './list-disagreements.ts'
import { openDisagreement } from './open-disagreement.ts'
import { recordDisagreementStep } from './record-step.ts'

export const disagreements: readonly Action[] = [listDisagreements, openDisagreement, recordDisagreementStep]
