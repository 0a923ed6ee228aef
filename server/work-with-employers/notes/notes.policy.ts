import type { Verdict } from '../../platform/action.ts'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import { type ExchangeRow, mayReadContent, mayRecord } from '../exchanges/exchanges.policy.ts'

export interface OwnedNote extends ExchangeRow {
  readonly authorId: string
}

/**
 * A note: as what was said in an exchange. Kept to an organisation, the others do not know that it is there (decision
 * 0014). The SQL twin is the policy notes.read.
 */
export const mayReadNote = (viewer: Viewer, note: ExchangeRow): boolean => mayReadContent(viewer, note)

/** Whoever may record an exchange there. The SQL twin is the policy notes.note. */
export const mayNote = (viewer: Viewer, place: TerritoryLine): Verdict => mayRecord(viewer, place)

/**
 * Correcting and withdrawing: its author, and who leads there in their organisation. The SQL twins are the policies
 * notes.correct, note_versions.write and note_versions.narrow.
 */
export const mayCorrectNote = (viewer: Viewer, note: OwnedNote): Verdict => {
  const leads = covers(viewer, 'campagnes', 'responsable', note)
  if (note.organisationId !== viewer.organisationId) return 'note/author-or-lead-only'
  if (note.authorId !== viewer.accountId && !leads) return 'note/author-or-lead-only'
  return mayNote(viewer, note)
}
