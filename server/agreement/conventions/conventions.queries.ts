import { sql } from 'kysely'
import type { Holder } from '../../notifications/recipient-rules.ts'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import { parisDay } from '../../platform/time.ts'
import { authorities, territoriesAdded } from './amendments.queries.ts'
import { annexesUnder, type ContactRow } from './contacts.queries.ts'
import type { Line } from './convention-line-rules.ts'
import type { ContactRole, Known, PrintedFacts } from './convention-rules.ts'
import type { Party } from './deadlines.ts'
import { contested, correctionsOf, counted, lastAnswer, letter, lettersOnTheirWay, toldBy } from './letters.queries.ts'
import { signersOf } from './signers.queries.ts'

export type { ContactRole }
export interface NewConvention {
  readonly id: string
  readonly organisationId: string
  readonly regionId: number
  readonly number: string
  readonly createdAt: Date
  /** The later of the two signatures; null until both. */
  readonly effectiveFrom: Date | null
  readonly firstTermOn?: string
  readonly createdBy?: string | null
}
const numberOnce = refusedBy('conventions_number_key', 'convention/number-taken')
export const insertConvention = (db: Db, convention: NewConvention) =>
  db.run(k.insertInto('conventions').values(convention)).catch(numberOnce)

export type SignatoryRow = Known['signatories'][number]
export type SignatureRow = Known['signatures'][number]
export type NoticeRow = Known['notices'][number]
export type BreachRow = Known['breaches'][number]
export type AmendmentRow = Known['amendments'][number]
export type DocumentRow = Known['documents'][number] & {
  readonly ofVersion: number | null
  readonly templateId: string | null
  /** What it says « à compléter » of. */
  readonly blanks: readonly string[]
  /** Of an amendment: the digest of what it was composed of. */
  readonly composedOf: string | null
}
/** What the rules read, and what the queries of this room need beside. */
export interface Loaded extends Known {
  readonly convention: Known['convention'] & PrintedFacts
  readonly documents: readonly DocumentRow[]
  readonly contacts: readonly ContactRow[]
  readonly territories: readonly string[]
}

/** The last version, of those recorded until then. */
const operatorAt = (until: ReturnType<typeof sql>) => sql`(select jsonb_build_object('name', i.name, 'siret', i.siret,
  'address', i.address) from operator_identities i where i.recorded_at <= ${until} order by i.version desc limit 1)`
/** When the document that was sent was composed; now before. */
const composedAt = sql`coalesce((select d.added_at from convention_documents d where d.id = c.document_id), ctx.clock())`
const conventions = sql`
  select c.id, c.organisation_id, c.region_id, c.number, c.created_at, c.effective_from, c.ends_at, c.first_term_on,
    c.sent_at, c.document_id, c.template_id, c.version, o.siret, o.address,
    ctx.other_sirets(o.id, ctx.clock()) as other_sirets, t.name as region_name,
    ${operatorAt(sql`ctx.clock()`)} as operator,
    ${operatorAt(composedAt)} as operator_said,
    (select jsonb_build_object('name', i.name, 'siret', i.siret, 'address', i.address,
      'otherSirets', ctx.other_sirets(o.id, ${composedAt})) from organisation_identities i
      where i.organisation_id = o.id and (i.version = 1 or i.recorded_at <= ${composedAt})
      order by i.version desc limit 1) as partner_said,
    c.organisation_id = any (ctx.prepared_partners()) as prepared, exists (select from conventions x
      where x.organisation_id = c.organisation_id and x.id <> c.id and x.effective_from is not null
      and (x.ends_at is null or x.ends_at > ctx.clock())) as other_in_force,
    jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) as organisation, (select m.version
      from convention_templates m where m.id = c.template_id) as template_version
  from conventions c join organisations o on o.id = c.organisation_id join territories t on t.id = c.region_id`
