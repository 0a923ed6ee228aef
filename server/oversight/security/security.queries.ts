import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { actCuts, Block } from '../../../contract/oversight/security.ts'
import { grantCut, named } from '../../people-and-rights/accounts/references.queries.ts'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'

type Wire = Static<typeof Block>
export type Cuts = (typeof actCuts)[number]
export interface BlockRow extends Omit<Wire, 'blockedAt' | 'liftedAt' | 'allowed'> {
  readonly ofOfficer: boolean
  readonly blockedAt: Date
  readonly liftedAt: Date | null
}
export interface FoundRow {
  readonly person: Wire['person']
  readonly function: string
  readonly email: string | null
  readonly status: 'active' | 'suspended' | 'blocked' | 'deleted'
  readonly organisation: Wire['organisation']
  readonly grants: NonNullable<Wire['grant']>[]
  readonly manages: boolean
}

const organisation = (id: string) =>
  sql`(select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) from organisations o
    where o.id = ${sql.ref(id)})`
const blocks = sql`select b.id, ${named('b.account_id')} as person,
  ${organisation('b.organisation_id')} as organisation, b.cause, b.cuts, (select ${grantCut} from grants g
  where g.id = b.grant_id) as grant,
  b.reason, b.incident, b.blocked_at, ${named('b.blocked_by')} as by, b.lifted_at, ${named('b.lifted_by')} as lifted_by,
    b.verdict, b.account_id in (select ctx.security_officers()) as of_officer from account_blocks b`
/** Not revoked, and not over. */
const current = sql`g.revoked_at is null and (g.ends_on is null or g.ends_on >= ctx.paris_day(ctx.clock()))`

export const clockOf = async (db: Db): Promise<Date> =>
  (await db.first(sql<{ at: Date }>`select date_trunc('milliseconds', ctx.clock()) as at`))!.at
export const selectBlocks = (db: Db) =>
  db.all(sql<BlockRow>`${blocks} order by b.lifted_at is not null, b.blocked_at desc limit 200`)
/** What a detection blocked of security officers, or told of them. */
export const selectOfficerBlocks = (db: Db) =>
  db.all(
    sql<BlockRow>`${blocks} where b.cause = 'suspect-use' and b.account_id in (select ctx.security_officers())
      order by b.lifted_at is not null, b.blocked_at desc limit 200`,
  )
export const blockById = (db: Db, id: string) => db.first(sql<BlockRow>`${blocks} where b.id = ${id}::uuid`)
export const mostFound = 20
/** With what may be cut of each: its grants only once its file is open. One more than shown. */
export const selectPeople = (db: Db, q: string, organisationId: string | null) =>
  db.all(sql<FoundRow>`
  select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
      a.organisation ->> 'id') as person, a.function, a.email, a.status, a.organisation, a.manages,
    (select coalesce(jsonb_agg(${grantCut} order by g.tool, g.starts_on, g.id), '[]') from grants g
      where g.account_id = a.id and ${current} and a.id in (select ctx.files_open())) as grants
  from ctx.accounts_by_name(${q}, ${organisationId}::uuid, ${mostFound + 1}) a`)
export const accountOf = (db: Db, id: string) =>
  db.first(k.selectFrom('accounts').select(['id', 'organisationId']).where('id', '=', id))
export const holdsGrant = async (db: Db, accountId: string, grantId: string): Promise<boolean> =>
  (await db.first(
    sql`select from grants g where g.id = ${grantId}::uuid and g.account_id = ${accountId}::uuid and ${current}`,
  )) !== undefined
/** Those of a structure who can do nothing, or manage nothing, until a block is lifted. */
export const cutOff = async (db: Db, organisationId: string): Promise<string[]> =>
  (
    await db.all(
      sql<{
        id: string
      }>`select distinct account_id as id from account_blocks where organisation_id = ${organisationId}::uuid
        and cuts in ('account', 'rgc') and lifted_at is null`,
    )
  ).map(row => row.id)
export interface NewBlock {
  readonly id: string
  readonly accountId: string
  readonly organisationId: string
  readonly cuts: Cuts
  readonly grantId: string | null
  readonly reason: string
  readonly incident: string
  readonly blockedBy: string
  readonly blockedAt: Date
}
export const insertBlock = (db: Db, b: NewBlock) =>
  db
    .run(sql`insert into account_blocks (id, account_id, organisation_id, cause, cuts, grant_id, reason, incident,
      blocked_by, blocked_at) values (${b.id}::uuid, ${b.accountId}::uuid, ${b.organisationId}::uuid, 'exceptional',
      ${b.cuts}, ${b.grantId}::uuid, ${b.reason}, ${b.incident}, ${b.blockedBy}::uuid, ${b.blockedAt})
    on conflict (account_id, cause, cuts, grant_id) where lifted_at is null do nothing`)
    .catch(refusedBy('account_blocks_last_officer', 'security/last-officer'))
export const openBlocksOf = (db: Db, accountId: string) =>
  db.all(
    sql<BlockRow>`${blocks} where b.account_id = ${accountId}::uuid and b.lifted_at is null order by b.blocked_at
      for update of b`,
  )
/** From the command line: nobody of the service lifts it. */
export const saveLiftedByCommand = (db: Db, id: string, verdict: string, at: Date) =>
  db.run(
    sql`update account_blocks set lifted_at = greatest(${at}::timestamptz, blocked_at), verdict = ${verdict}
      where id = ${id}::uuid and lifted_at is null`,
  )
export const saveLifted = (db: Db, id: string, verdict: string, by: string, at: Date) =>
  db.run(
    sql`update account_blocks set lifted_at = greatest(${at}::timestamptz, blocked_at), lifted_by = ${by}::uuid,
      verdict = ${verdict} where id = ${id}::uuid and lifted_at is null`,
  )
