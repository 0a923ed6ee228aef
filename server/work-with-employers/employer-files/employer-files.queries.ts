import { sql } from 'kysely'
import {
  contactFields,
  type contactOutcomes,
  type noteOutcomes,
  personFields,
  type personOutcomes,
  type recognitions,
} from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { type Db, k } from '../../platform/database.ts'
import type { FileState } from './file-lifecycle-rules.ts'
import type { LeftReason, Said } from './row-rules.ts'

export interface NewFile {
  readonly id: string
  readonly byId: string
  readonly organisationId: string
  readonly fileName: string
  readonly sha256: string
  readonly rows: number
  readonly visibility: 'reseau' | 'organisation'
  readonly openedAt: Date
}
export const insertFile = (db: Db, file: NewFile): Promise<unknown> =>
  db.run(k.insertInto('employerFiles').values({ ...file }))

export interface FileRow extends NewFile {
  readonly state: FileState
  readonly askedAt: Date | null
  readonly endedAt: Date | null
}
const columns = sql`f.id, f.by_id, f.organisation_id, f.file_name, f.sha256, f.rows, f.visibility, f.opened_at, f.state,
  f.asked_at, f.ended_at`
/** Locked until the end: two tabs do one part after the other. */
export const lockFile = (db: Db, id: string): Promise<FileRow | undefined> =>
  db.first(sql<FileRow>`select ${columns} from employer_files f where f.id = ${id}::uuid for update`)
export const findFile = (db: Db, id: string): Promise<FileRow | undefined> =>
  db.first(sql<FileRow>`select ${columns} from employer_files f where f.id = ${id}::uuid`)
/** One's own, the last opened first; `running`: those whose parts are being asked for. */
export const listFiles = (db: Db, running: boolean): Promise<FileRow[]> =>
  db.all(
    sql<FileRow>`select ${columns} from employer_files f
      where ${running ? sql`f.state in ('trying', 'doing', 'undoing')` : sql`true`}
      order by f.opened_at desc, f.id limit 50`,
  )

export interface Tally {
  readonly fileId: string
  readonly state: 'waiting' | 'tried' | 'left' | 'done' | 'undone' | 'kept'
  readonly recognised: (typeof recognitions)[number]
  readonly person: (typeof personOutcomes)[number] | null
  readonly exchange: (typeof contactOutcomes)[number] | null
  readonly note: (typeof noteOutcomes)[number] | null
  readonly because: LeftReason | null
  readonly rows: number
}
/** How many rows of these files are where. */
export const tallies = (db: Db, ids: readonly string[]): Promise<Tally[]> =>
  db.all(sql<Tally>`select file_id, state, recognised, person, exchange, note, because, count(*)::int as rows
    from employer_file_lines where file_id = any (${ids}::uuid[]) group by 1, 2, 3, 4, 5, 6, 7`)

export const moveFile = (
  db: Db,
  id: string,
  change: { readonly state: FileState; readonly askedAt?: Date; readonly endedAt?: Date | null },
): Promise<unknown> => db.run(k.updateTable('employerFiles').set(change).where('id', '=', id))
export const removeFile = (db: Db, id: string): Promise<number> =>
  db.run(k.deleteFrom('employerFiles').where('id', '=', id))

export interface NewLine {
  readonly line: number
  readonly said: Said
  readonly siret: number | null
  readonly recognised: (typeof recognitions)[number]
  readonly candidates: readonly number[]
}
/** A row that was received already stays as it is. Answers how many are new. */
export const insertLines = (db: Db, fileId: string, lines: readonly NewLine[]): Promise<number> =>
  db.run(sql`insert into employer_file_lines (file_id, line, said, siret, recognised, candidates)
    select ${fileId}::uuid, r.line, r.said, r.siret, r.recognised, r.candidates
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      r (line int, said jsonb, siret bigint, recognised text, candidates bigint[])
    on conflict do nothing`)

/** Null: the row is ignored. False when there is no such row to review. */
export const chooseLine = async (db: Db, fileId: string, line: number, siret: number | null): Promise<boolean> =>
  (await db.run(sql`update employer_file_lines set siret = ${siret}::bigint,
      recognised = ${siret === null ? 'ignored' : 'chosen'}
    where file_id = ${fileId}::uuid and line = ${line}::int and recognised not in ('siret', 'name')`)) > 0

/** Every row waits for a trial again; those whose employer nobody knows are left out. */
export const layOut = async (db: Db, fileId: string): Promise<void> => {
  await db.run(sql`update employer_file_lines set person = null, exchange = null, note = null,
      state = case when siret is null then 'left' else 'waiting' end,
      because = case when siret is null then recognised end
    where file_id = ${fileId}::uuid`)
}

export interface LineToDo {
  readonly line: number
  readonly siret: number
  readonly said: Said
}
/** All the rows in this state of the next establishments, in order: what one row makes, the next one of the same employer sees. */
export const nextLines = async (
  db: Db,
  fileId: string,
  state: 'waiting' | 'tried',
  establishments: number,
): Promise<LineToDo[]> => {
  const rows = await db.all(sql<
    Omit<LineToDo, 'siret'> & { siret: number | null }
  >`select l.line, l.siret, l.said from employer_file_lines l
    where l.file_id = ${fileId}::uuid and l.state = ${state} and l.siret <= (select max(n.siret) from (
      select distinct siret from employer_file_lines where file_id = ${fileId}::uuid and state = ${state}
        and siret is not null order by siret limit ${establishments}) n)
    order by l.siret, l.line`)
  return rows.flatMap(({ siret, ...row }) => (siret === null ? [] : [{ ...row, siret }]))
}

const ofPeople = [...personFields, ...contactFields]
export interface LineDone {
  readonly line: number
  readonly state: 'tried' | 'done' | 'left'
  readonly because: LeftReason | null
  readonly person: Tally['person']
  readonly exchange: Tally['exchange']
  readonly note: Tally['note']
  readonly made: object | null
}
/** A row that is done keeps what names its employer alone: the rest is in the cards. */
export const saveLines = (db: Db, fileId: string, lines: readonly LineDone[]): Promise<unknown> =>
  db.run(sql`update employer_file_lines l set state = r.state, because = r.because, person = r.person,
      exchange = r.exchange, note = r.note, made = r.made,
      said = case when r.state = 'done' then l.said - ${ofPeople}::text[] else l.said end
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      r (line int, state text, because text, person text, exchange text, note text, made jsonb)
    where l.file_id = ${fileId}::uuid and l.line = r.line`)

/** Once the file is done or undone, what was left out goes the same way. */
export const forgetSaid = (db: Db, fileId: string): Promise<unknown> =>
  db.run(sql`update employer_file_lines set said = said - ${ofPeople}::text[]
    where file_id = ${fileId}::uuid`)

export interface Undone {
  readonly line: number
  readonly siret: number
  readonly exchangeId: string | null
  readonly correspondentId: string | null
  readonly noteId: string | null
  readonly exchange: 'removed' | 'kept' | null
  readonly person: 'removed' | 'kept' | null
  readonly note: 'removed' | 'kept' | null
}
/** The next rows undone, the last done first; none when all are. */
export const undoPart = (db: Db, fileId: string, size: number, now: Date): Promise<Undone[]> =>
  db.all(sql<Undone>`select line, siret, exchange_id, correspondent_id, note_id, exchange, person, note
    from undo_employer_file_part(${fileId}::uuid, ${size}::int, ${now}::timestamptz)`)
