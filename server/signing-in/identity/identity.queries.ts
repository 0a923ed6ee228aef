import { sql } from 'kysely'
import type { MissingTerm } from '../../../contract/route.ts'
import type { Db } from '../../platform/database.ts'
import { parseSiret } from '../../platform/siret.ts'
import type { WeakLevel } from './factors.ts'
import type { Facts } from './match-account-rules.ts'
import { SignInRefused, type Vouched } from './proconnect.ts'

/* Before there is a session, as the role of signing in: definer functions only, for no row is open yet. */

export interface SignInTransaction {
  readonly id: string
  readonly stateHash: Buffer
  readonly browserHash: Buffer
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  readonly essential: boolean
  readonly returnTo: string
  readonly sessionId: string | null
}
export const beginSignIn = (db: Db, t: SignInTransaction) =>
  db.run(
    sql`select ctx.sign_in_begin(${t.id}, ${t.stateHash}, ${t.browserHash}, ${t.state}, ${t.nonce}, ${t.codeVerifier},
      ${t.essential}, ${t.returnTo}, ${t.sessionId})`,
  )

export type TakenSignIn = Omit<SignInTransaction, 'stateHash' | 'browserHash'> & {
  readonly browserHash: string
  readonly startedAt: string
}
export const takeSignIn = async (db: Db, stateHash: Buffer): Promise<TakenSignIn | null> =>
  (await db.first(sql<{ taken: TakenSignIn | null }>`select ctx.sign_in_take(${stateHash}) as taken`))?.taken ?? null

export const findIdentity = async (
  db: Db,
  who: Pick<Vouched, 'issuer' | 'subject' | 'email' | 'idpId'>,
  invitation: Buffer | null,
): Promise<Facts> =>
  (await db.first(
    sql<{
      facts: Facts
    }>`select ctx.find_identity(${who.issuer}, ${who.subject}, ${who.email}, ${who.idpId}, ${invitation}) as facts`,
  ))!.facts

/** False when the database finds the link not certain. */
export const linkIdentity = async (
  db: Db,
  who: Pick<Vouched, 'issuer' | 'subject' | 'idpId' | 'siret'>,
  accountId: string,
  invitation: Buffer | null,
): Promise<boolean> =>
  (await db.first(
    sql<{
      linked: boolean
    }>`select ctx.link_identity(${who.issuer}, ${who.subject}, ${accountId}, ${who.idpId}, ${invitation},
      ${parseSiret(who.siret) ?? null}) as linked`,
  ))!.linked

export const askLink = (
  db: Db,
  id: string,
  who: Vouched,
  siret: number | undefined,
  account: { accountId: string; organisationId: string; reason: string },
) =>
  db.run(
    sql`select ctx.ask_link(${id}, ${who.issuer}, ${who.subject}, ${account.accountId}, ${account.organisationId},
      ${who.givenName}, ${who.usualName}, ${who.email}, ${siret ?? null}, ${who.idpId}, ${account.reason})`,
  )

export interface NewSession {
  readonly id: string
  readonly tokenHash: Buffer
  readonly accountId: string
  readonly acr: string | null
  readonly amr: readonly string[]
  readonly secondFactor: 'proconnect' | null
  /** How ProConnect proved it. */
  readonly proof: 'strong' | 'weak' | null
  readonly provenAt: Date | null
  readonly idToken: string
  readonly device: string
  readonly replaces: Buffer | null
}
/** Whether the operator's directives accept a weak level at ProConnect, for the audiences of this account today. */
export const weakLevel = async (db: Db, accountId: string): Promise<WeakLevel> =>
  (await db.first(sql<{ level: WeakLevel }>`select ctx.weak_level(${accountId}) as level`))!.level
/** Answers the session that this browser had before, now ended. Refused when the account was blocked meanwhile. */
export const openSession = async (db: Db, s: NewSession): Promise<string | null> =>
  (await db
    .first(
      sql<{
        replaced: string | null
      }>`select ctx.open_session(${s.id}, ${s.tokenHash}, ${s.accountId}, ${s.acr}, ${[...s.amr]}, ${s.secondFactor},
      ${s.proof}, ${s.provenAt}, ${s.idToken}, ${s.device}, ${s.replaces}) as replaced`,
    )
    .catch(error => {
      const { constraint } = error as { constraint?: string }
      if (constraint === 'sessions_account_blocked') throw new SignInRefused('account-blocked')
      if (constraint === 'sessions_contract_over') throw new SignInRefused('account-contract-over')
      if (constraint === 'sessions_account_inactive') throw new SignInRefused('account-inactive')
      throw error
    }))!.replaced

/* Within a session: row-level security opens one's own rows only. */

export const isOwnIdentity = async (db: Db, issuer: string, subject: string): Promise<boolean> =>
  (await db.first(sql`select from account_identities where issuer = ${issuer} and subject = ${subject}`)) !== undefined

/**
 * A second factor was proven in the session of this token: its token changes, it is awake, and step-up counts from now.
 * False: it is over, or another proof changed its token meanwhile.
 */
export const proveSession = async (
  db: Db,
  tokenHash: Buffer,
  by: 'proconnect' | 'totp' | 'passkey' | 'recovery-code',
  at: Date,
  nextHash: Buffer,
): Promise<boolean> =>
  (await db.first(
    sql<{ proven: boolean }>`select ctx.prove_session(${tokenHash}, ${by}, ${at}, ${nextHash}) as proven`,
  ))!.proven

