import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { OrganisationRef } from '../../../contract/common.ts'
import type { ExceptionalAct, exceptionalActs, FileOnWire } from '../../../contract/people-and-rights/necessity.ts'
import type { Role } from '../../../contract/route.ts'
import type { Db } from '../../platform/database.ts'
import { named, perimeter } from '../accounts/references.queries.ts'
import type { Why } from '../accounts/stand-in-rules.ts'

export interface InNeed {
  readonly id: string
  readonly givenName: string
  readonly familyName: string
  readonly function: string
  readonly email: string | null
  readonly organisationId: string
  readonly organisation: Static<typeof OrganisationRef>
  readonly status: 'active' | 'suspended' | 'blocked' | 'deleted'
  readonly statusReason: string | null
  /** The viewer opened the file within the hour. */
  readonly opened: boolean
  readonly isManager: boolean
  readonly isStillManager: boolean
  readonly roles: readonly Role[]
  readonly otherManagers: number
  readonly inactive: boolean
  readonly factors: number | null
  readonly hasPassword: boolean | null
  readonly passwordAllowed: boolean
  readonly lastActAt: string | null
}
export const personInNeed = async (db: Db, id: string): Promise<InNeed | null> =>
  (await db.first(sql<{ person: InNeed | null }>`select ctx.person_in_need(${id}::uuid) as person`))!.person

/** Held, not over. Row-level security shows them to an officer for reviews too: the file is open first (getFile). */
export const grantsOfFile = async (db: Db, id: string): Promise<FileOnWire['grants']> =>
  (await db.first(sql<{ grants: FileOnWire['grants'] }>`
  select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'tool', g.tool, 'profile', g.profile, ${perimeter('g')},
    'reason', g.reason, 'purpose', g.purpose, 'duties', g.duties, 'startsOn', g.starts_on, 'endsOn', g.ends_on,
    'grantedAt', g.granted_at, 'beyondFunction', g.beyond_function) order by g.tool, g.starts_on, g.id), '[]') as grants
  from grants g where g.account_id = ${id}::uuid and g.revoked_at is null
    and (g.ends_on is null or g.ends_on >= ctx.paris_day(ctx.clock()))`))!.grants
export const actsOn = (db: Db, id: string) =>
  db.all(sql<Omit<Static<typeof ExceptionalAct>, 'doneAt'> & { doneAt: Date }>`select x.id, x.act, x.ground, x.reason,
    x.incident, x.done_at, ${named('x.done_by')} as by from exceptional_acts x where x.account_id = ${id}::uuid
    order by x.done_at desc, x.id limit 50`)

/** Writes the act, which opens what it is on in this transaction. False: the database finds that it may not be done. */
export const writeExceptionalAct = async (
  db: Db,
  id: string,
  accountId: string,
  act: (typeof exceptionalActs)[number],
  { ground, reason, incident }: Why,
  grantId: string | null = null,
): Promise<boolean> =>
  (await db.first(
    sql<{ done: boolean }>`select ctx.act_exceptionally(${id}::uuid, ${accountId}::uuid, ${act}, ${grantId}::uuid,
      ${ground}, ${reason}, ${incident ?? null}) as done`,
  ))!.done
