/**
 * A convention: its life as facts and pure deadlines, its document, its letters, its contacts (annex 2).
 * Owns: tables conventions, convention_a*, convention_breaches, convention_co*, convention_documents, convention_notices,
 * convention_receipts, convention_sign*, signature_deputies; acts convention.*, conventions.*, contact.*.
 * Uses: assessments, templates, tools, uploads.
 * Reads: accounts, convention_templates, operator_identities, organisation_identities, organisation_territories,
 * organisations, security_assessments, territories.
 * Start: `deadlines.ts`, then `sign-convention.ts`; docs/conventions.md.
 */

import type { Action } from '../../platform/action.ts'
import { answerEntry } from './answer-entry.ts'
import { closeAmendment } from './close-amendment.ts'
import { correctDate } from './correct-date.ts'
import { draftConvention, editConvention } from './draft-convention.ts'
import { enterSignatures } from './enter-signatures.ts'
import { exportConventions } from './export-conventions.ts'
import { getConvention } from './get-convention.ts'
import { giveNotice } from './give-notice.ts'
import { listConventions } from './list-conventions.ts'
import { endContact, nameContact } from './name-contact.ts'
import { nameSigner } from './name-signer.ts'
import { notifyBreach } from './notify-breach.ts'
import { previewConvention } from './preview-convention.ts'
import { proposeAmendment } from './propose-amendment.ts'
import { recordReceipt } from './record-receipt.ts'
import { recallConvention, sendConvention } from './send-convention.ts'
import { completeSigner, settleAmendmentAuthority, settleAuthority } from './settle-authority.ts'
import { settleDeputy } from './settle-deputy.ts'
import { signAmendment } from './sign-amendment.ts'
import { signConvention } from './sign-convention.ts'
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
  settleDeputy,
  nameSigner,
  signConvention,
  enterSignatures,
  settleAuthority,
  completeSigner,
  giveNotice,
  notifyBreach,
  recordReceipt,
  correctDate,
  answerEntry,
  withdraw,
  proposeAmendment,
  settleAmendmentAuthority,
  signAmendment,
  closeAmendment,
  nameContact,
  endContact,
]
