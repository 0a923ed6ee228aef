import * as contract from '../../../contract/work-with-employers/notes.ts'
import { action } from '../../platform/action.ts'
import { changed, checkStands, loadLocked } from './changing.ts'
import { mayCorrectNote } from './notes.policy.ts'

export const correctNote = action(contract.correctNote, {
  load: ({ params }, context) => loadLocked(params.noteId, context),
  may: (viewer, row) => mayCorrectNote(viewer, row),
  run: async (row, { body, ifMatch }, context) => {
    checkStands(row, ifMatch, context)
    // A correction that does not speak of the visibility keeps it.
    const said = { notes: body.notes.trim(), visibility: body.visibility ?? row.visibility }
    return changed(row, { action: 'note.corrected', reason: null, ...said }, context)
  },
})
