import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'

export interface PersonRow {
  readonly id: string
  readonly name: string
  readonly organisationId: string
}
export interface OrganisationRow {
  readonly id: string
  readonly name: string
  readonly kind: string
}
export interface MemberRow {
  readonly person: PersonRow
  readonly position: 'titulaire' | 'suppleant'
  readonly givenName: string
  readonly familyName: string
  readonly telephone: string
  readonly email: string
  readonly bornOn: string | null
  readonly signedAt: string | null
}
export interface DeedRow {
  readonly id: string
  readonly organisation: OrganisationRow
  readonly organisationName: string
  readonly siret: number
  readonly address: string
  readonly signatory: PersonRow
  readonly signatoryTitle: string
  readonly signatorySignedAt: Date | null
  readonly digest: Buffer
  readonly members: readonly MemberRow[]
  readonly createdAt: Date
  readonly abandonedAt: Date | null
  readonly sentAt: Date | null
  readonly silenceAcceptsAt: Date | null
  readonly decision: {
    readonly kind: 'acceptation' | 'refus'
    readonly reason: string | null
    readonly by: PersonRow
    readonly at: string
  } | null
}
// The CSSI who answered a deed is of another structure, and who it names may hold nothing yet.
export const person = (id: string) => sql`ctx.person_ref(${sql.ref(id)})`
export const organisation = (id: string) =>
  sql`(select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) from organisations o
    where o.id = ${sql.ref(id)})`

/** The instant rights are judged at, which tests may shift. */
export const clockOf = async (db: Db): Promise<Date> =>
  (await db.first(sql<{ at: Date }>`select date_trunc('milliseconds', ctx.clock()) as at`))!.at

// Dates of birth come where row-level security opens them, and are null elsewhere.
const deeds = sql`
  select d.id, ${organisation('d.organisation_id')} as organisation, d.organisation_name, d.siret, d.address,
    ${person('d.signatory_id')} as signatory, d.signatory_title, d.digest, d.created_at, d.abandoned_at, d.sent_at,
    d.silence_accepts_at,
    (select s.signed_at from rgc_signatures s where s.deed_id = d.id and s.capacity = 'signataire'
      and s.account_id = d.signatory_id) as signatory_signed_at,
    (select coalesce(jsonb_agg(jsonb_build_object('person', ${person('m.account_id')}, 'position', m.position,
      'givenName', m.given_name, 'familyName', m.family_name, 'telephone', m.phone, 'email', m.email,
      'bornOn', (select b.born_on from rgc_birth_dates b where b.deed_id = d.id and b.account_id = m.account_id),
      'signedAt', (select s.signed_at from rgc_signatures s where s.deed_id = d.id and s.capacity = 'rgc'
        and s.account_id = m.account_id)) order by m.rank), '[]') from rgc_members m where m.deed_id = d.id) as members,
    (select jsonb_build_object('kind', x.kind, 'reason', x.reason, 'by', ${person('x.decided_by')}, 'at', x.decided_at)
      from rgc_decisions x where x.deed_id = d.id) as decision
  from rgc_deeds d`
export const deedById = (db: Db, id: string) => db.first(sql<DeedRow>`${deeds} where d.id = ${id}::uuid`)
export const ownDeeds = (db: Db) =>
  db.all(
    sql<DeedRow>`${deeds} where d.organisation_id = ctx.organisation()
      order by coalesce(d.sent_at, d.abandoned_at, 'infinity') desc, d.created_at desc limit 50`,
  )
export const sentDeeds = (db: Db) =>
  db.all(sql<DeedRow>`${deeds} where d.sent_at is not null order by d.sent_at desc, d.id limit 200`)

export const ownMissing = async (db: Db) =>
  (await db.first(sql<{ missing: string[] | null }>`select ctx.own_rgc_missing() as missing`))!.missing
export const ownOrganisation = (db: Db) =>
  db.first(
    sql<
      OrganisationRow & { siret: number }
    >`select id, name, kind, siret from organisations where id = ctx.organisation()`,
  )
export const ownSignatories = (db: Db) =>
  db.all(sql<PersonRow>`
  select distinct a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id from role_assignments r
    join accounts a on a.id = r.account_id and a.organisation_id = r.organisation_id and a.status = 'active'
  where r.organisation_id = ctx.organisation() and r.role = 'signataire' and r.starts_at <= ctx.clock()
    and (r.ends_at is null or r.ends_at > ctx.clock()) order by name`)
/** Of the viewer's own structure, or of any for who oversees; now, or at an instant. */
export const inPlace = (db: Db, organisationId: string | null, at: Date | null) =>
  db.all(sql<PersonRow>`
  select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id
    from rgc_in_place(coalesce(${organisationId}::uuid, ctx.organisation()),
    coalesce(${at}::timestamptz, ctx.clock())) p (id) join accounts a on a.id = p.id order by name, a.id`)
export const withoutRgc = (db: Db) =>
  db.all(
    sql<OrganisationRow>`select o.id, o.name, o.kind from structures_without_rgc() s (id)
      join organisations o on o.id = s.id order by o.name, o.id`,
  )
