import * as contract from '../../../contract/work-with-employers/notes.ts'
import { action } from '../../platform/action.ts'
import { changed, checkStands, loadLocked } from './changing.ts'
import { mayCorrectNote } from './notes.policy.ts'

/** Nothing is erased: what it said stays readable, crossed out, with the reason in its history. */
export const withdrawNote = action(contract.withdrawNote, {
  load: ({ params }, context) => loadLocked(params.noteId, context),
  may: (viewer, row) => mayCorrectNote(viewer, row),
  run: async (row, { body, ifMatch }, context) => {
    checkStands(row, ifMatch, context)
    const { notes, visibility } = row
    return changed(row, { action: 'note.withdrawn', reason: body.reason.trim(), notes, visibility }, context)
  },
})
