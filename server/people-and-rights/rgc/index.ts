/**
 * Who manages the accounts of a structure: the deed, its gate, departures and revocations.
 * Owns: tables rgc_*; acts rgc-*.
 * Uses: accounts, invitations, people, uploads.
 * Reads: accounts, conventions, organisations.
 * Start: `propose-deed.ts`, then `deadlines.ts`; docs/account-managers.md.
 */

import type { Action } from '../../platform/action.ts'
import { abandonDeed } from './abandon-deed.ts'
import { answerUnseen } from './answer-unseen.ts'
import { correctPaper } from './correct-paper.ts'
import { decideDeed } from './decide-deed.ts'
import { declareRgcEvent, withdrawRgcEvent } from './declare-event.ts'
import { contestDeed, enterDeed } from './enter-deed.ts'
import { findStructures } from './find-structures.ts'
import { getRgc } from './get-rgc.ts'
import { liftBar } from './lift-bar.ts'
import { listDeeds } from './list-deeds.ts'
import { makeRevocation } from './make-revocation.ts'
import { noteRgcEvent, withdrawKnownEvent } from './note-event.ts'
import { proposeDeed } from './propose-deed.ts'
import { recordCertificate } from './record-certificate.ts'
import { requireRevocation, withdrawRevocation } from './require-revocation.ts'
import { signDeed } from './sign-deed.ts'

export const rgc: readonly Action[] = [
  getRgc,
  proposeDeed,
  signDeed,
  abandonDeed,
  contestDeed,
  declareRgcEvent,
  withdrawRgcEvent,
  noteRgcEvent,
  withdrawKnownEvent,
  answerUnseen,
  makeRevocation,
  listDeeds,
  decideDeed,
  recordCertificate,
  findStructures,
  enterDeed,
  correctPaper,
  requireRevocation,
  withdrawRevocation,
  liftBar,
]
