/**
 * Security awareness each year, and the structure’s validation of its equipment.
 * Owns: tables awareness_*, equipment_validations; acts awareness.*, equipment.*.
 * Uses: no code of another room.
 * Reads: account_contacts, accounts, organisations.
 * Start: `record-awareness.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { listAwareness } from './list-awareness.ts'
import { listEquipmentValidations } from './list-equipment-validations.ts'
import { recognisePeople } from './recognise-people.ts'
import { recordAwareness } from './record-awareness.ts'
import { recordEquipmentValidation } from './record-equipment-validation.ts'
import { recordMeeting } from './record-meeting.ts'
import { setAwarenessPolicy } from './set-awareness-policy.ts'

export const awareness: readonly Action[] = [
  listAwareness,
  recordAwareness,
  recognisePeople,
  recordMeeting,
  setAwarenessPolicy,
  listEquipmentValidations,
  recordEquipmentValidation,
]
