import { sql } from 'kysely'
import type { MissingTerm, Profile, Role, Tool } from '../../../contract/route.ts'
import type { Db } from '../../platform/database.ts'
import type { PersonRow } from '../awareness/awareness.queries.ts'

export interface HeldRight {
  readonly tool: Tool
  readonly profile: Profile
  readonly reason: string
  readonly startsOn: string
  readonly endsOn: string | null
  readonly missing: readonly MissingTerm[]
  readonly id: number
  readonly kind: string
  readonly code: string
  readonly name: string
}
export const ownHeldRights = (db: Db): Promise<HeldRight[]> =>
  db.all(sql<HeldRight>`
  select g.tool, g.profile, g.reason, g.starts_on, g.ends_on, g.missing, t.id, t.kind, t.code, t.name
  from ctx.own_grants() g join territories t on t.id = g.territory_id order by g.tool, t.name collate "fr-x-icu", g.starts_on`)

/** Holders of a role in the viewer's own structure. */
export const ownHolders = (db: Db, role: Role): Promise<PersonRow[]> =>
  db.all(sql<PersonRow>`
  select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id from accounts a
  where a.status = 'active' and exists (select from role_assignments r where r.account_id = a.id and r.role = ${role}
    and r.organisation_id = ctx.organisation() and r.starts_at <= ctx.clock()
    and (r.ends_at is null or r.ends_at > ctx.clock())) order by a.family_name collate "fr-x-icu", a.given_name collate "fr-x-icu"`)
