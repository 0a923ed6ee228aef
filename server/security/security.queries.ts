import { sql } from 'kysely'
import { type Db, k } from '../platform/database.ts'

export interface PersonRow { readonly id: string; readonly name: string; readonly organisationId: string }
export interface OrganisationRow { readonly id: string; readonly name: string; readonly kind: string }
export interface BlockRow { readonly id: string; readonly person: PersonRow; readonly organisation: OrganisationRow; readonly cause: 'suspect-use' | 'exceptional'; readonly reason: string; readonly incident: string | null; readonly blockedAt: Date; readonly by: PersonRow | null; readonly liftedAt: Date | null; readonly liftedBy: PersonRow | null; readonly verdict: string | null }

const person = (id: string) => sql`(select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId', a.organisation_id) from accounts a where a.id = ${sql.ref(id)})`
const organisation = (id: string) => sql`(select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) from organisations o where o.id = ${sql.ref(id)})`
const blocks = sql`select b.id, ${person('b.account_id')} as person, ${organisation('b.organisation_id')} as organisation, b.cause, b.reason, b.incident, b.blocked_at, ${person('b.blocked_by')} as by, b.lifted_at, ${person('b.lifted_by')} as lifted_by, b.verdict from account_blocks b`

export const clockOf = async (db: Db): Promise<Date> => (await db.first(sql<{ at: Date }>`select date_trunc('milliseconds', ctx.clock()) as at`))!.at
export const selectBlocks = (db: Db) => db.all(sql<BlockRow>`${blocks} order by b.lifted_at is not null, b.blocked_at desc limit 200`)
export const blockById = (db: Db, id: string) => db.first(sql<BlockRow>`${blocks} where b.id = ${id}::uuid`)
export const selectPeople = (db: Db, q: string) => db.all(sql<{ person: PersonRow; organisation: OrganisationRow }>`
  select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId', a.organisation_id) as person, ${organisation('a.organisation_id')} as organisation
  from accounts a where a.status <> 'deleted' and position(search_words(${q}) in search_words(a.given_name || ' ' || a.family_name)) > 0 order by a.family_name, a.given_name, a.id limit 20`)
export const accountOf = (db: Db, id: string) => db.first(k.selectFrom('accounts').select(['id', 'organisationId']).where('id', '=', id))
export const insertBlock = (db: Db, b: { id: string; accountId: string; organisationId: string; reason: string; incident: string; blockedBy: string; blockedAt: Date }) =>
  db.run(sql`insert into account_blocks (id, account_id, organisation_id, cause, reason, incident, blocked_by, blocked_at) values (${b.id}::uuid, ${b.accountId}::uuid, ${b.organisationId}::uuid, 'exceptional', ${b.reason}, ${b.incident}, ${b.blockedBy}::uuid, ${b.blockedAt}) on conflict (account_id, cause) where lifted_at is null do nothing`)
export const saveLifted = (db: Db, id: string, verdict: string, by: string, at: Date) => db.run(sql`update account_blocks set lifted_at = greatest(${at}::timestamptz, blocked_at), lifted_by = ${by}::uuid, verdict = ${verdict} where id = ${id}::uuid and lifted_at is null`)
