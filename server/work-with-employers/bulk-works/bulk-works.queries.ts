import { sql } from 'kysely'
import type { leftReasons } from '../../../contract/work-with-employers/bulk-works.ts'
import type { closingResults } from '../../../contract/work-with-employers/campaigns.ts'
import { type Db, k } from '../../platform/database.ts'
import { plannedTargets, type Which, whichOnes } from '../campaigns/assignments.queries.ts'
import { isNotToContact, withEstablishments } from '../campaigns/references.queries.ts'
import type { BulkActKind, BulkState, TargetActKind } from './bulk-work-rules.ts'

type ClosingResult = (typeof closingResults)[number]
type LeftReason = (typeof leftReasons)[number]

export interface NewWork {
  readonly id: string
  /** Null: on next actions. */
  readonly campaignId: string | null
  readonly byId: string
  readonly act: BulkActKind
  readonly reason?: string | null
  readonly movedTo?: string | null
  readonly movedBy?: number | null
  readonly result?: ClosingResult | null
  readonly handedTo?: string
  /** What was simulated of it; its work has the same id. */
  readonly sharingId?: string
  readonly countedAt: Date
}
/**
 * Begins a count. The last one of the same person in this campaign, or on actions, goes if nothing came of it; one of a
 * sharing out goes with its simulation.
 */
export const insertWork = async (db: Db, work: NewWork): Promise<void> => {
  await db.run(
    sql`delete from bulk_works where campaign_id is not distinct from ${work.campaignId}::uuid and by_id = ${work.byId}::uuid
      and state = 'counted' and sharing_id is null`,
  )
  await db.run(k.insertInto('bulkWorks').values(work))
}

/** Writes each target of the selection as it now is, in order of SIRET; nothing else changes. */
export const insertLines = (
  db: Db,
  {
    id,
    campaignId,
    act,
  }: { readonly id: string; readonly campaignId: string; readonly act: Exclude<TargetActKind, 'release'> },
  which: Which,
  today: string,
): Promise<number> => {
  const because = {
    'set-aside': sql`case when t.status = 'ecarte' then 'already' end`,
    'put-back': sql`case when t.status <> 'ecarte' then 'already' when ${isNotToContact('t.siret', today)}
      or objects_to_diffusion(t.siret) then 'not-to-contact' end`,
    close: sql`case t.status when 'traite' then 'already' when 'ecarte' then 'set-aside' end`,
  }[act]
  return db.run(sql`insert into bulk_work_lines (work_id, siret, before, state, because)
    select ${id}::uuid, t.siret, target_facts(t), case when b.because is null then 'to-do' else 'left' end, b.because
    from campaign_targets t cross join lateral (select ${because} as because) b
    where ${whichOnes(campaignId, which)} order by t.siret`)
}

/** The same of those to give back, each with why it would stay with who took it. */
export const insertReleased = (
  db: Db,
  { id, campaignId, reason }: { readonly id: string; readonly campaignId: string; readonly reason: string | null },
  which: Which,
): Promise<number> =>
  db.run(sql`with chosen as materialized (
      select t.siret, t.taken_by, t.taken_by_organisation, target_facts(t) as before from campaign_targets t
      where ${whichOnes(campaignId, which)}),
    stays as materialized (select s.* from (select array_agg(siret) as sirets, array_agg(taken_by) as holders,
        array_agg(taken_by_organisation) as structures from chosen) c
      cross join lateral targets_not_given_back(${campaignId}::uuid, ${reason}, c.sirets, c.holders, c.structures) s)
    insert into bulk_work_lines (work_id, siret, before, state, because)
    select ${id}::uuid, c.siret, c.before, case when s.because is null then 'to-do' else 'left' end, s.because
    from chosen c left join stays s on s.siret = c.siret order by c.siret`)

/** Writes each target that a sharing out would give to another, as it now is. */
export const insertSharedLines = async (db: Db, sharingId: string): Promise<void> => {
  await db.run(sql`insert into bulk_work_lines (work_id, siret, before, state)
    select ${sharingId}::uuid, t.siret, target_facts(t), 'to-do' from ${plannedTargets(sharingId)} order by t.siret`)
}

