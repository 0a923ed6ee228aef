import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { Budget } from './throttle-rules.ts'

/* Before there is a session, as the role of signing in: definer functions only, for no row is open yet. */

export interface FoundPassword {
  readonly accountId: string
  readonly organisationId: string
  readonly hash: string | null
  /** The account is active, and its organisation may sign in by password. */
  readonly open: boolean
  /** Until a verdict: told to whoever knows the password, and to nobody else. */
  readonly blocked: boolean
  readonly contractOver: boolean
}
/** Each account of the address: one, or two of one person. */
export const findPasswords = async (db: Db, email: string): Promise<FoundPassword[]> =>
  (await db.first(sql<{ found: FoundPassword[] }>`select ctx.find_password(${email}) as found`))!.found

export type LockedBudget = Budget & { readonly key: Buffer }
export const lockBudgets = (db: Db, keys: readonly Buffer[]) =>
  db.all(
    sql<LockedBudget>`select key, failures, wait_until, last_at from ctx.lock_sign_in_budgets(${[...keys]}::bytea[])`,
  )
export const setBudget = (db: Db, key: Buffer, { failures, waitUntil, lastAt }: Budget) =>
  db.run(sql`select ctx.set_sign_in_budget(${key}, ${failures}, ${waitUntil}, ${lastAt})`)

/** Null when the database refuses: the account is not active, has no password, or its organisation may not use one. */
export const openPasswordSession = async (
  db: Db,
  s: { id: string; tokenHash: Buffer; accountId: string; device: string; replaces: Buffer | null },
): Promise<{ replaced: string | null } | null> =>
  (await db.first(
    sql<{
      opened: { replaced: string | null } | null
    }>`select ctx.open_password_session(${s.id}, ${s.tokenHash}, ${s.accountId}, ${s.device}, ${s.replaces}) as opened`,
  ))!.opened
export const renewHash = (db: Db, accountId: string, old: string, hash: string) =>
  db.run(sql`select ctx.renew_password_hash(${accountId}, ${old}, ${hash})`)

export interface OpenLink {
  readonly accountId: string
  readonly organisationId: string
  readonly email: string
  /** What may not make up the password: one's names, address and organisation. */
  readonly words: readonly string[]
  /** No password was chosen before. */
  readonly first: boolean
  /** A code handed over by voice is asked for. */
  readonly code: boolean
}
/** A try of the code, counted by the database; null when the link is over. */
export const tryLinkCode = async (db: Db, tokenHash: Buffer, codeHash: Buffer | null): Promise<boolean | null> =>
  (await db.first(sql<{ right: boolean | null }>`select ctx.try_link_code(${tokenHash}, ${codeHash}) as right`))!.right
export const findLink = async (db: Db, tokenHash: Buffer): Promise<OpenLink | null> =>
  (await db.first(sql<{ link: OpenLink | null }>`select ctx.password_link(${tokenHash}) as link`))!.link
/** The account whose password it now is; null when the link served meanwhile. */
export const choosePassword = async (
  db: Db,
  tokenHash: Buffer,
  codeHash: Buffer | null,
  hash: string,
): Promise<string | null> =>
  (await db.first(
    sql<{ chosen: string | null }>`select ctx.choose_password(${tokenHash}, ${codeHash}, ${hash}) as chosen`,
  ))!.chosen

/** Whether any organisation may sign in by password: what the sign-in page offers. */
export const passwordAnywhere = async (db: Db): Promise<boolean> =>
  (await db.first(sql<{ anywhere: boolean }>`select ctx.password_anywhere() as anywhere`))!.anywhere

/* Within a session, two factors proven: row-level security opens one's own only. */

export const lockOwnPassword = (db: Db) =>
  db.first(
    sql<{
      hash: string
      email: string
      organisationName: string
    }>`select p.hash, c.email, o.name as organisation_name from passwords p join account_contacts c using (account_id)
      join organisations o on o.id = c.organisation_id where p.account_id = ctx.account() for update of p`,
  )
/** How many wrong guesses at one's own; held until the transaction ends. */
export const lockOwnBudget = async (db: Db): Promise<Budget> =>
  (await db.first(sql<Budget>`select failures, wait_until, last_at from ctx.lock_own_budget()`))!
export const setOwnBudget = (db: Db, { failures, waitUntil, lastAt }: Budget) =>
  db.run(sql`select ctx.set_own_budget(${failures}, ${waitUntil}, ${lastAt})`)
export const changeOwnPassword = (db: Db, hash: string, now: Date) =>
  db.run(sql`update passwords set hash = ${hash}, changed_at = ${now} where account_id = ctx.account()`)

/* The operator's administrator. */

export const findSignIn = (db: Db, organisationId: string) =>
  db.first(sql<{ id: string; passwordAllowed: boolean }>`
  select o.id, coalesce((select d.password_allowed from organisation_sign_in d where d.organisation_id = o.id
    order by d.set_at desc, d.id desc limit 1), false) as password_allowed from organisations o
    where o.id = ${organisationId}`)
export const signInDecisions = (db: Db) =>
  db.all(sql<{
    id: string
    name: string
    kind: string
    passwordAllowed: boolean
    reason: string
    setBy: string | null
    setAt: Date
  }>`
  select o.id, o.name, o.kind, d.password_allowed, d.reason, a.given_name || ' ' || a.family_name as set_by, d.set_at
  from organisation_sign_in d join organisations o on o.id = d.organisation_id left join accounts a on a.id = d.set_by
    order by d.set_at desc, d.id desc limit 500`)
/** All those of an organisation that a password opened; the database asks again who asks. */
export const endPasswordSessions = async (db: Db, organisationId: string): Promise<number> =>
  (await db.first(sql<{ ended: number }>`select ctx.end_password_sessions(${organisationId}) as ended`))!.ended

/** By the administrator, or as the owner on the command line. */
export const insertSignInDecision = (
  db: Db,
  d: {
    id: string
    organisationId: string
    passwordAllowed: boolean
    setBy: string | null
    setAt: Date
    reason: string
  },
) =>
  db.run(
    sql`insert into organisation_sign_in (id, organisation_id, password_allowed, set_by, set_at, reason)
      values (${d.id}, ${d.organisationId}, ${d.passwordAllowed}, ${d.setBy}, ${d.setAt}, ${d.reason})`,
  )

/* As the owner, on the command line. */

/** Those whose pepper is that of another key: each of these people needs a new link. */
export const dropPasswordsOf = (db: Db, key: number) =>
  db.run(sql`delete from passwords where ctx.digest_key(hash) = ${key}`)

/** As long as it takes to read one's mail, no longer. */
export const passwordLinkHours = 24
export const insertLink = async (
  db: Db,
  l: { id: string; accountId: string; tokenHash: Buffer; madeBy: string | null; madeAt: Date; endsAt: Date },
) => {
  await db.run(sql`delete from password_links where account_id = ${l.accountId} and used_at is null`)
  await db.run(
    sql`insert into password_links (id, account_id, token_hash, made_at, made_by, ends_at)
      values (${l.id}, ${l.accountId}, ${l.tokenHash}, ${l.madeAt}, ${l.madeBy}, ${l.endsAt})`,
  )
}
