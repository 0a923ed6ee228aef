import { sql } from 'kysely'
import type { markOrigins } from '../../../contract/work-with-employers/do-not-contact.ts'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { organisationRef } from '../campaigns/references.queries.ts'

type Organisation = { id: string; name: string; kind: string }
interface Someone {
  readonly id: string
  readonly name: string
  readonly organisationId: string
}
export interface MarkRow extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly origin: (typeof markOrigins)[number]
  readonly reason: string
  readonly startsOn: string
  readonly until: string
  readonly organisationId: string
  readonly organisation: Organisation
  readonly author: Someone | null
  readonly markedAt: Date
  readonly endedAt: Date | null
  readonly endedHow: 'lifted' | 'renewed' | null
  readonly endedBy: Someone | null
  readonly endedOrganisation: Organisation | null
  readonly endReason: string | null
}
/** Null where the reader sees no names. */
const person = (id: string, organisation: string) =>
  sql`(select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
    ${sql.raw(organisation)}) from accounts a where a.id = ${sql.raw(id)})`
const marks = sql`select m.id, m.siret, m.region_id, m.departement_id, m.epci_id, m.clpe_id, m.origin, m.reason,
    m.starts_on, m.until, m.organisation_id, ${organisationRef('m.organisation_id')} as organisation,
    ${person('m.author_id', 'm.organisation_id')} as author, m.marked_at, m.ended_at, m.ended_how,
    ${person('m.ended_by', 'm.ended_organisation')} as ended_by,
    ${organisationRef('m.ended_organisation')} as ended_organisation, m.end_reason
  from do_not_contact_marks m`

/** The latest first; row-level security shows them to whoever reads the card there. */
export const marksAt = (db: Db, siret: number, most: number): Promise<MarkRow[]> =>
  db.all(sql<MarkRow>`${marks} where m.siret = ${siret} order by m.marked_at desc, m.id desc limit ${most}`)

export const markById = (db: Db, id: string): Promise<MarkRow | undefined> =>
  db.first(sql<MarkRow>`${marks} where m.id = ${id}::uuid`)

/** Those of these SIRETs that are not to be contacted on a day. */
export const notToContact = (
  db: Db,
  sirets: readonly number[],
  today: string,
): Promise<{ siret: number; until: string }[]> =>
  db.all(sql<{ siret: number; until: string }>`select * from (
    select s.siret, not_to_contact_until(s.siret, ${today}::date) as until from unnest(${sirets}::bigint[]) s (siret)
    ) m where until is not null`)

export interface NewMark extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly origin: MarkRow['origin']
  readonly reason: string
  readonly startsOn: string
  readonly until: string
  readonly organisationId: string
  readonly authorId: string
  readonly markedAt: Date
}
/** Throws do-not-contact/already where one stands, also one made at the same instant. */
export const insertMark = (db: Db, mark: NewMark): Promise<number> =>
  db
    .run(k.insertInto('doNotContactMarks').values(mark))
    .catch(refusedBy('do_not_contact_marks_once', 'do-not-contact/already'))

export interface Ending {
  readonly endedAt: Date
  readonly endedHow: 'lifted' | 'renewed'
  readonly endedBy: string
  readonly endedOrganisation: string
  readonly endReason: string | null
}
/** False when another ended it since it was read. */
export const endMark = async (db: Db, id: string, ending: Ending): Promise<boolean> =>
  (await db.run(k.updateTable('doNotContactMarks').set(ending).where('id', '=', id).where('endedAt', 'is', null))) === 1