/** All that is known of a convention, in one batch; undefined for who may not read it. */
export const loadConvention = async (db: Db, id: string): Promise<Loaded | undefined> => {
  const of = sql`where convention_id = ${id}::uuid`
  const [convention, signatories, named, signatures, notices, breaches, corrections, amendments, documents, annexes] =
    await Promise.all([
      db.first(sql<Loaded['convention']>`${conventions} where c.id = ${id}::uuid`),
      db.all(
        sql<SignatoryRow>`select party, name, capacity, act, act_on, local_authority, prefecture_on, published_on,
          designates_rgc, act_document_id
        from convention_signatories ${of} order by party desc`,
      ),
      signersOf(db, id),
      // Compares each signature with the digest that the database keeps of the bytes as they are now.
      db.all(sql<SignatureRow>`select s.id, s.amendment_id, s.party, s.document_id, encode(s.sha256, 'hex') as sha256,
      s.how, s.signed_document_id, s.signer_name, s.signed_at, s.entered_by_other, ${lastAnswer('s')} as answer,
        ${toldBy('signature', 's', ['signedOn'])} as told_by,
        d.bytes_sha256 = s.sha256 and (p.id is null or p.bytes_sha256 = s.signed_document_sha256) as intact
      from convention_signatures s join convention_documents d on d.id = s.document_id left
        join convention_documents p on p.id = s.signed_document_id where s.convention_id = ${id}::uuid
        order by s.signed_at, s.id`),
      db.all(
        sql<NoticeRow>`select x.channel, x.received_on, ${letter}, ${toldBy('notice', 'x', ['sentOn', 'receivedOn'])} as told_by from convention_notices x ${of}
        order by x.recorded_at, x.id`,
      ),
      db.all(
        sql<BreachRow>`select x.clauses, x.other_article, x.obligation, x.letter_reference, x.presented_on, x.delivered_on, ${letter},
        ${toldBy('breach', 'x', ['sentOn', 'presentedOn', 'deliveredOn'])} as told_by
        from convention_breaches x ${of} order by x.recorded_at, x.id`,
      ),
      correctionsOf(db, id),
      db.all(
        sql<AmendmentRow>`select a.id, a.number, a.title, a.body, a.term_on, a.renews,
        ${territoriesAdded} as territories, a.document_id,
        coalesce(d.signatories, '[]') as signatories, ${authorities} as authorities, encode(d.sha256, 'hex') as sha256, a.proposed_at, a.effective_at,
        a.closed_by, a.closed_at, a.closed_reason from convention_amendments a
        join convention_documents d on d.id = a.document_id where a.convention_id = ${id}::uuid order by a.number`,
      ),
      db.all(
        sql<DocumentRow>`select id, kind, name, encode(sha256, 'hex') as sha256, of_version, template_id, blanks,
        encode(composed_of, 'hex') as composed_of, added_at
        from convention_documents ${of} order by added_at, id`,
      ),
      annexesUnder(db, id),
    ])
  return (
    convention && {
      convention,
      signatories,
      ...named,
      signatures,
      notices,
      breaches,
      corrections,
      amendments,
      documents,
      ...annexes,
    }
  )
}
/** Whether one is of the structure itself. */
export const isStaff = async (db: Db): Promise<boolean> =>
  (await db.first(sql<{ staff: boolean }>`select ctx.is_staff() as staff`))!.staff
/** People who would receive today the notices to either side: by annex 2, or by an account. */
export const holdersUnder = (db: Db, id: string, at: Date): Promise<Holder[]> =>
  db.all(
    sql<Holder>`select r.party, r.role, r.account_id, r.address from conventions c cross
      join lateral notice_recipients(c.organisation_id, c.region_id, ${at}::timestamptz) r where c.id = ${id}::uuid`,
  )
/** Waits for whoever is changing it; who may not still finds it, and is refused with a reason. */
export const lockConvention = async (db: Db, id: string): Promise<Loaded | undefined> =>
  (
    await Promise.all([db.run(sql`select from conventions where id = ${id}::uuid for update`), loadConvention(db, id)])
  )[1]

export const numberTaken = async (db: Db, number: string, but: string | null): Promise<boolean> =>
  (await db.first(
    sql<{ n: number }>`select 1 as n from conventions where number = ${number} and id is distinct from ${but}::uuid`,
  )) !== undefined
/** Another convention of the same partner in force at that instant or after. */
export const otherInForce = async (db: Db, organisationId: string, but: string, from: Date): Promise<boolean> =>
  (await db.first(
    sql<{
      n: number
    }>`select 1 as n from conventions where organisation_id = ${organisationId}::uuid and id <> ${but}::uuid
      and effective_from is not null and (ends_at is null or ends_at > ${from})`,
  )) !== undefined
