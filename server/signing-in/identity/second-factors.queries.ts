import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { FirstEnrolment } from './factors.ts'
import type { Passkey } from './webauthn.ts'

export interface SecondFactor {
  readonly id: string
  readonly kind: 'totp' | 'passkey'
  readonly label: string
  readonly secret: Buffer | null
  readonly lastStep: number | null
  readonly credentialId: string | null
  readonly publicKey: Buffer | null
  readonly counter: number | null
  readonly transports: readonly string[]
}
const columns = sql.raw('id, kind, label, secret, last_step, credential_id, public_key, counter, transports')

export const ownFactors = (db: Db) =>
  db.all(sql<SecondFactor>`select ${columns} from second_factors order by created_at, id`)
/** Locked in one order, so that two answers at once are judged one after the other. */
export const lockOwnFactors = (db: Db) =>
  db.all(sql<SecondFactor>`select ${columns} from second_factors order by id for update`)
export const passkeysOf = (factors: readonly SecondFactor[]): (Passkey & { id: string })[] =>
  factors.flatMap(f =>
    f.kind === 'passkey'
      ? [
          {
            id: f.id,
            credentialId: f.credentialId!,
            publicKey: f.publicKey!,
            counter: f.counter!,
            transports: f.transports,
          },
        ]
      : [],
  )

export const firstEnrolment = async (db: Db): Promise<FirstEnrolment | null> =>
  (await db.first(sql<{ first: FirstEnrolment | null }>`select ctx.own_first_enrolment() as first`))!.first
/** A try of the code handed over, counted by the database. */
export const openOwnEnrolment = async (
  db: Db,
  sessionId: string,
  codeHash: Buffer,
): Promise<'opened' | 'wrong' | 'over'> =>
  (await db.first(
    sql<{ found: 'opened' | 'wrong' | 'over' }>`select ctx.open_own_enrolment(${sessionId}, ${codeHash}) as found`,
  ))!.found

export const insertTotp = (
  db: Db,
  f: { id: string; accountId: string; label: string; secret: Buffer; lastStep: number; now: Date },
) =>
  db.run(
    sql`insert into second_factors (id, account_id, kind, label, created_at, last_used_at, secret, last_step)
      values (${f.id}, ${f.accountId}, 'totp', ${f.label}, ${f.now}, ${f.now}, ${f.secret}, ${f.lastStep})`,
  )
export const insertPasskey = (
  db: Db,
  f: { id: string; accountId: string; label: string; passkey: Passkey; now: Date },
) =>
  db.run(sql`insert into second_factors (id, account_id, kind, label, created_at, last_used_at, credential_id,
    public_key, counter, transports)
    values (${f.id}, ${f.accountId}, 'passkey', ${f.label}, ${f.now}, ${f.now}, ${f.passkey.credentialId},
      ${f.passkey.publicKey}, ${f.passkey.counter}, ${[...f.passkey.transports]})`)
/** Accepts a code's step once: no row when it, or a newer one, was accepted before. */
export const acceptTotp = (db: Db, id: string, step: number, now: Date) =>
  db.run(
    sql`update second_factors set last_step = ${step}, last_used_at = ${now} where id = ${id} and last_step < ${step}`,
  )
export const acceptPasskey = (db: Db, id: string, counter: number, now: Date) =>
  db.run(sql`update second_factors set counter = ${counter}, last_used_at = ${now} where id = ${id}`)
export const removeFactor = (db: Db, id: string) => db.run(sql`delete from second_factors where id = ${id}`)

type Purpose = 'totp-enrolment' | 'passkey-enrolment' | 'passkey-proof'
export interface Challenge {
  readonly sessionId: string
  readonly challenge: string | null
  readonly secret: Buffer | null
  readonly createdAt: Date
}
export const setChallenge = (
  db: Db,
  c: { sessionId: string; accountId: string; purpose: Purpose; challenge?: string; secret?: Buffer; now: Date },
) =>
  db.run(sql`insert into second_factor_challenges (session_id, account_id, purpose, challenge, secret, created_at)
    values (${c.sessionId}, ${c.accountId}, ${c.purpose}, ${c.challenge ?? null}, ${c.secret ?? null}, ${c.now})
    on conflict (session_id, purpose) do update
      set challenge = excluded.challenge, secret = excluded.secret, created_at = excluded.created_at`)
