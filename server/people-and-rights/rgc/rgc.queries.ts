import { sql } from 'kysely'
import type { deedChanges } from '../../../contract/people-and-rights/rgc.ts'
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
/** A day of a paper that was mistaken, as JSON has it. */
export interface CorrectionRow {
  readonly before: { readonly signedOn?: string; readonly receivedOn?: string }
  readonly after: { readonly signedOn?: string; readonly receivedOn?: string }
  readonly reason: string
  readonly by: string
  readonly at: string
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
  readonly refused: boolean
}
export interface ConventionRow {
  readonly id: string
  readonly number: string
  readonly state: 'to-come' | 'in-force' | 'over'
}
export interface DeedRow {
  readonly id: string
  readonly organisation: OrganisationRow
  readonly convention: ConventionRow | null
  readonly organisationName: string
  readonly siret: number
  readonly address: string
  readonly signatory: PersonRow
  readonly signatoryTitle: string
  readonly signatorySignedAt: Date | null
  readonly digest: Buffer
  readonly commitments: readonly string[] | null
  readonly conditionsTitle: string | null
  readonly conditionsVersion: number | null
  readonly conditionsHash: Buffer | null
  readonly changes: readonly { readonly kind: (typeof deedChanges)[number]; readonly person: PersonRow | null }[]
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
  readonly contested: { readonly reason: string; readonly by: PersonRow; readonly at: string } | null
  /** Signed by hand, received and entered by the CSSI. */
  readonly paper: {
    readonly signedOn: string
    readonly receivedOn: string
    readonly by: PersonRow
    readonly corrections: readonly CorrectionRow[]
  } | null
}
// The CSSI who answered a deed is of another structure, and who it names may hold nothing yet.
export const person = (id: string) => sql`ctx.person_ref(${sql.ref(id)})`
export const organisation = (id: string) =>
  sql`(select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) from organisations o
    where o.id = ${sql.ref(id)})`

/** The corrections of a paper, the last first. */
export const corrections = (column: 'deed_id' | 'event_id', of: string) =>
  sql`(select coalesce(jsonb_agg(jsonb_build_object('before', w.before, 'after', w.after, 'reason', w.reason,
    'by', w.corrected_by, 'at', w.corrected_at) order by w.corrected_at desc, w.id desc), '[]') from rgc_paper_corrections w
    where w.${sql.ref(column)} = ${sql.ref(of)})`

/** The instant rights are judged at, which tests may shift. */
export const clockOf = async (db: Db): Promise<Date> =>
  (await db.first(sql<{ at: Date }>`select date_trunc('milliseconds', ctx.clock()) as at`))!.at

export const conventionState = (of: string) =>
  sql`case when ${sql.ref(`${of}.endsAt`)} <= ctx.clock() then 'over'
    when ${sql.ref(`${of}.effectiveFrom`)} <= ctx.clock() then 'in-force' else 'to-come' end`

// Dates of birth come where row-level security opens them, and are null elsewhere.
const deeds = sql`
  select d.id, ${organisation('d.organisation_id')} as organisation, d.organisation_name, d.siret, d.address,
    (select jsonb_build_object('id', v.id, 'number', v.number, 'state', ${conventionState('v')}) from conventions v where v.id = d.convention_id) as convention,
    ${person('d.signatory_id')} as signatory, d.signatory_title, d.digest,
    d.commitments, d.conditions_title, d.conditions_version, d.conditions_hash, deed_changes(d.id) as changes, d.created_at, d.abandoned_at, d.sent_at,
    d.silence_accepts_at,
    (select s.signed_at from rgc_signatures s where s.deed_id = d.id and s.capacity = 'signataire'
      and s.account_id = d.signatory_id) as signatory_signed_at,
    (select coalesce(jsonb_agg(jsonb_build_object('person', ${person('m.account_id')}, 'position', m.position,
      'givenName', m.given_name, 'familyName', m.family_name, 'telephone', m.phone, 'email', m.email,
      'bornOn', (select b.born_on from rgc_birth_dates b where b.deed_id = d.id and b.account_id = m.account_id),
      'signedAt', (select s.signed_at from rgc_signatures s where s.deed_id = d.id and s.capacity = 'rgc'
        and s.account_id = m.account_id), 'refused', exists (select from rgc_refused_people f
        where f.deed_id = d.id and f.account_id = m.account_id)) order by m.rank), '[]')
      from rgc_members m where m.deed_id = d.id) as members,
    (select jsonb_build_object('kind', x.kind, 'reason', x.reason, 'by', ${person('x.decided_by')}, 'at', x.decided_at)
      from rgc_decisions x where x.deed_id = d.id) as decision,
    case when d.contested_at is not null then jsonb_build_object('reason', d.contest_reason,
      'by', ${person('d.contested_by')}, 'at', d.contested_at) end as contested,
    case when d.paper_signed_on is not null then jsonb_build_object('signedOn', d.paper_signed_on,
      'receivedOn', d.paper_received_on, 'by', ${person('d.created_by')}, 'corrections', ${corrections('deed_id', 'd.id')})
      end as paper
  from rgc_deeds d`
