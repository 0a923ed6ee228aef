import * as contract from '../../../contract/work-with-employers/notes.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayReadNote } from './notes.policy.ts'
import { noteById, versionsOf } from './notes.queries.ts'

export const listNoteVersions = action(contract.listNoteVersions, {
  load: async ({ params }, { db }) => {
    const [note, versions] = await Promise.all([noteById(db, params.noteId), versionsOf(db, params.noteId)])
    return { note: found(note), versions }
  },
  may: (viewer, { note }) => mayReadNote(viewer, note) || 'not-found',
  run: async ({ versions }) => ({ items: versions.map(version => ({ ...version, at: version.at.toISOString() })) }),
})
