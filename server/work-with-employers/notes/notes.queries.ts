import { sql } from 'kysely'
import type { noteChanges } from '../../../contract/work-with-employers/notes.ts'
import type { Db } from '../../platform/database.ts'
import { ofSameCompany } from '../../platform/siret.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { organisationRef } from '../campaigns/references.queries.ts'
import type { Advisor, HistoryFilter, Structure } from '../exchanges/exchange-filter.queries.ts'
import type { Visibility } from '../exchanges/exchange-rules.ts'

interface Person {
  readonly id: string
  readonly name: string
  readonly organisationId: string
}
export interface NoteRow extends TerritoryLine {
  readonly id: string
  readonly organisationId: string
  readonly authorId: string
  readonly visibility: Visibility
  readonly siret: number
  readonly establishmentName: string | null
  readonly notes: string
  readonly version: number
  readonly organisation: { readonly id: string; readonly name: string; readonly kind: string }
  /** Null where the reader sees no names. */
  readonly author: Person | null
  readonly notedOn: string
  readonly notedAt: Date
  /** Out of a file of employers. */
  readonly imported: boolean
  /** Null to all but who imported it. */
  readonly fileName: string | null
  readonly correctedAt: Date | null
  readonly withdrawnAt: Date | null
}

const authorOf = (row: 'n' | 'v') => sql`(select jsonb_build_object('id', a.id, 'name',
  a.given_name || ' ' || a.family_name, 'organisationId', a.organisation_id) from accounts a
  where a.id = ${sql.ref(`${row}.author_id`)})`
const notes = sql`select n.id, n.siret, n.region_id, n.departement_id, n.epci_id, n.clpe_id, n.visibility, n.notes,
    n.version, n.organisation_id, n.author_id, n.noted_on, n.noted_at, n.corrected_at, n.withdrawn_at,
    n.file_id is not null as imported, (select f.file_name from employer_files f where f.id = n.file_id) as file_name,
    coalesce(e.name, p.name) as establishment_name, ${authorOf('n')} as author,
    ${organisationRef('n.organisation_id')} as organisation
  from notes n left join establishments e on e.siret = n.siret
    left join provisional_establishments p on p.siret = n.siret and e.siret is null`

/** Those of an employer, or of its whole company. */
const matching = ({ siret, company, organisation, author, from, to }: HistoryFilter) =>
  sql.join(
    [
      company ? ofSameCompany('n.siret', siret) : sql`n.siret = ${siret}`,
      ...(organisation === undefined ? [] : [sql`n.organisation_id = ${organisation}::uuid`]),
      ...(author === undefined ? [] : [sql`n.author_id = ${author}::uuid`]),
      ...(from === undefined ? [] : [sql`n.noted_on >= ${from}::date`]),
      ...(to === undefined ? [] : [sql`n.noted_on <= ${to}::date`]),
    ],
    sql` and `,
  )

/** Newest first, one row more than asked. `after`: the day and the id of the last line shown. */
export const listNotes = (
  db: Db,
  filter: HistoryFilter,
  after: readonly string[] | undefined,
  limit: number,
): Promise<NoteRow[]> => {
  const since = after ? sql`and (n.noted_on, n.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``
  return db.all(
    sql<NoteRow>`${notes} where n.id = any (array(select n.id from notes n where ${matching(filter)} ${since}
        order by n.noted_on desc, n.id desc limit ${limit + 1})) order by n.noted_on desc, n.id desc`,
  )
}
export const countNotes = async (db: Db, filter: HistoryFilter): Promise<number> =>
  (await db.first(sql<{ total: number }>`select count(*) as total from notes n where ${matching(filter)}`))!.total

/** Whose notes these are: what the history of an employer can be narrowed to. */
export const structuresOfNotes = (db: Db, filter: HistoryFilter): Promise<Structure[]> =>
  db.all(sql<Structure>`select o.id, o.name, o.kind from organisations o
    where o.id in (select n.organisation_id from notes n where ${matching(filter)})`)
export const advisorsOfNotes = (db: Db, filter: HistoryFilter): Promise<Advisor[]> =>
  db.all(sql<Advisor>`select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id from accounts a
    where a.id in (select n.author_id from notes n where ${matching(filter)})`)

/** What one's own structure wrote in its notes on these establishments, each version, those withdrawn too. */
export const notesOf = (
  db: Db,
  sirets: readonly number[],
  organisationId: string,
): Promise<{ siret: number; notes: string }[]> =>
  db.all(sql<{
    siret: number
    notes: string
  }>`select n.siret, v.notes from notes n join note_versions v on v.note_id = n.id
    where n.siret = any (${sirets}::bigint[]) and n.organisation_id = ${organisationId}::uuid`)

export const noteById = (db: Db, id: string): Promise<NoteRow | undefined> =>
  db.first(sql<NoteRow>`${notes} where n.id = ${id}::uuid`)
/** Locked until the end: two changes go one after the other. Whoever may not change it locks nothing. */
export const lockNote = (db: Db, id: string): Promise<unknown> =>
  db.all(sql<{ id: string }>`select id from notes where id = ${id}::uuid for update`)

export interface VersionRow {
  readonly version: number
  readonly change: (typeof noteChanges)[number]
  readonly notes: string
  readonly visibility: Visibility
  readonly reason: string | null
  readonly author: Person | null
  readonly at: Date
}
/** The last first. */
export const versionsOf = (db: Db, id: string): Promise<VersionRow[]> =>
  db.all(sql<VersionRow>`select v.version, v.change, v.notes, v.visibility, v.reason, ${authorOf('v')} as author, v.at
    from note_versions v where v.note_id = ${id}::uuid order by v.version desc`)