export interface FirstFactor {
  readonly id: string
  readonly signedInBy: 'proconnect' | 'password'
  readonly hasPassword: boolean
}
/** How each of one's open sessions began; whether one has a password shows once two factors are proven. */
export const ownFirstFactors = (db: Db) =>
  db.all(
    sql<FirstFactor>`select id, signed_in_by, exists (select from passwords) as has_password from sessions
      where ended_at is null and created_at > now() - interval '12 hours'`,
  )
/** The others of one's own that the old password opened. */
export const endOtherPasswordSessions = (db: Db, sessionId: string) =>
  db.run(
    sql`update sessions set ended_at = now() where signed_in_by = 'password' and id <> ${sessionId}
      and ended_at is null`,
  )

export interface OwnSession {
  readonly id: string
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly secondFactor: string | null
  readonly device: string
}
export const openSessions = (db: Db) =>
  db.all(
    sql<OwnSession>`select id, created_at, last_seen_at, second_factor, device from sessions where ended_at is null
      and created_at > now() - interval '12 hours' order by last_seen_at desc, id`,
  )
export const findOpenSession = (db: Db, id: string) =>
  db.first(
    sql<{
      id: string
      idToken: string | null
    }>`select id, id_token from sessions where id = ${id} and ended_at is null for update`,
  )
export const endSessions = (db: Db, ids: readonly string[]) =>
  db.run(
    sql`update sessions set ended_at = now(), id_token = null where id = any (${[...ids]}::uuid[])
      and ended_at is null`,
  )

export interface OwnRight {
  readonly tool: string
  readonly profile: string
  readonly reason: string
  readonly startsOn: string
  readonly endsOn: string | null
  readonly missing: readonly MissingTerm[]
  readonly id: number
  readonly kind: string
  readonly code: string
  readonly name: string
}
/** What ctx.own_grants holds, with names; empty until two factors are proven. */
export const ownRights = (db: Db) =>
  db.all(sql<OwnRight>`
  select g.tool, g.profile, g.reason, g.starts_on, g.ends_on, g.missing, t.id, t.kind, t.code, t.name
  from ctx.own_grants() g join territories t on t.id = g.territory_id order by g.tool, t.name collate "fr-x-icu", g.starts_on`)

/** All those of an organisation opened by a password, where passwords are no longer accepted. */
export const endPasswordSessions = (db: Db, organisationId: string) =>
  db.run(
    sql`update sessions set ended_at = now() where signed_in_by = 'password' and ended_at is null
      and account_id in (select id from accounts where organisation_id = ${organisationId})`,
  )

export interface PendingLink {
  readonly id: string
  readonly accountId: string
  readonly organisationName: string
  readonly person: string
  readonly accountName: string
  readonly siret: number | null
  readonly idpId: string
  readonly reason: string
  readonly askedAt: Date
}
/**
 * Requests to attach a ProConnect identity to an account, not decided yet. Read and decided as the owner, for whom no
 * account manager can help.
 */
export const pendingLinks = (db: Db) =>
  db.all(sql<PendingLink>`
  select p.id, p.account_id, o.name as organisation_name, p.given_name || ' ' || p.usual_name as person,
    a.given_name || ' ' || a.family_name as account_name, p.siret, p.idp_id, p.reason, p.asked_at
  from pending_links p join accounts a on a.id = p.account_id join organisations o on o.id = p.organisation_id
    where p.decided_at is null order by p.asked_at`)

/** Whether anybody manages the accounts of the viewer's structure; the operator's administrators always do. */
export const structureIsManaged = async (db: Db): Promise<boolean> =>
  (await db.first(sql<{ managed: boolean }>`select ctx.structure_is_managed() as managed`))!.managed

/**
 * Decides one; when confirmed, the identity opens that account from then on. Answers the account, or undefined when
 * there is no such open request.
 */
export const decideLink = async (
  db: Db,
  id: string,
  decision: 'confirmed' | 'refused',
  now: Date,
): Promise<string | undefined> => {
  const link = await db.first(sql<{
    accountId: string
    issuer: string
    subject: string
    idpId: string
    organisationId: string
    reason: string
    siret: number | null
  }>`
    update pending_links set decided_at = ${now}, decision = ${decision} where id = ${id} and decided_at is null
      returning account_id, issuer, subject, idp_id, organisation_id, reason, siret`)
  if (link && decision === 'confirmed' && link.reason === 'unknown-provider' && link.idpId)
    await expectProvider(db, { organisationId: link.organisationId, idpId: link.idpId, at: now })
  if (link && decision === 'confirmed') {
    const attached = await db.run(sql`
    insert into account_identities as i (issuer, subject, account_id, idp_id, linked_at, siret)
      values (${link.issuer}, ${link.subject}, ${link.accountId}, ${link.idpId}, ${now}, ${link.siret})
      on conflict (issuer, subject, account_id) do update set siret = excluded.siret`)
    // IDN-7: the identity opens the account of another; nothing of this is kept, and it is still to be refused.
    if (attached === 0) throw new Error('cette identité ouvre déjà un autre compte : rien n’a été changé')
  }
  return link?.accountId
}

/**
 * An identity provider by which people of a structure are known to come; as the owner. Answers 0 where it was expected
 * already.
 */
export const expectProvider = (db: Db, p: { organisationId: string; idpId: string; at: Date }) =>
  db.run(
    sql`insert into expected_providers (organisation_id, idp_id, added_at)
      values (${p.organisationId}, ${p.idpId}, ${p.at}) on conflict do nothing`,
  )
