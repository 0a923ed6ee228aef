import { sql } from 'kysely'
import { categoriesOf, type DataCategory, type Tool } from '../../../contract/route.ts'
import { type Db, k } from '../../platform/database.ts'
import type { ToolInForce } from './annex-rules.ts'

export interface AnnexEntry {
  readonly tool: Tool
  readonly purpose: string
  readonly dataCategories: string[]
  /** The codes that it opens. */
  readonly categories: readonly DataCategory[]
  readonly commitments: string
  readonly documentationUrl: string | null
}
export interface AnnexVersion {
  readonly id: string
  readonly number: number
  readonly note: string
  readonly inForceFrom: Date
  readonly publishedAt: Date
  readonly cancelledAt: Date | null
  readonly cancelReason: string | null
  readonly entries: readonly AnnexEntry[]
}
type VersionRow = Omit<AnnexVersion, 'entries'>
/** Null: published before the list of codes, which is read as each code of its tool. */
type EntryRow = Omit<AnnexEntry, 'categories'> & { versionId: string; categories: DataCategory[] | null }

/** All versions, the newest first. */
export const annexVersions = async (db: Db): Promise<AnnexVersion[]> => {
  const [versions, entries] = await Promise.all([
    db.all(
      sql<VersionRow>`select id, number, note, in_force_from, published_at, cancelled_at, cancel_reason
        from annex_4_versions order by number desc`,
    ),
    db.all(
      sql<EntryRow>`select version_id, tool, purpose, data_categories, categories, commitments, documentation_url
        from annex_4_entries order by tool`,
    ),
  ])
  return versions.map(version => ({
    ...version,
    entries: entries
      .filter(e => e.versionId === version.id)
      .map(e => ({ ...e, categories: e.categories ?? categoriesOf[e.tool] })),
  }))
}
/** Rows written: none when another published since it was read. */
export const insertAnnexVersion = (
  db: Db,
  version: Omit<VersionRow, 'cancelledAt' | 'cancelReason'> & { publishedBy: string },
): Promise<number> =>
  db.run(sql`insert into annex_4_versions (id, number, note, in_force_from, published_by, published_at)
    values (${version.id}::uuid, ${version.number}, ${version.note}, ${version.inForceFrom},
      ${version.publishedBy}::uuid, ${version.publishedAt}) on conflict do nothing`)
export const insertAnnexEntries = (db: Db, versionId: string, entries: readonly AnnexEntry[]) =>
  db.run(sql`
  insert into annex_4_entries (version_id, tool, purpose, data_categories, categories, commitments, documentation_url)
  select ${versionId}::uuid, e.tool, e.purpose, array(select jsonb_array_elements_text(e.data)),
    array(select jsonb_array_elements_text(e.codes)), e.commitments, e.url
  from jsonb_to_recordset(${JSON.stringify(entries.map(({ tool, purpose, dataCategories, categories, commitments, documentationUrl }) => ({ tool, purpose, data: dataCategories, codes: categories, commitments, url: documentationUrl })))}::jsonb)
    as e (tool text, purpose text, data jsonb, codes jsonb, commitments text, url text)`)
/** One at a time changes annex 4: what a version does is worked out from those before it. */
export const lockAnnex = (db: Db) => db.run(sql`select pg_advisory_xact_lock(hashtextextended('annex-4', 0))`)
/** Rows written: none when it is too late, or another cancelled it. */
export const cancelAnnexVersion = (db: Db, id: string, by: string, reason: string, now: Date): Promise<number> =>
  db.run(sql`update annex_4_versions set cancelled_at = ${now}, cancelled_by = ${by}::uuid, cancel_reason = ${reason}
    where id = ${id} and cancelled_at is null`)
/** Gives back what a cancelled version had taken away, closes what it had opened: grants in effect again, and ended. */
export const settleCancelledAnnex = async (db: Db, id: string) =>
  (await db.first(
    sql<{ restored: number; ended: number }>`select restored, ended from ctx.settle_cancelled_annex(${id}::uuid)`,
  ))!
export interface GrantsOfTool {
  readonly tool: Tool
  readonly grants: number
  readonly people: number
}
/** Grants not ended, and the people who hold them, by tool. */
export const grantsByTool = (db: Db, today: string): Promise<GrantsOfTool[]> =>
  db.all(sql<GrantsOfTool>`select tool, count(*)::int as grants, count(distinct account_id)::int as people from grants
    where revoked_at is null and (ends_on is null or ends_on >= ${today}) group by tool order by tool`)

export interface OpenTool {
  readonly tool: Tool
  readonly inForceFrom: Date
  readonly inForceUntil: Date | null
}
/** From when to when each tool is open, past and to come. */
export const openTools = (db: Db): Promise<OpenTool[]> =>
  db.all(sql<OpenTool>`select tool, in_force_from, in_force_until from annex_4_tools order by tool, in_force_from`)
/** Those of annex 4 at an instant. */
export const toolsInForce = (db: Db, at: Date): Promise<ToolInForce[]> =>
  db.all(
    sql<ToolInForce>`select t.tool, e.purpose, e.data_categories, e.categories, e.commitments, e.documentation_url
      from annex_4_tools t
      left join annex_4_entries e on e.tool = t.tool and e.version_id = (select v.id from annex_4_versions v
        where v.cancelled_at is null and v.in_force_from <= ${at} order by v.number desc limit 1)
      where t.in_force_from <= ${at} and (t.in_force_until is null or t.in_force_until > ${at}) order by t.tool`,
  )
/** Whether annex 4 says something else than at that instant: a version took effect, or one that had was cancelled. */
export const annexChangedSince = async (db: Db, since: Date, now: Date): Promise<boolean> =>
  (await db.first(
    sql<{ changed: boolean }>`select exists (select from annex_4_versions where in_force_from <= ${now}
      and (in_force_from > ${since} or cancelled_at > ${since})) as changed`,
  ))!.changed
export const openTool = (db: Db, tool: Tool, inForceFrom: Date) =>
  db.run(sql`insert into annex_4_tools (tool, in_force_from) values (${tool}, ${inForceFrom})`)
export const closeTool = (db: Db, tool: Tool, inForceUntil: Date) =>
  db.run(sql`update annex_4_tools set in_force_until = ${inForceUntil} where tool = ${tool} and in_force_until is null`)
/** Writes the end of the grants of tools already withdrawn: how many. */
export const settleWithdrawnTools = async (db: Db): Promise<number> =>
  (await db.first(sql<{ n: number }>`select ctx.settle_withdrawn_tools() as n`))!.n

export interface StateRow {
  readonly tool: Tool
  readonly state: string
  readonly message: string
  readonly recordedAt: Date
  readonly since: Date
}
/** The latest word on each tool, and since when it has been in that state without a break. */
export const toolStates = (db: Db): Promise<StateRow[]> =>
  db.all(sql<StateRow>`
  select distinct on (s.tool) s.tool, s.state, s.message, s.recorded_at,
    (select min(x.recorded_at) from tool_states x where x.tool = s.tool and x.state = s.state
      and x.recorded_at > coalesce((select max(o.recorded_at) from tool_states o where o.tool = s.tool
        and o.state <> s.state), '-infinity')) as since
  from tool_states s order by s.tool, s.recorded_at desc, s.id desc`)
export const insertToolState = (
  db: Db,
  row: { id: string; tool: Tool; state: string; message: string; recordedBy: string; recordedAt: Date },
) => db.run(k.insertInto('toolStates').values(row))
