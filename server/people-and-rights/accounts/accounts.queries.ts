import { sql } from 'kysely'
import type { Role } from '../../../contract/route.ts'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import { isUuid } from '../../platform/ids.ts'

export interface AccountIdentity {
  readonly givenName: string
  readonly familyName: string
  readonly function: string
  readonly attachment: 'agent' | 'delegate' | 'contractor'
  readonly thirdPartyId: string | null
  readonly contractEndsOn: string | null
}
export interface OpenedAccount extends AccountIdentity {
  readonly id: string
  readonly organisationId: string
  readonly email: string
  readonly createdAt: Date
}

/**
 * Accounts opened together, and their addresses apart from them. False when another took one of the addresses in the
 * same second: the caller undoes all.
 */
export const openAccounts = async (db: Db, accounts: readonly OpenedAccount[]): Promise<boolean> => {
  if (accounts.length === 0) return true
  const rows = JSON.stringify(accounts.map(a => ({ ...a, email: a.email.toLowerCase() })))
  await db.run(sql`
    insert into accounts (id, organisation_id, given_name, family_name, function, attachment, third_party_id,
      contract_ends_on, created_at)
    select id, "organisationId", "givenName", "familyName", function, attachment, "thirdPartyId", "contractEndsOn",
      "createdAt"
    from jsonb_to_recordset(${rows}::jsonb) as a (id uuid, "organisationId" uuid, "givenName" text, "familyName" text,
      function text, attachment text, "thirdPartyId" uuid, "contractEndsOn" date, "createdAt" timestamptz)`)
  return (
    (await db.run(sql`insert into account_contacts (account_id, organisation_id, email)
    select id, "organisationId", email
      from jsonb_to_recordset(${rows}::jsonb) as a (id uuid, "organisationId" uuid, email text) order by mailbox_of(email)
      on conflict do nothing`)) === accounts.length
  )
}
/** Of these addresses, those that open an account already: with it when it is of one's own organisation. */
export const addressesTaken = (db: Db, emails: readonly string[]) =>
  db.all(
    sql<{
      email: string
      accountId: string | null
    }>`select email, account_id from ctx.addresses_taken(${emails.map(e => e.toLowerCase())}::text[])`,
  )

/** Of these addresses, those of a mailbox that has an account of one's own structure under another address. */
export const mailboxesTaken = (db: Db, emails: readonly string[]) =>
  db.all(
    sql<{
      email: string
      accountId: string
    }>`select email, account_id from ctx.mailboxes_taken(${emails.map(e => e.toLowerCase())}::text[])`,
  )

export const saveIdentity = (db: Db, id: string, identity: AccountIdentity) =>
  db.run(
    k
      .updateTable('accounts')
      .set({ ...identity, version: sql`version + 1` })
      .where('id', '=', id),
  )
export const saveStatus = (db: Db, id: string, status: 'active' | 'suspended', reason: string | null) =>
  db
    .run(
      k.updateTable('accounts').set({ status, statusReason: reason, version: sql`version + 1` }).where('id', '=', id),
    )
    .catch(refusedBy('last_officer', 'security/last-officer'))
/** Nobody else would keep a role that this account holds, and without which nobody lifts a block or gives a role. */
export const keepsOffice = async (db: Db, id: string, forGood: boolean): Promise<boolean> =>
  (await db.first(sql<{ keeps: boolean }>`select ctx.keeps_office(${id}::uuid, ${forGood}) as keeps`))!.keeps
/** Its roles of today. */
export const rolesOf = async (db: Db, id: string): Promise<Role[]> =>
  (
    await db.all(
      sql<{ role: Role }>`select distinct r.role from role_assignments r where r.account_id = ${id}::uuid
        and r.starts_at <= ctx.clock() and (r.ends_at is null or r.ends_at > ctx.clock())`,
    )
  ).map(r => r.role)
/** Locks these people in order: two decisions on the same people never wait for each other. */
export const lockAccounts = (db: Db, ids: readonly string[]) =>
  db.run(sql`select from accounts where id = any (${[...ids].sort()}::uuid[]) order by id for update`)
/** The accounts of a third party's people that would outlast it end with it; says how many. */
export const endWithThirdParty = (db: Db, thirdPartyId: string, endsOn: string) =>
  db.run(
    sql`update accounts set contract_ends_on = ${endsOn}::date, version = version + 1
      where third_party_id = ${thirdPartyId}::uuid and status <> 'deleted'
      and (contract_ends_on is null or contract_ends_on > ${endsOn}::date)`,
  )

/** The accounts that end with a third party's contract follow it when it is prolonged; says how many. */
export const followThirdParty = (db: Db, thirdPartyId: string, from: string, to: string | null) =>
  db.run(
    sql`update accounts set contract_ends_on = ${to}::date, version = version + 1
      where third_party_id = ${thirdPartyId}::uuid and status <> 'deleted' and contract_ends_on = ${from}::date`,
  )

/** An act as of that instant: an account that has none yet is counted active from it. */
export const insertActivity = (db: Db, accountId: string, organisationId: string, lastActAt: Date) =>
  db.run(k.insertInto('accountActivity').values({ accountId, organisationId, lastActAt }))

export interface NewAccount {
  readonly id: string
  readonly organisationId: string
  readonly givenName: string
  readonly familyName: string
  readonly function: string
  readonly email: string
  readonly createdAt: Date
}
/** On the command line, by its number or by an address that opens it alone: of two, nobody guesses which. */
export const findAccountByEmail = async (db: Db, email: string) => {
  const found = await db.all(
    k
      .selectFrom('accountContacts')
      .select(['accountId', 'organisationId', 'email'])
      .where(isUuid(email) ? sql<string>`account_id::text` : sql<string>`email`, '=', email.toLowerCase())
      .orderBy('accountId'),
  )
  if (found.length > 1)
    throw new Error(
      `deux comptes ont cette adresse : donnez à sa place le numéro de l’un d’eux, ${found.map(a => a.accountId).join(' ou ')}`,
    )
  return found[0]
}
/** The account, and its address apart from it. */
export const insertAccount = async (db: Db, { email, ...account }: NewAccount) => {
  await db.run(k.insertInto('accounts').values(account))
  await db.run(
    k
      .insertInto('accountContacts')
      .values({ accountId: account.id, organisationId: account.organisationId, email: email.toLowerCase() }),
  )
}
