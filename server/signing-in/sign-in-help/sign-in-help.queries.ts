import { sql } from 'kysely'
import type { firsts } from '../../../contract/signing-in/sign-in-help.ts'
import type { Db } from '../../platform/database.ts'

export interface PersonToHelp {
  readonly accountId: string
  readonly organisationId: string
  readonly manages: boolean
  readonly first: (typeof firsts)[number][]
  readonly regionId: number | null
  readonly name: string
  readonly organisationName: string
  readonly status: string
  readonly passwordAllowed: boolean
  /** Null: not for the viewer to know. */
  readonly factors: number | null
  readonly hasPassword: boolean | null
}
export const findPersonToHelp = async (db: Db, accountId: string): Promise<PersonToHelp | null> =>
  (await db.first(sql<{ person: PersonToHelp | null }>`select ctx.person_to_help(${accountId}) as person`))!.person

export interface FirstPerson {
  readonly id: string
  readonly name: string
  readonly organisationId: string
  readonly organisationName: string
  readonly first: string[]
  readonly waiting: boolean
  readonly came: boolean
}
/** Those whom the viewer may help, two hundred at most; or those alone whose link waits. */
export const firstPeople = (db: Db, waiting: boolean) =>
  db.all(
    sql<FirstPerson>`select id, name, organisation_id, organisation_name, first, waiting, came
      from ctx.first_people(${waiting}, 200)`,
  )

export interface WaitingLink {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly siret: number | null
  readonly provider: string
  readonly reason: string
  readonly askedAt: Date
}
export const waitingLinks = (db: Db, accountId: string) =>
  db.all(
    sql<WaitingLink>`select id, name, email, siret, provider, reason, asked_at from ctx.waiting_links(${accountId})`,
  )
/** The request decided on. Null when the viewer may not decide it, or no longer. */
export const decideLink = async (
  db: Db,
  linkId: string,
  accountId: string,
  confirmed: boolean,
): Promise<{ provider: string; reason: string; issuer: string; subject: string } | null> =>
  (await db.first(
    sql<{
      decided: { provider: string; reason: string; issuer: string; subject: string } | null
    }>`select ctx.decide_link(${linkId}, ${accountId}, ${confirmed}) as decided`,
  ))!.decided

/** Null when the database finds that it is not theirs to do. */
export const resetSecondFactors = async (
  db: Db,
  accountId: string,
  codeHash: Buffer,
  codeUntil: Date,
): Promise<{ factors: number; sessions: number } | null> =>
  (await db.first(
    sql<{
      done: { factors: number; sessions: number } | null
    }>`select ctx.reset_second_factors(${accountId}, ${codeHash}, ${codeUntil}) as done`,
  ))!.done
export const makePasswordLink = async (
  db: Db,
  l: { id: string; accountId: string; tokenHash: Buffer; endsAt: Date; codeHash: Buffer },
): Promise<boolean> =>
  (await db.first(
    sql<{
      made: boolean
    }>`select ctx.make_password_link(${l.id}, ${l.accountId}, ${l.tokenHash}, ${l.endsAt}, ${l.codeHash}) as made`,
  ))!.made
export const makeEnrolmentCode = async (db: Db, accountId: string, codeHash: Buffer, until: Date): Promise<boolean> =>
  (await db.first(sql<{ made: boolean }>`select ctx.make_enrolment_code(${accountId}, ${codeHash}, ${until}) as made`))!
    .made
