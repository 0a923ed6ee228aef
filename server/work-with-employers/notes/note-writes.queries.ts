import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Visibility } from '../exchanges/exchange-rules.ts'
import type { NoteRow, VersionRow } from './notes.queries.ts'

export interface Said {
  readonly notes: string
  readonly visibility: Visibility
}
/** Who writes, and when. */
export interface Writing {
  readonly organisationId: string
  readonly authorId: string
  readonly at: Date
}
interface Change extends Said {
  readonly change: VersionRow['change']
  readonly reason: string | null
}
interface NewNote extends TerritoryLine, Said {
  readonly id: string
  readonly siret: number
  readonly notedOn: string
}

/** Answers the digest of the version, which the trail keeps. */
const insertVersion = async (db: Db, noteId: string, version: number, change: Change, writing: Writing) =>
  (await db.first(
    k
      .insertInto('noteVersions')
      .values({ noteId, version, ...change, ...writing })
      .returning(sql<string>`note_version_digest(salt, notes, reason)`.as('digest')),
  ))!.digest

export const insertNote = async (db: Db, note: NewNote, writing: Writing): Promise<string> => {
  const { organisationId, authorId, at } = writing
  const { notes, visibility } = note
  const [, digest] = await Promise.all([
    db.run(k.insertInto('notes').values({ ...note, organisationId, authorId, notedAt: at })),
    insertVersion(db, note.id, 1, { notes, visibility, change: 'noted', reason: null }, writing),
  ])
  return digest
}

export interface ImportedNote extends NewNote {
  readonly fileId: string
}
/** Many notes out of a file, each with its first version. Answers the digest of each. */
export const insertImportedNotes = async (
  db: Db,
  notes: readonly ImportedNote[],
  writing: Writing,
): Promise<ReadonlyMap<string, string>> => {
  if (notes.length === 0) return new Map()
  const { organisationId, authorId, at } = writing
  const [, versions] = await Promise.all([
    db.run(k.insertInto('notes').values(notes.map(note => ({ ...note, organisationId, authorId, notedAt: at })))),
    db.all(
      k
        .insertInto('noteVersions')
        .values(
          notes.map(({ id, notes, visibility }) => ({
            noteId: id,
            version: 1,
            notes,
            visibility,
            change: 'noted' as const,
            reason: null,
            ...writing,
          })),
        )
        .returning(['noteId', sql<string>`note_version_digest(salt, notes, reason)`.as('digest')]),
    ),
  ])
  return new Map(versions.map(({ noteId, digest }) => [noteId, digest]))
}

/** Over a note that is locked. Narrowed, the versions before it are narrowed too; widened, they stay as they were. */
export const changeNote = async (db: Db, before: NoteRow, change: Change, writing: Writing): Promise<string> => {
  const { notes, visibility } = change
  const dated = change.change === 'withdrawn' ? { withdrawnAt: writing.at } : { correctedAt: writing.at }
  const [written, digest] = await Promise.all([
    db.run(
      k
        .updateTable('notes')
        .set({ notes, visibility, ...dated, version: before.version + 1 })
        .where('id', '=', before.id)
        .where('version', '=', before.version),
    ),
    insertVersion(db, before.id, before.version + 1, change, writing),
    visibility === 'organisation'
      ? db.run(k.updateTable('noteVersions').set({ visibility }).where('noteId', '=', before.id))
      : 0,
  ])
  if (written !== 1) throw new Error('the locked note was not written')
  return digest
}
