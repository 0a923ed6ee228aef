import { sql } from 'kysely'
import type { Context } from '../../platform/action.ts'
import { type Db, k } from '../../platform/database.ts'
import type { Ref } from './territories.queries.ts'

interface Organisation {
  readonly id: string
  readonly name: string
  readonly kind: string
}
interface Handover {
  readonly at: string
  readonly kind: 'handed-over' | 'taken-over' | 'entrusted'
  readonly former: Organisation
  readonly pilot: Organisation
}
export interface TaskForceRead {
  readonly clpe: Ref
  readonly pilot: Organisation
  readonly members: Organisation[]
  readonly sensitiveSectors: string[]
  readonly version: number
  readonly left: boolean
  readonly handovers: Handover[]
  readonly regionId: number | null
  readonly departementId: number | null
  readonly epciId: number | null
  readonly clpeId: number
}

const organisation = sql`jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind)`
const organisationAt = (column: string) =>
  sql`(select ${organisation} from organisations o where o.id = ${sql.raw(column)})`
const taskForce = (clpeId: number, lock = sql``) => sql<TaskForceRead>`
  select jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name) as clpe, f.sensitive_sectors,
    f.version, ctx.task_force_left(f.clpe_id) as left, l.region_id, l.departement_id, l.epci_id, f.clpe_id,
    ${organisationAt('f.pilot_id')} as pilot,
    (select coalesce(jsonb_agg(${organisation} order by o.name collate "fr-x-icu", o.id), '[]') from task_force_members m
      join organisations o on o.id = m.organisation_id where m.clpe_id = f.clpe_id) as members,
    (select coalesce(jsonb_agg(jsonb_build_object('at', h.at, 'kind', h.kind, 'former', ${organisationAt('h.former_id')},
      'pilot', ${organisationAt('h.pilot_id')}) order by h.version desc), '[]') from task_force_handovers h
      where h.clpe_id = f.clpe_id) as handovers
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
/** Before it passes: only who edits it writes its history. */
export const noteHandedOver = (
  { db, viewer, now }: Pick<Context, 'db' | 'viewer' | 'now'>,
  { clpeId, version, pilot }: TaskForceRead,
  pilotId: string,
): Promise<number> =>
  db.run(
    k.insertInto('taskForceHandovers').values({
      clpeId,
      version: version + 1,
      at: now,
      kind: 'handed-over',
      formerId: pilot.id,
      pilotId,
      byAccount: viewer.accountId,
      byOrganisation: viewer.organisationId,
    }),
  )

export interface TaskForceLead {
  readonly organisationId: string
  readonly accountId: string
}
/** Who leads or pilots over the whole CLPE in its members, for who edits it. */
export const taskForceLeads = (db: Db, clpeId: number, today: string): Promise<TaskForceLead[]> =>
  db.all(sql<TaskForceLead>`select organisation_id, account_id from task_force_leads(${clpeId}, ${today}::date)`)

/**
 * Who pilots now what was taken over from this structure, or entrusted, within a day, among these CLPE (null: all that
 * one sees).
 */
export const tookOver = (db: Db, formerId: string, clpeIds: readonly number[] | null, now: Date) =>
  db.all(
    sql<{ clpe: string; pilotId: string; pilot: string }>`
      select t.name as clpe, f.pilot_id, o.name as pilot from task_forces f
      join territories t on t.id = f.clpe_id join organisations o on o.id = f.pilot_id
      where f.pilot_id <> ${formerId}::uuid and (${clpeIds}::int[] is null or f.clpe_id = any (${clpeIds}::int[]))
        and exists (select from task_force_handovers h where h.clpe_id = f.clpe_id and h.former_id = ${formerId}::uuid
          and h.kind <> 'handed-over' and h.at > ${now}::timestamptz - interval '1 day')
      order by f.clpe_id limit 20`,
  )

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
