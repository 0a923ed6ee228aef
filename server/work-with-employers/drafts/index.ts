/**
 * What is being typed, kept for a week. It is no act and leaves no trail.
 * Owns: tables drafts.
 * Uses: no code of another room.
 * Reads: establishments, exchanges.
 * Start: `save-draft.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { discardDraft } from './discard-draft.ts'
import { getDraft } from './get-draft.ts'
import { listDrafts } from './list-drafts.ts'
import { saveDraft } from './save-draft.ts'

export const drafts: readonly Action[] = [listDrafts, getDraft, saveDraft, discardDraft]
