import * as contract from '../../../contract/work-with-employers/notes.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { heldPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { told, writingOf } from './changing.ts'
import { noteReply } from './note-reply.ts'
import { insertNote } from './note-writes.queries.ts'
import { mayNote } from './notes.policy.ts'
import { noteById } from './notes.queries.ts'

export const addNote = action(contract.addNote, {
  load: async ({ params }, { db }) => {
    const siret = Number(params.siret)
    const place = await heldPlace(db, siret)
    if (!place) throw new Refused('establishment/unknown')
    return place
  },
  may: (viewer, place) => mayNote(viewer, place),
  run: async ({ name: _, ...place }, { body }, context) => {
    const { db, today, newId } = context
    const said = { notes: body.notes.trim(), visibility: body.visibility ?? ('reseau' as const) }
    const id = newId()
    const sha256 = await insertNote(db, { id, ...place, ...said, notedOn: today }, writingOf(context))
    return {
      reply: noteReply(found(await noteById(db, id)), context),
      audit: [
        {
          action: 'note.noted',
          subject: ['note', id],
          detail: { siret: place.siret, version: 1, sha256, before: null, after: told(said) },
        },
      ],
    }
  },
})