export const organisationOf = (db: Db, id: string) =>
  db.first(k.selectFrom('organisations').select(['id', 'kind']).where('id', '=', id))

/** What is not said of the designation, or of the file, stays as it was. */
type AuthoritySet = Omit<SignatoryRow, 'party' | 'designatesRgc' | 'actDocumentId'> & {
  readonly designatesRgc?: boolean | undefined
  readonly actDocumentId?: string | null
}
export const saveSignatory = (db: Db, conventionId: string, party: Party, s: AuthoritySet) =>
  db.run(
    k
      .insertInto('conventionSignatories')
      .values({ conventionId, party, ...s })
      .onConflict(c => c.columns(['conventionId', 'party']).doUpdateSet(s)),
  )
export const saveAuthority = (db: Db, conventionId: string, party: Party, s: AuthoritySet) =>
  db.run(
    k.updateTable('conventionSignatories').set(s).where('conventionId', '=', conventionId).where('party', '=', party),
  )
/** False where the convention is no longer of the version read: nothing is written. */
export const settleOver = async (db: Db, id: string, version: number): Promise<boolean> =>
  (await db.first(sql<{ over: boolean }>`select settle_over(${id}::uuid, ${version}::int) as over`))!.over
export const saveDraft = (db: Db, id: string, { number, firstTermOn }: { number: string; firstTermOn: string }) =>
  db
    .run(
      sql`update conventions set number = ${number}, first_term_on = ${firstTermOn}, version = version + 1
        where id = ${id}::uuid`,
    )
    .catch(numberOnce)
export const saveSent = (db: Db, id: string, at: Date | null, documentId: string | null, templateId: string | null) =>
  db.run(k.updateTable('conventions').set({ sentAt: at, documentId, templateId }).where('id', '=', id))
/** What follows from the facts: read by ctx.in_force at each request. */
export const saveClock = (db: Db, id: string, effectiveFrom: Date | null, endsAt: Date | null) =>
  db
    .run(k.updateTable('conventions').set({ effectiveFrom, endsAt }).where('id', '=', id))
    .catch(refusedBy('one_in_force', 'convention/already-in-force'))

type KeptType = 'application/pdf' | 'image/png' | 'image/jpeg' | 'text/plain'
export interface NewDocument {
  readonly id: string
  readonly conventionId: string
  readonly kind: DocumentRow['kind']
  readonly name: string
  readonly mediaType: 'application/pdf'
  readonly bytes: Buffer
  readonly ofVersion: number | null
  readonly addedAt: Date
  readonly addedBy: string | null
  readonly templateId?: string | null
  readonly blanks?: readonly string[]
  readonly amendment?: { readonly composedOf: Buffer; readonly signatories: AmendmentRow['signatories'] }
}
type Digest = { readonly sha256: string }
export const insertDocument = async (db: Db, document: NewDocument): Promise<string> =>
  (await db.first(sql<Digest>`insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, of_version, added_at,
    added_by, template_id, blanks, composed_of, signatories)
    values (${document.id}, ${document.conventionId}, ${document.kind}, ${document.name}, ${document.mediaType},
      ${document.bytes}, sha256(${document.bytes}::bytea), ${document.ofVersion}, ${document.addedAt},
      ${document.addedBy}, ${document.templateId ?? null}, ${document.blanks ?? []},
      ${document.amendment?.composedOf ?? null}::bytea, ${document.amendment ? JSON.stringify(document.amendment.signatories) : null}::jsonb)
    returning encode(sha256, 'hex') as sha256`))!.sha256
export interface KeptFile {
  readonly id: string
  readonly conventionId: string
  readonly kind: DocumentRow['kind']
  readonly uploadId: string
  readonly addedAt: Date
  readonly addedBy: string
}
/** Keeps a file that one sent, and that was checked; undefined when it is not there, or is not one's own. */
export const insertSentFile = async (db: Db, file: KeptFile): Promise<string | undefined> =>
  (
    await db.first(sql<Digest>`insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, added_at, added_by)
    select ${file.id}::uuid, ${file.conventionId}::uuid, ${file.kind}, f.name, f.media_type, f.bytes, f.sha256,
      ${file.addedAt}::timestamptz, ${file.addedBy}::uuid from checked_upload(${file.uploadId}::uuid) f
    returning encode(sha256, 'hex') as sha256`)
  )?.sha256
