import { sql } from 'kysely'
import type { Profile, Tool } from '../../../contract/route.ts'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import type { Managed } from '../accounts/person-rules.ts'
import { named, perimeter } from '../accounts/references.queries.ts'

type Ref = { readonly id: string; readonly name: string; readonly organisationId: string }
export interface RequestRow {
  readonly id: string
  readonly accountId: string
  readonly organisationId: string
  readonly askedById: string
  readonly askedAt: Date
  readonly tool: Tool
  readonly profile: Profile
  readonly territoryId: number | null
  readonly agencyId: string | null
  readonly purpose: 'prospection' | 'recrutement' | 'insertion' | 'suivi'
  readonly reason: string
  readonly decidedAt: Date | null
  readonly decision: 'accepted' | 'refused' | 'withdrawn' | null
  readonly decisionReason: string | null
  readonly person: Ref
  readonly askedBy: Ref
  readonly decidedBy: Ref | null
  readonly perimeter: {
    readonly territory: { id: number; kind: 'epci'; code: string; name: string } | null
    readonly agency: { id: string; name: string } | null
  }
  readonly function: string
  readonly isManager: boolean
  readonly otherManagers: number
}
const requests = sql`
  select r.id, r.account_id, r.organisation_id, r.asked_by as asked_by_id, r.asked_at, r.tool, r.profile,
    r.territory_id, r.agency_id, r.purpose, r.reason, r.decided_at, r.decision, r.decision_reason,
    ${named('r.account_id')} as person, ${named('r.asked_by')} as asked_by, ${named('r.decided_by')} as decided_by,
      jsonb_build_object(${perimeter('r')}) as perimeter,
    (select a.function from accounts a where a.id = r.account_id) as function,
      r.account_id in (select ctx.managers()) as is_manager,
    (select count(*) from ctx.managers_in_effect() m (id) where m.id <> r.account_id) as other_managers
  from grant_requests r`

export interface RequestsFilter {
  readonly state?: 'waiting' | 'decided' | undefined
  readonly mine?: boolean | undefined
}
const where = ({ state, mine }: RequestsFilter) => sql`
  ${
    mine
      ? sql`(r.account_id = (select ctx.account())
    or r.asked_by = (select ctx.account()))`
      : sql`r.account_id in (select ctx.decidable_accounts())`
  }
  ${state ? sql`and (r.decided_at is null) = ${state === 'waiting'}` : sql``}`
/** One's own, or those that one decides; the latest first, one row more than asked. */
export const listRequests = (db: Db, filter: RequestsFilter, after: readonly string[] | undefined, limit: number) =>
  db.all(
    sql<RequestRow>`${requests} where ${where(filter)} ${
      after
        ? sql`and (r.asked_at, r.id) < (${after[0]}::timestamptz,
      ${after[1]}::uuid)`
        : sql``
    } order by r.asked_at desc, r.id desc limit ${limit + 1}`,
  )
export const countRequests = async (db: Db, filter: RequestsFilter): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*) as n from grant_requests r where ${where(filter)}`))!.n

export const findRequest = (db: Db, id: string) => db.first(sql<RequestRow>`${requests} where r.id = ${id}::uuid`)
/** Waits for whoever is settling it, then reads it as they left it. */
export const lockRequest = async (db: Db, id: string) => {
  const [, row] = await Promise.all([
    db.run(sql`select from grant_requests where id = ${id}::uuid for update`),
    findRequest(db, id),
  ])
  return row
}

export interface NewRequest
  extends Pick<
    RequestRow,
    | 'id'
    | 'accountId'
    | 'organisationId'
    | 'askedAt'
    | 'tool'
    | 'profile'
    | 'territoryId'
    | 'agencyId'
    | 'purpose'
    | 'reason'
  > {
  readonly askedBy: string
}
/** False when one like it waits already. */
export const insertRequest = async (db: Db, request: NewRequest): Promise<boolean> =>
  (await db
    .run(
      k
        .insertInto('grantRequests')
        .values(request)
        .onConflict(c => c.doNothing()),
    )
    .catch(refusedBy('agency_closed', 'agency/closed'))) === 1
export interface Settled {
  readonly decision: 'accepted' | 'refused' | 'withdrawn'
  readonly decidedBy: string
  readonly decidedAt: Date
  readonly decisionReason: string | null
  readonly grantId: string | null
}
export const settleRequest = (db: Db, id: string, settled: Settled) =>
  db.run(k.updateTable('grantRequests').set(settled).where('id', '=', id))

export interface AskedFor extends Managed {
  readonly status: string
}
/** Oneself, or a colleague of one's own organisation. */
export const findAskedFor = (db: Db, id: string | null) =>
  db.first(sql<AskedFor>`
  select a.id, a.organisation_id, a.status, a.id in (select ctx.managers()) as is_manager, (select count(*)
    from ctx.managers_in_effect() m (id) where m.id <> a.id) as other_managers
  from accounts a where a.id = coalesce(${id}::uuid, (select ctx.account()))
    and a.organisation_id = (select ctx.organisation())`)
export const colleagues = (db: Db) =>
  db.all(sql<{ id: string; name: string; function: string }>`
  select id, given_name || ' ' || family_name as name, function from accounts
  where (select ctx.leads()) and organisation_id = (select ctx.organisation()) and status = 'active'
    and id <> (select ctx.account()) order by family_name collate "fr-x-icu", given_name collate "fr-x-icu", id limit 1000`)
