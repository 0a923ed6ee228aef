import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { Ref } from './territories.queries.ts'

interface Organisation {
  readonly id: string
  readonly name: string
  readonly kind: string
}
export interface TaskForceRead {
  readonly clpe: Ref
  readonly pilot: Organisation
  readonly members: Organisation[]
  readonly sensitiveSectors: string[]
  readonly version: number
  readonly regionId: number | null
  readonly departementId: number | null
  readonly epciId: number | null
  readonly clpeId: number
}

const organisation = sql`jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind)`
const taskForce = (clpeId: number, lock = sql``) => sql<TaskForceRead>`
  select jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name) as clpe, f.sensitive_sectors,
    f.version, l.region_id, l.departement_id, l.epci_id, f.clpe_id,
    (select ${organisation} from organisations o where o.id = f.pilot_id) as pilot,
    (select coalesce(jsonb_agg(${organisation} order by o.name, o.id), '[]') from task_force_members m
      join organisations o on o.id = m.organisation_id where m.clpe_id = f.clpe_id) as members
  from task_forces f join territories t on t.id = f.clpe_id cross join lateral territory_line(f.clpe_id) l
    where f.clpe_id = ${clpeId} ${lock}`

export const readTaskForce = (db: Db, clpeId: number) => db.first(taskForce(clpeId))
/**
 * Locked: two edits at once, and the second sees what the first made of it. A reader who may not edit locks nothing and
 * sees nothing here.
 */
export const lockTaskForce = async (db: Db, clpeId: number) => {
  await db.run(sql`select from task_forces where clpe_id = ${clpeId} for update`)
  return db.first(taskForce(clpeId))
}
export const countOrganisations = async (db: Db, ids: readonly string[]): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*)::int as n from organisations where id = any (${ids}::uuid[])`))!.n

export interface TaskForceValues {
  readonly pilotId: string
  readonly memberIds: readonly string[]
  readonly sensitiveSectors: readonly string[]
}
/** Members first: once another organisation pilots, these rows are no longer ours to write. */
export const saveTaskForce = async (
  db: Db,
  clpeId: number,
  version: number,
  { pilotId, memberIds, sensitiveSectors }: TaskForceValues,
) => {
  await db.run(
    k
      .deleteFrom('taskForceMembers')
      .where('clpeId', '=', clpeId)
      .where(sql<boolean>`organisation_id <> all (${memberIds}::uuid[])`),
  )
  await db.run(
    sql`insert into task_force_members (clpe_id, organisation_id) select ${clpeId}, unnest(${memberIds}::uuid[])
      on conflict do nothing`,
  )
  return db.run(
    k
      .updateTable('taskForces')
      .set({ pilotId, sensitiveSectors: [...sensitiveSectors], version: version + 1 })
      .where('clpeId', '=', clpeId)
      .where('version', '=', version),
  )
}
/** For the demonstration and the command line: as the owner. */
export const createTaskForce = async (
  db: Db,
  clpeId: number,
  { pilotId, memberIds, sensitiveSectors }: TaskForceValues,
) => {
  await db.run(k.insertInto('taskForces').values({ clpeId, pilotId, sensitiveSectors: [...sensitiveSectors] }))
  await db.run(
    sql`insert into task_force_members (clpe_id, organisation_id)
      select ${clpeId}, unnest(${[...new Set([pilotId, ...memberIds])]}::uuid[])`,
  )
}
