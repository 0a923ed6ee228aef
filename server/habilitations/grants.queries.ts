import type { Profile, Tool } from '../../contract/route.ts'
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