export interface WorkRow {
  readonly id: string
  /** Null: on next actions. */
  readonly campaignId: string | null
  /** Null too: the viewer reads that campaign no more. */
  readonly campaignName: string | null
  readonly byId: string
  /** Of a sharing out by a lead: their structure. */
  readonly within: string | null
  readonly act: BulkActKind
  readonly reason: string | null
  readonly movedTo: string | null
  readonly movedBy: number | null
  readonly result: ClosingResult | null
  readonly handedTo: { id: string; name: string; organisationId: string } | null
  readonly state: BulkState
  /** Counted: as many would go past the budget of solicitations. */
  readonly spent: number
  readonly countedAt: Date
  readonly askedAt: Date | null
  readonly endedAt: Date | null
  readonly stoppedFor: string | null
  readonly toDo: number
  readonly done: number
  readonly left: number
  readonly undone: number
  readonly kept: number
}
const works = sql`select w.id, w.campaign_id, c.name as campaign_name, w.by_id, s.within_organisation as within,
    w.act, coalesce(w.reason, s.reason) as reason, w.moved_to, w.moved_by, w.result,
    (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId', a.organisation_id)
      from accounts a where a.id = w.handed_to) as handed_to, w.state, w.spent, w.counted_at, w.asked_at, w.ended_at, w.stopped_for, n.to_do, n.done, n.left, n.undone, n.kept
  from bulk_works w left join campaigns c on c.id = w.campaign_id
  left join target_sharings s on s.id = w.sharing_id
  cross join lateral (select count(*) filter (where l.state = 'to-do')::int as to_do,
    count(*) filter (where l.state = 'done')::int as done, count(*) filter (where l.state = 'left')::int as left,
    count(*) filter (where l.state = 'undone')::int as undone, count(*) filter (where l.state = 'kept')::int as kept
    from bulk_work_lines l where l.work_id = w.id) n`

export const workById = (db: Db, id: string): Promise<WorkRow | undefined> =>
  db.first(sql<WorkRow>`${works} where w.id = ${id}::uuid`)

/** The viewer's own that were asked, the last first. */
export const listWorks = (db: Db, running: boolean, limit: number): Promise<WorkRow[]> =>
  db.all(
    sql<WorkRow>`${works} where ${
      running ? sql`w.state in ('doing', 'undoing')` : sql`w.state <> 'counted'`
    } order by w.asked_at desc, w.id desc limit ${limit}`,
  )

/** Kept and left ones alone have a reason. */
const withReason = <R extends { readonly because: LeftReason | null }>(rows: readonly R[]) =>
  rows.flatMap(({ because, ...row }) => (because ? [{ ...row, because }] : []))

export const countLeft = async (db: Db, id: string) =>
  withReason(
    await db.all(sql<{ because: LeftReason | null; count: number }>`select because, count(*)::int as count
      from bulk_work_lines where work_id = ${id}::uuid and because is not null group by because
      order by count desc, because`),
  )

export const leftItems = async (db: Db, id: string, today: string) =>
  withEstablishments(
    db,
    withReason(
      await db.all(sql<{ siret: number; because: LeftReason | null }>`select siret, because from bulk_work_lines
        where work_id = ${id}::uuid and because is not null order by siret limit 200`),
    ),
    today,
  )

export interface Asked {
  readonly undo: boolean
  readonly atOnce: boolean
  readonly now: Date
  readonly beyondBudget: string | null
  readonly request: { readonly id: string; readonly origin: string; readonly tokenHash: Buffer }
}
/** False when another request asked first. */
export const askWork = async (
  db: Db,
  id: string,
  { undo, atOnce, now, request, beyondBudget }: Asked,
): Promise<boolean> =>
  (await db.first(
    sql<{ asked: boolean }>`select ask_bulk_work(${id}::uuid, ${request.tokenHash}::bytea, ${undo}, ${atOnce},
      ${now}::timestamptz, ${request.origin}, ${request.id}, ${beyondBudget}) as asked`,
  ))!.asked

/** False when nothing is under way. Waits for the part that is. */
export const stopWork = async (db: Db, id: string, now: Date): Promise<boolean> =>
  (await db.first(sql<{ stopped: boolean }>`select stop_own_bulk_work(${id}::uuid, ${now}::timestamptz) as stopped`))!
    .stopped

/** The next targets of a work. `''`: done; a code: why it must stop; null: another process is at it, or it is over. */
export const doPart = async (db: Db, id: string, size: number, now: Date): Promise<string | null> =>
  (await db.first(
    sql<{ outcome: string | null }>`select ctx.do_bulk_part(${id}::uuid, ${size}, ${now}::timestamptz) as outcome`,
  ))!.outcome

/** Whose targets a work gave or took back, since that was last told. */
export interface Moved {
  readonly accountId: string
  readonly given: number
  readonly taken: number
  readonly campaignId: string | null
  readonly campaignName: string | null
  /** The structure of who asked. */
  readonly byOrganisation: string
}
export interface Told extends Moved {
  /** Who asked for it, told that it is over. */
  readonly finished: boolean
  readonly state: BulkState
  readonly done: number
}
/** No row while it is under way, nor twice. For the worker. */
export const tellWork = (db: Db, id: string): Promise<Told[]> =>
  db.all(sql<Told>`select account_id, given, taken, finished, campaign_id, campaign_name, by_organisation, state, done
    from ctx.tell_bulk_work(${id}::uuid)`)
/** The same of one's own. */
export const tellOwnWork = (db: Db, id: string): Promise<Moved[]> =>
  db.all(sql<Moved>`select account_id, given, taken, campaign_id, campaign_name, by_organisation
    from tell_own_bulk_work(${id}::uuid)`)