export const accountOf = (db: Db, id: string) =>
  db.first(
    sql<
      PersonRow & { organisation: OrganisationRow }
    >`select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id,
      ${organisation('a.organisation_id')} as organisation from accounts a where a.id = ${id}::uuid`,
  )

export const memberAccount = async (
  db: Db,
  newId: string,
  m: { email: string; givenName: string; familyName: string },
) =>
  (await db
    .first(
      sql<{ id: string | null }>`select rgc_account(${newId}::uuid, ${m.email}, ${m.givenName}, ${m.familyName}) as id`,
    )
    .catch(refusedBy('account_contacts_email', 'rgc/changed-meanwhile')))!.id
export interface NewDeed {
  readonly id: string
  readonly organisationId: string
  readonly organisationName: string
  readonly siret: number
  readonly address: string
  readonly signatoryId: string
  readonly signatoryName: string
  readonly signatoryTitle: string
  readonly digest: Buffer
  readonly createdBy: string
  readonly createdAt: Date
}
export interface NewMember {
  readonly accountId: string
  readonly position: 'titulaire' | 'suppleant'
  readonly rank: number
  readonly givenName: string
  readonly familyName: string
  readonly phone: string
  readonly email: string
  readonly bornOn: string
}
export const insertDeed = async (db: Db, deed: NewDeed, members: readonly NewMember[]) => {
  await db
    .run(k.insertInto('rgcDeeds').values({ ...deed, conditionsGiven: true }))
    .catch(refusedBy('rgc_deeds_one_to_sign', 'rgc/changed-meanwhile'))
  await db.run(
    k
      .insertInto('rgcMembers')
      .values(members.map(({ bornOn: _, ...m }) => ({ ...m, deedId: deed.id, organisationId: deed.organisationId }))),
  )
  await db.run(
    k
      .insertInto('rgcBirthDates')
      .values(members.map(m => ({ deedId: deed.id, accountId: m.accountId, bornOn: m.bornOn }))),
  )
}
/** Those nobody sent yet: one at most. */
export const abandonUnsent = (db: Db, at: Date, id?: string) =>
  db.run(
    sql`update rgc_deeds set abandoned_at = ${at} where organisation_id = ctx.organisation() and sent_at is null
      and abandoned_at is null ${id ? sql`and id = ${id}::uuid` : sql``}`,
  )
export const insertSignature = (
  db: Db,
  deedId: string,
  accountId: string,
  capacity: 'signataire' | 'rgc',
  digest: Buffer,
  signedAt: Date,
) =>
  db.run(
    sql`insert into rgc_signatures (deed_id, account_id, capacity, digest, signed_at)
      values (${deedId}::uuid, ${accountId}::uuid, ${capacity}, ${digest}, ${signedAt}) on conflict do nothing`,
  )
export const sendDeed = async (db: Db, deedId: string, silenceAcceptsAt: Date | null, at: Date) =>
  (await db.first(
    sql<{
      sent: boolean
    }>`select send_rgc_deed(${deedId}::uuid, ${silenceAcceptsAt}::timestamptz, ${at}::timestamptz) as sent`,
  ))!.sent
export const insertDecision = (
  db: Db,
  d: { deedId: string; kind: string; reason: string | null; decidedBy: string; decidedAt: Date },
) =>
  db.run(
    sql`insert into rgc_decisions (deed_id, kind, reason, decided_by, decided_at)
      values (${d.deedId}::uuid, ${d.kind}, ${d.reason}, ${d.decidedBy}::uuid, ${d.decidedAt}) on conflict do nothing`,
  )

export interface CertificateRow {
  readonly id: string
  readonly person: PersonRow
  readonly organisation: OrganisationRow
  readonly issuedOn: string
  readonly fileName: string
  readonly recordedAt: Date
}
export const listCertificates = (db: Db) =>
  db.all(
    sql<CertificateRow>`select c.id, ${person('c.account_id')} as person,
      ${organisation('c.organisation_id')} as organisation, c.issued_on, c.file_name, c.recorded_at
      from rgc_certificates c order by c.recorded_at desc limit 200`,
  )
export const insertCertificate = (
  db: Db,
  c: {
    id: string
    accountId: string
    organisationId: string
    issuedOn: string
    fileName: string
    content: Buffer
    sha256: Buffer
    recordedBy: string
    recordedAt: Date
  },
) => db.run(k.insertInto('rgcCertificates').values(c))
export const isNamed = async (db: Db, accountId: string) =>
  (await db.first(
    sql<{
      named: boolean
    }>`select exists (select from rgc_members m join rgc_deeds d on d.id = m.deed_id
      where m.account_id = ${accountId}::uuid and d.sent_at is not null) as named`,
  ))!.named

export const storedFile = (db: Db, deedId: string) =>
  db.first(
    sql<{ content: Buffer; sha256: Buffer }>`select content, sha256 from rgc_documents where deed_id = ${deedId}::uuid`,
  )
export const storeFile = (db: Db, deedId: string, content: Buffer, sha256: Buffer, madeAt: Date) =>
  db.run(
    sql`insert into rgc_documents (deed_id, content, sha256, made_at)
      values (${deedId}::uuid, ${content}, ${sha256}, ${madeAt}) on conflict do nothing`,
  )