export const deedById = (db: Db, id: string) => db.first(sql<DeedRow>`${deeds} where d.id = ${id}::uuid`)
export const ownDeeds = (db: Db) =>
  db.all(
    sql<DeedRow>`${deeds} where d.organisation_id = ctx.organisation()
      order by coalesce(d.sent_at, d.abandoned_at, 'infinity') desc, d.created_at desc limit 50`,
  )
/** Those that wait for the operator, the first to be accepted by silence first, however many. */
export const waitingDeeds = (db: Db) =>
  db.all(
    sql<DeedRow>`${deeds} where d.sent_at is not null and d.silence_accepts_at > ctx.clock()
      and d.contested_at is null
      and not exists (select from rgc_decisions x where x.deed_id = d.id)
      and not exists (select from conventions v where v.id = d.convention_id and v.ends_at <= ctx.clock())
      order by d.silence_accepts_at, d.id`,
  )
export const shownDeeds = 200
/** Those sent, the last first; of the structures whose name holds these words, when some are given. */
export const sentDeeds = (db: Db, words: string | null) =>
  db.all(
    sql<DeedRow>`${deeds} where d.sent_at is not null and (${words}::text is null
      or exists (select from organisations o where o.id = d.organisation_id
        and position(search_words(${words}::text) in search_words(o.name)) > 0))
      order by d.sent_at desc, d.id limit ${shownDeeds}`,
  )

export const ownMissing = async (db: Db) =>
  (await db.first(sql<{ missing: string[] | null }>`select ctx.own_rgc_missing() as missing`))!.missing
export const ownOrganisation = (db: Db) =>
  db.first(
    sql<
      OrganisationRow & { siret: number }
    >`select id, name, kind, siret from organisations where id = ctx.organisation()`,
  )
/** Those that a deed may be the annex of: the one in force, then those to be signed, the latest first. */
export const ownConventions = (db: Db) =>
  db.all(
    sql<ConventionRow>`select c.id, c.number, ${conventionState('c')} as state from conventions c
      where c.organisation_id = ctx.organisation() and (c.ends_at is null or c.ends_at > ctx.clock())
      order by (c.effective_from <= ctx.clock()) desc nulls last, c.created_at desc`,
  )
/** The text in force that the partner gives those it designates. */
export const accessConditions = (db: Db) =>
  db.first(
    sql<{ id: string; title: string; version: number; hash: Buffer }>`select id, title, version, hash
      from access_conditions()`,
  )
/** The same on the day that a paper was signed. */
export const accessConditionsOn = (db: Db, day: string) =>
  db.first(
    sql<{ id: string; title: string; version: number; hash: Buffer }>`select id, title, version, hash
      from access_conditions_on(${day}::date)`,
  )
export const accountName = async (db: Db, id: string) =>
  (await db.first(
    sql<{ name: string }>`select given_name || ' ' || family_name as name from accounts where id = ${id}::uuid`,
  ))!.name
