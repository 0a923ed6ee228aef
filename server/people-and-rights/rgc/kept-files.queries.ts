import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { FileType } from '../../platform/file-content.ts'
import { type Engagements, type OrganisationRow, organisation, type PersonRow, person } from './rgc.queries.ts'

export interface CertificateRow {
  readonly id: string
  readonly person: PersonRow
  readonly organisation: OrganisationRow
  readonly issuedOn: string
  readonly fileName: string
  readonly recordedAt: Date
}

const certificates = sql`select c.id, ${person('c.account_id')} as person,
  ${organisation('c.organisation_id')} as organisation, c.issued_on, c.file_name, c.recorded_at from rgc_certificates c`
export const certificateById = (db: Db, id: string) =>
  db.first(sql<CertificateRow>`${certificates} where c.id = ${id}::uuid`)
/** Keeps a file that one sent, and that was checked; undefined when it is not there, or is not one's own. */
export const insertCertificate = async (
  db: Db,
  c: {
    readonly id: string
    readonly accountId: string
    readonly organisationId: string
    readonly conventionId: string
    readonly issuedOn: string
    readonly uploadId: string
    readonly recordedBy: string
    readonly recordedAt: Date
  },
): Promise<string | undefined> =>
  (
    await db.first(
      sql<{
        sha256: string
      }>`insert into rgc_certificates (id, account_id, organisation_id, convention_id, issued_on, file_name,
      media_type, content, sha256, recorded_by, recorded_at)
    select ${c.id}::uuid, ${c.accountId}::uuid, ${c.organisationId}::uuid, ${c.conventionId}::uuid, ${c.issuedOn}::date, f.name,
      f.media_type, f.bytes, f.sha256, ${c.recordedBy}::uuid, ${c.recordedAt}::timestamptz
      from checked_upload(${c.uploadId}::uuid) f
    returning encode(sha256, 'hex') as sha256`,
    )
  )?.sha256
/** A signed deed, or the paper of a declaration, as it is kept. */
export interface KeptRow {
  readonly mediaType: FileType
  readonly size: number
  /** In hexadecimal. */
  readonly sha256: string
}
export const keptDeed = (db: Db, deedId: string) =>
  db.first(sql<KeptRow>`select media_type, length(content) as size, encode(sha256, 'hex') as sha256 from rgc_documents
    where deed_id = ${deedId}::uuid`)
export const keptPaper = (db: Db, eventId: string) =>
  db.first(sql<KeptRow>`select media_type, length(content) as size, encode(sha256, 'hex') as sha256 from rgc_event_papers
    where event_id = ${eventId}::uuid`)
/** Some of its bytes, from this one on (0 is the first). */
export const deedSlice = async (db: Db, deedId: string, from: number, most: number): Promise<Buffer | undefined> =>
  (
    await db.first(
      sql<{ bytes: Buffer }>`select substr(content, ${from + 1}::int, ${most}::int) as bytes from rgc_documents
        where deed_id = ${deedId}::uuid`,
    )
  )?.bytes
export const paperSlice = async (db: Db, eventId: string, from: number, most: number): Promise<Buffer | undefined> =>
  (
    await db.first(
      sql<{ bytes: Buffer }>`select substr(content, ${from + 1}::int, ${most}::int) as bytes from rgc_event_papers
        where event_id = ${eventId}::uuid`,
    )
  )?.bytes
export const storeFile = (db: Db, deedId: string, content: Buffer, sha256: Buffer, madeAt: Date) =>
  db.run(
    sql`insert into rgc_documents (deed_id, content, sha256, made_at)
      values (${deedId}::uuid, ${content}, ${sha256}, ${madeAt}) on conflict do nothing`,
  )
/** Keeps the scan of a deed that one sent, and that was checked; false when it is not there, or is not one's own. */
export const insertScan = async (db: Db, deedId: string, uploadId: string, madeAt: Date): Promise<boolean> =>
  (await db.run(sql`insert into rgc_documents (deed_id, content, sha256, media_type, made_at)
    select ${deedId}::uuid, f.bytes, f.sha256, f.media_type, ${madeAt} from checked_upload(${uploadId}::uuid) f`)) === 1
/** The same of the paper of a declaration; undefined when it is not there. */
export const insertPaper = async (db: Db, eventId: string, uploadId: string, by: string): Promise<string | undefined> =>
  (
    await db.first(
      sql<{
        sha256: string
      }>`insert into rgc_event_papers (event_id, file_name, media_type, content, sha256, entered_by)
        select ${eventId}::uuid, f.name, f.media_type, f.bytes, f.sha256, ${by}::uuid
          from checked_upload(${uploadId}::uuid) f returning encode(sha256, 'hex') as sha256`,
    )
  )?.sha256

/** Of two corrections of one paper at the same instant, the second waits, and reads what the first wrote. */
export const oneCorrectionAtATime = (db: Db, id: string) =>
  db.run(sql`select pg_advisory_xact_lock(hashtextextended('paper ' || ${id}, 0))`)
export interface NewCorrection {
  readonly id: string
  readonly organisationId: string
  readonly deedId: string | null
  readonly eventId: string | null
  readonly before: object
  readonly after: object
  readonly reason: string
  readonly correctedBy: string
  readonly correctedAt: Date
}
export const insertCorrection = (db: Db, { before, after, ...correction }: NewCorrection) =>
  db.run(
    k
      .insertInto('rgcPaperCorrections')
      .values({ ...correction, before: JSON.stringify(before), after: JSON.stringify(after) }),
  )
interface Dated {
  readonly signedOn: string | null
  readonly receivedOn: string
}
const noEngagements = {
  commitments: null,
  conditionsId: null,
  conditionsTitle: null,
  conditionsVersion: null,
  conditionsHash: null,
}
/** With what it engages in, and the conditions given: those of the day of signature. */
export const saveDeedDays = (db: Db, id: string, { signedOn, receivedOn }: Dated, engagements: Engagements | null) =>
  db.run(
    k
      .updateTable('rgcDeeds')
      .set({ paperSignedOn: signedOn, paperReceivedOn: receivedOn, ...(engagements ?? noEngagements) })
      .where('id', '=', id),
  )
/** What the day of its receipt does to the month of silence, and to roles. */
export const settlePaper = (db: Db, deedId: string) => db.run(sql`select settle_rgc_paper(${deedId}::uuid)`)
export const saveEventDays = (db: Db, id: string, days: Dated & { readonly late: boolean }) =>
  db.run(k.updateTable('rgcEvents').set(days).where('id', '=', id))

/** The convention that a certificate counts for; undefined: no deed names this person, or one answers not for them. */
export const conventionToCertify = async (db: Db, accountId: string): Promise<string | undefined> =>
  (await db.first(sql<{ id: string | null }>`select convention_to_certify(${accountId}::uuid) as id`))?.id ?? undefined

/** Designated by a deed in force, and without a certificate under its convention: all of them, by structure (RGC-4). */
export const uncertified = (db: Db) =>
  db.all(
    sql<{ person: PersonRow; organisation: OrganisationRow }>`
      select ${person('u.accountId')} as person, ${organisation('u.organisationId')} as organisation
      from rgc_uncertified() u join organisations o on o.id = u.organisation_id
      order by o.name collate "fr-x-icu", u.account_id`,
  )
