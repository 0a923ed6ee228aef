import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import type { PersonRow } from '../awareness/awareness.queries.ts'

/** Active accounts of the viewer's own structure, for its signatory; nobody for others. */
export const ownColleagues = (db: Db): Promise<PersonRow[]> =>
  db.all(sql<PersonRow>`
  select id, given_name || ' ' || family_name as name, organisation_id from accounts
    where (select ctx.holds_role('signataire')) and organisation_id = ctx.organisation() and status = 'active'
    order by family_name collate "fr-x-icu", given_name collate "fr-x-icu", id limit 1000`)

export interface Designated {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly organisationId: string
  readonly since: Date
}
/** Locked when it is about to be replaced. */
export const designatedRequester = (db: Db, { lock = false } = {}) =>
  db.first(sql<Designated>`
  select d.id, d.account_id, a.given_name || ' ' || a.family_name as name, d.organisation_id, d.designated_at as since
  from access_requesters d join accounts a on a.id = d.account_id where d.organisation_id = ctx.organisation()
    and d.ended_at is null ${lock ? sql`for update of d` : sql``}`)
/** Never before it began: it may have been written by a transaction that started after ours. */
export const endRequester = (db: Db, id: string, endedAt: Date) =>
  db.run(
    k
      .updateTable('accessRequesters')
      .set({ endedAt: sql`greatest(designated_at, ${endedAt})` })
      .where('id', '=', id),
  )
export const insertRequester = (
  db: Db,
  row: { id: string; organisationId: string; accountId: string; designatedBy: string; designatedAt: Date },
): Promise<number> =>
  db.run(
    k
      .insertInto('accessRequesters')
      .values(row)
      .onConflict(c => c.doNothing()),
  )
/** The account designated by an address, opened where there is none; null: the address is another structure's. */
export const requesterOfAddress = async (
  db: Db,
  p: { id: string; email: string; givenName: string; familyName: string; function: string },
): Promise<string | null> =>
  (await db
    .first(
      sql<{ id: string | null }>`select requester_of_address(${p.id}::uuid, ${p.email}, ${p.givenName}, ${p.familyName},
        ${p.function}) as id`,
    )
    .catch(refusedBy('account_contacts_mailbox', 'person/mailbox-taken'))
    .catch(refusedBy('account_contacts_email', 'person/address-taken')))!.id

export interface AccessRequestRow {
  readonly id: string
  readonly organisationId: string
  readonly organisationName: string
  readonly organisationKind: string
  readonly byId: string
  readonly byName: string
  readonly byOrganisationId: string
  readonly people: number
  readonly message: string
  readonly requestedAt: Date
  readonly decision: 'accepted' | 'refused' | null
  readonly decidedAt: Date | null
  readonly reason: string | null
  /** Of its structure today: without a convention no account opens anything. */
  readonly inForce: boolean
}
const requests = sql`
  select r.id, r.organisation_id, o.name as organisation_name, o.kind as organisation_kind, a.id as by_id,
    a.given_name || ' ' || a.family_name as by_name, a.organisation_id as by_organisation_id, r.people, r.message,
    r.requested_at, r.decision, r.decided_at, r.reason, exists (select from conventions c
      where c.organisation_id = r.organisation_id and c.effective_from <= ctx.clock()
      and (c.ends_at is null or c.ends_at > ctx.clock())) as in_force
  from access_requests r join organisations o on o.id = r.organisation_id join accounts a on a.id = r.requested_by`
/** All those that wait, the oldest first; then those answered, the last first, up to two hundred in all. */
export const listAccessRequests = (db: Db): Promise<AccessRequestRow[]> =>
  db.all(sql<AccessRequestRow>`
  ${requests} order by r.decided_at is not null, case when r.decided_at is null
    then r.requested_at end, r.requested_at desc, r.id desc
    limit greatest(200, (select count(*) from access_requests w where w.decided_at is null))`)
export const findAccessRequest = (db: Db, id: string) => db.first(sql<AccessRequestRow>`${requests} where r.id = ${id}`)
/** Rows written: none when another request of the structure waits already. */
export const insertAccessRequest = (
  db: Db,
  row: { id: string; organisationId: string; requestedBy: string; people: number; message: string; requestedAt: Date },
): Promise<number> =>
  db.run(
    k
      .insertInto('accessRequests')
      .values(row)
      .onConflict(c => c.doNothing()),
  )
export const decideAccessRequest = (
  db: Db,
  id: string,
  decided: { decision: string; reason: string; decidedBy: string; decidedAt: Date },
): Promise<number> =>
  db.run(k.updateTable('accessRequests').set(decided).where('id', '=', id).where('decidedAt', 'is', null))
