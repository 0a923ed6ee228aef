/**
 * A convention: its life as facts and pure deadlines, its document, its contacts (annex 2), its territories.
 * Owns: tables convention*, organisation_territories; acts convention*, contact.*, partner.*, structure.*.
 * Uses: assessments, invitations, tools.
 * Start: `deadlines.ts`, then `sign-convention.ts`; docs/conventions.md.
 */

import type { Action } from '../../platform/action.ts'
import { draftConvention } from './draft-convention.ts'
import { editConvention } from './edit-convention.ts'
import { endContact } from './end-contact.ts'
import { exportConventions } from './export-conventions.ts'
import { getConvention } from './get-convention.ts'
import { giveNotice } from './give-notice.ts'
import { listConventions } from './list-conventions.ts'
import { listTemplates } from './list-templates.ts'
import { nameContact } from './name-contact.ts'
import { notifyBreach } from './notify-breach.ts'
import { nameSignatory, registerPartner } from './partners.ts'
import { previewConvention } from './preview-convention.ts'
import { proposeAmendment } from './propose-amendment.ts'
import { publishTemplate } from './publish-template.ts'
import { recallConvention } from './recall-convention.ts'
import { recordReceipt } from './record-receipt.ts'
import { sendConvention } from './send-convention.ts'
import { settleAuthority } from './settle-authority.ts'
import { signAmendment } from './sign-amendment.ts'
import { signConvention } from './sign-convention.ts'
import { getStructureTerritories, settleStructureTerritories } from './structure-territories.ts'
import { withdraw } from './withdraw.ts'

export const conventions: readonly Action[] = [
  listConventions,
  exportConventions,
  getConvention,
  draftConvention,
  editConvention,
  previewConvention,
  sendConvention,
  recallConvention,
  signConvention,
  settleAuthority,
  giveNotice,
  notifyBreach,
  recordReceipt,
  withdraw,
  proposeAmendment,
  signAmendment,
  nameContact,
  endContact,
  listTemplates,
  publishTemplate,
  registerPartner,
  nameSignatory,
  getStructureTerritories,
  settleStructureTerritories,
]
