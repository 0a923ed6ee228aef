import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { organisationRef } from '../campaigns/references.queries.ts'
import type { Survey } from './satisfaction-rules.ts'

/** Row-level security chooses who reads it. */
export const surveyOf = (db: Db, needId: string): Promise<Survey | undefined> =>
  db.first(sql<Survey>`select not_asked, settled_at, expires_at, answered_at, rating, comment from need_surveys
    where need_id = ${needId}::uuid`)
export const isReachable = async (db: Db, needId: string): Promise<boolean> =>
  (await db.first(
    sql<{ reachable: boolean }>`select exists (select from satisfaction_address(${needId}::uuid)) as reachable`,
  ))!.reachable

/** `''`, or the code of the reason why not. */
export const withhold = async (db: Db, needId: string, reason: string, at: Date): Promise<string> =>
  (await db.first(
    sql<{
      outcome: string
    }>`select withhold_satisfaction(${needId}::uuid, ${reason}, ${at}::timestamptz) as outcome`,
  ))!.outcome

export interface CountRow {
  readonly organisation: { readonly id: string; readonly name: string; readonly kind: string }
  readonly asked: number
  readonly answered: number
  /** How many of each, from « not at all » to « wholly »; null where they are too few to be told. */
  readonly ratings: number[] | null
}
/** By structure that follows the needs; of those that the viewer may count. */
export const countSurveys = (db: Db, territory: number | undefined, least: number): Promise<CountRow[]> =>
  db.all(sql<CountRow>`select ${organisationRef('c.organisation_id')} as organisation, c.asked, c.answered, c.ratings
    from satisfaction_counts(${territory ?? null}::int, ${least}::int) c order by c.asked desc, c.organisation_id`)

export interface DueNeed {
  readonly needId: string
  readonly organisation: string
  readonly notedOn: string
  readonly correspondentId: string
  readonly address: string
}
/** Held until the end of the transaction, by one worker at a time. */
export const needsToAskAbout = (db: Db, from: number, within: number, most: number): Promise<DueNeed[]> =>
  db.all(sql<DueNeed>`select need_id, organisation, noted_on, correspondent_id, address
    from ctx.needs_to_ask_about(${from}::int, ${within}::int, ${most}::int)`)

export interface Asking {
  readonly needId: string
  readonly correspondentId: string
  readonly token: Buffer
  readonly address: { readonly digest: Buffer; readonly keyNumber: number }
  /** The digests of the address under each key. */
  readonly sought: readonly Buffer[]
}
/** Why nothing is asked; null: it is. */
export const settleAsking = async (
  db: Db,
  { needId, correspondentId, token, address, sought }: Asking,
  days: { readonly open: number; readonly apart: number },
): Promise<string | null> =>
  (await db.first(
    sql<{ why: string | null }>`select ctx.ask_satisfaction(${needId}::uuid, ${correspondentId}::uuid, ${token}::bytea,
      ${address.digest}::bytea, ${address.keyNumber}::int, ${sought}::bytea[], ${days.open}::int,
      ${days.apart}::int) as why`,
  ))!.why
export const purgeSurveys = async (db: Db, linkDays: number, commentMonths: number): Promise<number> =>
  (await db.first(
    sql<{ purged: number }>`select ctx.purge_satisfaction(${linkDays}::int, ${commentMonths}::int) as purged`,
  ))!.purged

export interface LinkRow {
  readonly state: 'open' | 'answered' | 'expired' | 'refused'
  readonly organisation: string
  readonly notedOn: string
  readonly expiresAt: Date
}
/** These three are asked without a session, by the digest of a token. Undefined or null: no such link. */
export const findLink = (db: Db, token: Buffer): Promise<LinkRow | undefined> =>
  db.first(sql<LinkRow>`select state, organisation, noted_on, expires_at from satisfaction_link(${token}::bytea)`)
/** Where the question stood: `open`, it is answered now. */
export const answerBy = async (db: Db, token: Buffer, rating: string, comment: string | null) =>
  (await db.first(
    sql<{ was: string | null }>`select answer_satisfaction(${token}::bytea, ${rating}, ${comment}) as was`,
  ))!.was
export const refuseBy = async (db: Db, token: Buffer): Promise<boolean | null> =>
  (await db.first(sql<{ refused: boolean | null }>`select refuse_satisfaction(${token}::bytea) as refused`))!.refused