/** Of the viewer's own structure, or of one that they oversee or receive papers of; now, or at an instant. */
export const inPlace = (db: Db, organisationId: string | null, at: Date | null) =>
  db.all(sql<PersonRow>`
  select a.id, (a.given_name || ' ' || a.family_name) collate "fr-x-icu" as name, a.organisation_id
    from rgc_in_place(coalesce(${organisationId}::uuid, ctx.organisation()),
    coalesce(${at}::timestamptz, ctx.clock())) p (id) join accounts a on a.id = p.id order by name, a.id`)
export const accountOf = (db: Db, id: string) =>
  db.first(
    sql<
      PersonRow & { organisation: OrganisationRow; regionId: number | null }
    >`select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id,
      ${organisation('a.organisation_id')} as organisation, rgc_region(a.organisation_id) as region_id from accounts a where a.id = ${id}::uuid`,
  )
/** Of one's own structure; or of another, for the CSSI who enters its deed. */
export const memberAccount = async (
  db: Db,
  newId: string,
  m: { email: string; givenName: string; familyName: string },
  organisationId: string | null,
) =>
  (await db
    .first(
      organisationId === null
        ? sql<{
            id: string | null
          }>`select rgc_account(${newId}::uuid, ${m.email}, ${m.givenName}, ${m.familyName}) as id`
        : sql<{ id: string | null }>`select rgc_account_of(${newId}::uuid, ${organisationId}::uuid, ${m.email},
            ${m.givenName}, ${m.familyName}) as id`,
    )
    .catch(refusedBy('account_contacts_email', 'rgc/changed-meanwhile'))
    .catch(refusedBy('account_contacts_mailbox', 'person/mailbox-taken')))!.id
export interface NewDeed {
  readonly id: string
  readonly organisationId: string
  readonly conventionId: string
  readonly organisationName: string
  readonly siret: number
  readonly address: string
  readonly signatoryId: string
  readonly signatoryName: string
  readonly signatoryTitle: string
  readonly digest: Buffer
  readonly createdBy: string
  readonly createdAt: Date
  readonly paperSignedOn?: string
  readonly paperReceivedOn?: string
}
/** What each engages in, and the version of the conditions that were given; both or neither, as the database holds. */
export interface Engagements {
  readonly commitments: string[]
  readonly conditionsId: string
  readonly conditionsTitle: string
  readonly conditionsVersion: number
  readonly conditionsHash: Buffer
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
  readonly birthSalt: Buffer
  readonly accountName: string
}
export const insertDeed = async (
  db: Db,
  deed: NewDeed,
  engagements: Engagements | null,
  members: readonly NewMember[],
) => {
  await db
    .run(k.insertInto('rgcDeeds').values({ ...deed, ...engagements, conditionsGiven: true }))
    .catch(refusedBy('rgc_deeds_one_to_sign', 'rgc/changed-meanwhile'))
    .catch(refusedBy('rgc_deeds_paper_once', 'rgc/paper-entered'))
  await db.run(
    k.insertInto('rgcMembers').values(
      members.map(({ bornOn: _, birthSalt: __, ...m }) => ({
        ...m,
        deedId: deed.id,
        organisationId: deed.organisationId,
      })),
    ),
  )
  await db.run(
    k
      .insertInto('rgcBirthDates')
      .values(members.map(({ accountId, bornOn, birthSalt: salt }) => ({ deedId: deed.id, accountId, bornOn, salt }))),
  )
}
/** What waited for signatures in the service, and whose place this paper took: one at most. */
export const replacedBy = async (db: Db, deedId: string): Promise<string | undefined> =>
  (await db.first(sql<{ id: string }>`select r.id from rgc_replaced_by(${deedId}::uuid) r (id)`))?.id
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
/** False: a signature, or the scan, is missing. The database says whether it waits for the operator, and until when. */
export const sendDeed = async (db: Db, deedId: string) =>
  (await db.first(sql<{ sentAt: Date | null }>`select send_rgc_deed(${deedId}::uuid) as sent_at`))!.sentAt !== null
