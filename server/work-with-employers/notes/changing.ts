import type { Context, Done, Entry, ReadContext } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { charactersOf } from '../exchanges/exchange-input.ts'
import { noteReply } from './note-reply.ts'
import { changeNote, type Said, type Writing } from './note-writes.queries.ts'
import { lockNote, type NoteRow, noteById } from './notes.queries.ts'

/** What every change of a note begins and ends with. */

export const loadLocked = async (id: string, { db }: Pick<ReadContext, 'db'>): Promise<NoteRow> => {
  const [, row] = await Promise.all([lockNote(db, id), noteById(db, id)])
  return found(row)
}
export const checkStands = (row: NoteRow, ifMatch: number | undefined, context: Context): void => {
  if (ifMatch !== row.version) throw new Refused('request/changed-meanwhile', { current: noteReply(row, context) })
  if (row.withdrawnAt) throw new Refused('note/withdrawn')
}
export const writingOf = ({ viewer, now }: Context): Writing => ({
  organisationId: viewer.organisationId,
  authorId: viewer.accountId,
  at: now,
})

/** The trail keeps how long the words are, never the words: a note may be kept to one organisation. */
export const told = ({ notes, visibility }: Said) => ({ visibility, characters: charactersOf(notes) })

export const changed = async (
  before: NoteRow,
  { action, ...change }: Said & { readonly action: Entry['action']; readonly reason: string | null },
  context: Context,
): Promise<Done<ReturnType<typeof noteReply>>> => {
  const { notes, visibility, reason } = change
  const kind = reason === null ? 'corrected' : 'withdrawn'
  const sha256 = await changeNote(context.db, before, { ...change, change: kind }, writingOf(context))
  return {
    reply: noteReply(found(await noteById(context.db, before.id)), context),
    audit: [
      {
        action,
        subject: ['note', before.id],
        detail: {
          siret: before.siret,
          version: before.version + 1,
          sha256,
          reason: charactersOf(reason),
          before: told(before),
          after: told({ notes, visibility }),
        },
      },
    ],
  }
}
