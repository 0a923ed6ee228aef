/**
 * A partner as a structure: registered with who signs for it, who it is since when, and its territories.
 * Owns: tables organisation_identities, organisation_siret_versions, organisation_territories;
 * acts partner.*, structure.*.
 * Uses: conventions, invitations.
 * Reads: accounts, convention_amendments, conventions, territories.
 * Start: `partners.ts`, then `structure-territories.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { nameSignatory, registerPartner } from './partners.ts'
import { changePartyIdentity, getPartyIdentity } from './party-identity.ts'
import { settlePartySiret } from './party-sirets.ts'
import { getStructureTerritories, settleStructureTerritories } from './structure-territories.ts'

export const partners: readonly Action[] = [
  registerPartner,
  nameSignatory,
  getPartyIdentity,
  changePartyIdentity,
  settlePartySiret,
  getStructureTerritories,
  settleStructureTerritories,
]
