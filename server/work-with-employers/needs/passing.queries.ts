import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'

interface Written {
  readonly id: string
  readonly siret: number
  readonly version: number
  /** The digest of that version, which the trail keeps. */
  readonly sha256: string
}
export interface PassedNeed extends Written {
  /** What the colleague was of it: who follows it, who took it, or both. */
  readonly followed: boolean
  readonly taken: boolean
}
/** Passes what a colleague who is away follows or took to another, where that one works. */
export const passNeeds = (
  db: Db,
  fromAccountId: string,
  toAccountId: string,
  today: string,
  at: Date,
): Promise<PassedNeed[]> =>
  db.all(sql<PassedNeed>`select id, siret, version, sha256, followed, taken
    from pass_needs(${fromAccountId}::uuid, ${toAccountId}::uuid, ${today}::date, ${at}::timestamptz)`)

export interface AdoptedNeed extends Written {
  /** Who followed it. */
  readonly ownerId: string
}
/** Passes those of a structure whose convention is over, which become the viewer's structure's. */
export const adoptNeeds = (
  db: Db,
  fromOrganisation: string,
  toAccountId: string,
  today: string,
  at: Date,
): Promise<AdoptedNeed[]> =>
  db.all(sql<AdoptedNeed>`select id, siret, version, sha256, owner_id
    from adopt_needs(${fromOrganisation}::uuid, ${toAccountId}::uuid, ${today}::date, ${at}::timestamptz)`)