export const documentFacts = (db: Db, conventionId: string, id: string) =>
  db.first(sql<{ name: string; mediaType: KeptType; size: number }>`select name, media_type, length(bytes) as size
    from convention_documents where convention_id = ${conventionId}::uuid and id = ${id}::uuid`)
/** Some of its bytes, from this one on (0 is the first). */
export const documentSlice = async (db: Db, id: string, from: number, most: number): Promise<Buffer | undefined> =>
  (
    await db.first(
      sql<{ bytes: Buffer }>`select substr(bytes, ${from + 1}::int, ${most}::int) as bytes from convention_documents
        where id = ${id}::uuid`,
    )
  )?.bytes

export interface NewSignature {
  readonly id: string
  readonly conventionId: string
  readonly amendmentId: string | null
  readonly party: Party
  readonly documentId: string
  readonly sha256: Buffer
  readonly how: 'application' | 'papier'
  readonly signedDocumentId: string | null
  readonly signedDocumentSha256: Buffer | null
  readonly signerName: string
  readonly signedAt: Date
  readonly recordedAt: Date
  readonly accountId: string | null
  readonly enteredByOther: boolean
}
export const insertSignature = (db: Db, signature: NewSignature) =>
  db.run(k.insertInto('conventionSignatures').values(signature))
/** One line for each convention that one may read, with what its state follows from. */
export const listLines = (db: Db, region: number | undefined, now: Date): Promise<Line[]> =>
  db.all(sql<Line>`
  select c.id, c.number, c.region_id, t.name as region_name, c.first_term_on, c.sent_at, c.effective_from, c.ends_at,
    jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) as organisation,
    coalesce((select array_agg(s.party) from convention_signatures s where s.document_id = c.document_id and ${counted}), '{}')
      as signed_by,
    coalesce((select array_agg(distinct p.party) from convention_amendments y,
      unnest(array['operateur', 'partenaire']) p(party)
      where y.convention_id = c.id and y.effective_at is null and y.closed_at is null and (y.term_on is null or y.term_on >= ${parisDay(now)})
      and not exists (select from convention_signatures s where s.amendment_id = y.id
        and (s.party = p.party and ${counted} or ${contested('s')}))), '{}')
      as amendment_unsigned_by,
    exists (select from convention_signatures s where s.document_id = c.document_id and ${contested('s')}) as contested,
    exists (select from convention_notices n where n.convention_id = c.id and n.received_on is not null
      and n.withdrawn_at is null and not ${contested('n')}) as notice,
    exists (select from convention_breaches b where b.convention_id = c.id
      and least(b.presented_on, b.delivered_on) is not null and b.withdrawn_at is null
      and not ${contested('b')}
      and ((least(b.presented_on, b.delivered_on) + interval '1 month')::date + 1)::timestamp at time zone
        'Europe/Paris' <= c.ends_at) as breach,
    ${lettersOnTheirWay} as letters_on_their_way,
    a.term_on, a.renews, coalesce((select array_agg(x.role) from convention_contacts x
      where x.organisation_id = c.organisation_id and x.starts_at <= ${now}
      and (x.ends_at is null or x.ends_at > ${now})), '{}') as roles, d.has_rgc, d.rgc_certified,
      d.has_territories, d.awareness_due,
      v.due_on as review_due_on, (select s.next_due_on from security_assessments s
        where s.organisation_id = c.organisation_id order by s.assessed_on desc, s.recorded_at desc limit 1) as assessment_next_on
  from conventions c join organisations o on o.id = c.organisation_id join territories t on t.id = c.region_id
    left join lateral (select y.term_on, y.renews from convention_amendments y where y.convention_id = c.id
      and y.term_on is not null and y.effective_at <= ${now} order by y.effective_at desc limit 1) a on true
    left join ctx.partner_duties(${now}) d on d.organisation_id = c.organisation_id
    left join ctx.reviews_due() v on v.organisation_id = c.organisation_id
  where ${region === undefined ? sql`true` : sql`c.region_id = ${region}`} order by t.name collate "fr-x-icu", o.name collate "fr-x-icu", c.created_at desc, c.id`)
