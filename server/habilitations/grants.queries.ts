import type { Profile, Role, Tool } from '../../contract/route.ts'
import { type Db, k } from '../platform/database.ts'

export interface NewGrant {
  readonly id: string
  readonly accountId: string
  readonly organisationId: string
  readonly tool: Tool
  readonly profile: Profile
  readonly territoryId: number
  readonly reason: string
  readonly startsOn: string
  readonly endsOn?: string | null
  readonly grantedBy: string | null
  readonly grantedAt: Date
}
export const insertGrant = (db: Db, grant: NewGrant) => db.run(k.insertInto('grants').values(grant))

export interface NewRole {
  readonly id: string
  readonly accountId: string
  readonly organisationId: string
  readonly role: Role
  /** Of a regional direction, and of it only. */
  readonly regionId: number | null
  readonly startsAt: Date
  readonly assignedBy: string | null
  readonly reason: string
}
export const insertRole = (db: Db, role: NewRole) => db.run(k.insertInto('roleAssignments').values(role))

/** An act as of that instant: an account that has none yet is counted active from it. */
export const insertActivity = (db: Db, accountId: string, organisationId: string, lastActAt: Date) => db.run(k.insertInto('accountActivity').values({ accountId, organisationId, lastActAt }))