/** Those of one's account: an answer counts in the session that asked, `ofSession` tells which. */
export const lockChallenges = (db: Db, purpose: Purpose) =>
  db.all(
    sql<Challenge>`select session_id, challenge, secret, created_at from second_factor_challenges
      where purpose = ${purpose} order by session_id for update`,
  )
const challengeMinutes = 10
export const ofSession = (challenges: readonly Challenge[], sessionId: string, now: Date): Challenge | undefined =>
  challenges.find(c => c.sessionId === sessionId && now.getTime() - c.createdAt.getTime() <= challengeMinutes * 60_000)
export const dropChallenge = (db: Db, sessionId: string, purpose: Purpose) =>
  db.run(sql`delete from second_factor_challenges where session_id = ${sessionId} and purpose = ${purpose}`)

export const unusedRecoveryCodes = async (db: Db): Promise<number> =>
  (await db.first(sql<{ left: number }>`select count(*) as left from recovery_codes where used_at is null`))!.left
export const replaceRecoveryCodes = async (db: Db, accountId: string, hashes: readonly Buffer[]) => {
  await db.run(sql`delete from recovery_codes where account_id = ${accountId}`)
  await db.run(
    sql`insert into recovery_codes (account_id, code_hash) select ${accountId}, unnest(${[...hashes]}::bytea[])`,
  )
}
export const spendRecoveryCode = (db: Db, hash: Buffer, now: Date) =>
  db.run(sql`update recovery_codes set used_at = ${now} where code_hash = ${hash} and used_at is null`)

export interface Failures {
  readonly failures: number
  readonly waitUntil: Date | null
}
/** Takes the account's counter, so that guesses sent at once are counted one by one. */
export const lockFailures = async (db: Db): Promise<Failures> =>
  (await db.first(
    sql<Failures>`insert into second_factor_failures (account_id, failures) values (ctx.account(), 0)
      on conflict (account_id) do update set failures = second_factor_failures.failures returning failures, wait_until`,
  ))!
export const setFailures = (db: Db, accountId: string, failures: number, waitUntil: Date | null) =>
  db.run(
    sql`update second_factor_failures set failures = ${failures}, wait_until = ${waitUntil}
      where account_id = ${accountId}`,
  )

/* Keys: which are still needed, and what is sealed again under another (as the owner). */

export interface KeyInUse {
  readonly key: number
  readonly boxes: number
  readonly passwords: number
}
/** By key number; 0: written before keys had numbers. */
export const keysInUse = (db: Db) => db.all(sql<KeyInUse>`select key, boxes, passwords from ctx.keys_in_use()`)

/** Where secrets are sealed; each names its rows by a key. */
export type SealedTable = 'second_factors' | 'second_factor_challenges'
const rowKeys = {
  second_factors: sql.raw('id::text'),
  second_factor_challenges: sql.raw("session_id || ' ' || purpose"),
} as const
export interface Box {
  readonly rowKey: string
  readonly accountId: string
  readonly secret: Buffer
}
export const lockOldBoxes = (db: Db, table: SealedTable, current: number, after: string, atMost: number) =>
  db.all(sql<Box>`select ${rowKeys[table]} as row_key, account_id, secret from ${sql.table(table)} where secret is not null
    and ctx.box_key(secret) <> ${current} and ${rowKeys[table]} > ${after}
    order by ${rowKeys[table]} limit ${atMost} for update`)
export const replaceBoxes = (db: Db, table: SealedTable, boxes: readonly Box[]) =>
  db.run(
    sql`update ${sql.table(table)} set secret = b.secret
      from unnest(${boxes.map(b => b.rowKey)}::text[], ${boxes.map(b => b.secret)}::bytea[]) as b (row_key, secret)
      where ${rowKeys[table]} = b.row_key`,
  )
/** As the owner, on the command line and for the demonstration: no code is asked for until then. */
export const openFirstEnrolment = (db: Db, accountId: string, until: Date) =>
  db.run(
    sql`insert into first_enrolments (account_id, open_until) values (${accountId}, ${until}) on conflict (account_id)
      do update set open_until = excluded.open_until`,
  )
