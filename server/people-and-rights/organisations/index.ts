/**
 * Structures, their agencies, their delegates and contractors.
 * Owns: tables organisations, organisation_sirets, agencies, agency_territories, third_parties; acts agency.*, third-party.*.
 * Uses: accounts.
 * Reads: accounts, grants, territories.
 * Start: `declare-agency.ts`, then `structure-rules.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { closeAgency, reopenAgency } from './close-agency.ts'
import { declareAgency } from './declare-agency.ts'
import { declareThirdParty } from './declare-third-party.ts'
import { editAgency } from './edit-agency.ts'
import { editThirdParty } from './edit-third-party.ts'
import { getStructure } from './get-structure.ts'
import { listOrganisations } from './list-organisations.ts'

export const organisations: readonly Action[] = [
  listOrganisations,
  getStructure,
  declareAgency,
  editAgency,
  closeAgency,
  reopenAgency,
  declareThirdParty,
  editThirdParty,
]
