/**
 * What one knows of an employer without having exchanged with it, and the history of an employer on one line.
 * Owns: tables notes, note_versions; acts note.*.
 * Uses: campaigns, establishments, exchanges, needs, referents, services, targets.
 * Reads: accounts, employer_files, establishments, organisations, provisional_establishments.
 * Start: `add-note.ts`, then `notes.policy.ts`; `list-history.ts` for the line.
 */

import type { Action } from '../../platform/action.ts'
import { addNote } from './add-note.ts'
import { correctNote } from './correct-note.ts'
import { listHistory } from './list-history.ts'
import { listHistoryChoices } from './list-history-choices.ts'
import { listNoteVersions } from './list-note-versions.ts'
import { withdrawNote } from './withdraw-note.ts'

export const notes: readonly Action[] = [
  listHistory,
  listHistoryChoices,
  addNote,
  correctNote,
  withdrawNote,
  listNoteVersions,
]
