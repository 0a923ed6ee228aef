import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { Locked } from '../campaigns/campaign-writes.queries.ts'
import type { Passed, Passing } from '../exchanges/passing.queries.ts'
import type { Reach } from './waiting-work.queries.ts'

/** Of whom, and which parts of it; null: all. */
export interface Choice {
  readonly organisationId: string
  readonly accountId: string | null
  readonly parts:
    | readonly { readonly kind: string; readonly campaignId: string | null; readonly clpeId?: number }[]
    | null
}
const campaignsOf = (parts: NonNullable<Choice['parts']>, kinds: readonly string[]) =>
  parts.flatMap(({ kind, campaignId }) => (kinds.includes(kind) && campaignId ? [campaignId] : []))
const among = (campaignIds: readonly string[] | null): RawBuilder<unknown> =>
  campaignIds ? sql`w.campaign_id = any (${campaignIds}::uuid[])` : sql`true`
/** With its piloting goes what the former pilot holds in a campaign. */
const inParts = ({ parts }: Choice, kind: 'targets' | 'campaign' | 'piloting'): RawBuilder<unknown> =>
  among(parts && campaignsOf(parts, kind === 'targets' ? ['targets', 'piloting'] : [kind]))
/** The campaigns whose next actions are chosen: with their piloting alone, or all of them (null). */
export const campaignsOfActions = ({ parts }: Choice): readonly string[] | null =>
  !parts || parts.some(({ kind }) => kind === 'next-actions') ? null : campaignsOf(parts, ['piloting'])
export const needsChosen = ({ parts }: Choice): boolean => !parts || parts.some(({ kind }) => kind === 'needs')
/** The CLPE whose task forces are chosen; null: all. */
export const taskForcesOf = ({ parts }: Choice): readonly number[] | null =>
  parts ? parts.flatMap(({ kind, clpeId }) => (kind === 'task-force' && clpeId !== undefined ? [clpeId] : [])) : null
const amongTaskForces = (choice: Choice): RawBuilder<unknown> => {
  const clpeIds = taskForcesOf(choice)
  return clpeIds ? sql`w.clpe_id = any (${clpeIds}::int[])` : sql`true`
}
const waiting = (choice: Choice, today: string) => sql`
  work_to_take_over(${today}::date) w where w.organisation_id = ${choice.organisationId}::uuid
    and w.holder_id is not distinct from ${choice.accountId}::uuid`
const reaches = ({ conseiller, fiche }: Reach, table: string) => {
  const row = sql.raw(table)
  const line = sql`${row}.region_id, ${row}.departement_id, ${row}.epci_id, ${row}.clpe_id`
  return sql`ctx.covers(${conseiller}::int[], ${line}) and ctx.covers(${fiche}::int[], ${line})`
}

/** How much of it waits for the viewer. */
export const countWaiting = async (db: Db, choice: Choice, today: string): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*)::int as n from ${waiting(choice, today)} and case w.kind
    when 'campaign' then ${inParts(choice, 'campaign')} when 'piloting' then ${inParts(choice, 'piloting')} when 'target' then ${inParts(choice, 'targets')}
    when 'task-force' then ${amongTaskForces(choice)} when 'need' then ${needsChosen(choice)}
    else ${among(campaignsOfActions(choice))} end`))!.n

/**
 * Holds the targets that still are theirs and where the recipient works, in order: two who take at once wait in one
 * direction, and the second finds none.
 */
export const lockWaitingTargets = (db: Db, choice: Choice, to: Reach, today: string): Promise<Locked[]> =>
  db.all(sql<Locked>`
    with w as materialized (
      select w.campaign_id, w.siret from ${waiting(choice, today)} and w.kind = 'target' and ${inParts(choice, 'targets')}),
    locked as (
      select t.campaign_id, t.siret from campaign_targets t join w on w.campaign_id = t.campaign_id and w.siret = t.siret
      where coalesce(t.assigned_organisation, t.taken_by_organisation) = ${choice.organisationId}::uuid
        and (${choice.accountId}::uuid is null or t.taken_by = ${choice.accountId}::uuid)
        and t.status not in ('traite', 'ecarte') and ${reaches(to, 't')}
      order by t.campaign_id, t.siret for update of t)
    select campaign_id, array_agg(siret order by siret) as sirets from locked group by campaign_id order by campaign_id`)

/**
 * Holds the targets of a passing of the viewer between colleagues, where they lead, that nobody worked since: same
 * holder, same state, no exchange. The lock and the reading stand apart: an exchange that held one is seen.
 */
export const lockPassedTargets = async (
  db: Db,
  { fromId, toId, passedAt }: Passing,
  byId: string,
): Promise<Locked[]> => {
  const these = sql`t.taken_by = ${toId}::uuid and t.taken_at = ${passedAt}`
  const [, passed] = await Promise.all([
    db.run(sql`select from campaign_targets t where ${these} order by t.campaign_id, t.siret for update of t`),
    db.all(sql<Locked>`
      select t.campaign_id, array_agg(t.siret order by t.siret) as sirets from campaign_targets t
        join campaigns c on c.id = t.campaign_id and c.status = 'open'
        join target_assignments a on a.campaign_id = t.campaign_id and a.siret = t.siret and a.at = t.taken_at
          and a.status = t.status
      where ${these} and a.by_id = ${byId}::uuid
        and a.from_account = ${fromId}::uuid and a.from_organisation = t.taken_by_organisation
        and ctx.covers((select ctx.responsable()), t.region_id, t.departement_id, t.epci_id, t.clpe_id)
        and not exists (select from exchanges x where x.siret = t.siret and x.author_id = t.taken_by
          and x.recorded_at > ${passedAt})
      group by t.campaign_id order by t.campaign_id`),
  ])
  return passed
}

/** Holds the next actions of a colleague that still are theirs and to do. */
export const lockWaitingActions = async (db: Db, choice: Choice, to: Reach, today: string): Promise<Passed[]> =>
  campaignsOfActions(choice) === null
    ? db.all(sql<Passed>`
        with w as materialized (select w.action_id from ${waiting(choice, today)} and w.kind = 'action')
        select n.id, n.siret, n.owner_id from next_actions n join w on w.action_id = n.id
        where n.owner_id = ${choice.accountId}::uuid and n.done_at is null and n.cancelled_at is null
          and ${reaches(to, 'n')}
        order by n.id for update of n`)
    : []

/** The campaigns that the person answers for and the viewer pilots, in order. */
export const waitingCampaigns = async (db: Db, choice: Choice, today: string): Promise<string[]> =>
  (
    await db.all(sql<{ campaignId: string }>`select w.campaign_id from ${waiting(choice, today)} and w.kind = 'campaign'
      and ${inParts(choice, 'campaign')} order by w.campaign_id`)
  ).map(row => row.campaignId)

/** The campaigns whose pilot is gone that the viewer may pilot, in order. */
export const waitingPilotings = async (db: Db, choice: Choice, today: string): Promise<string[]> =>
  (
    await db.all(sql<{ campaignId: string }>`select w.campaign_id from ${waiting(choice, today)} and w.kind = 'piloting'
      and ${inParts(choice, 'piloting')} order by w.campaign_id`)
  ).map(row => row.campaignId)

/** Who piloted it; undefined when another took it, or its pilot is back. */
export const adoptCampaign = async (db: Db, campaignId: string, today: string, at: Date): Promise<string | undefined> =>
  (await db.first(
    sql<{ formerId: string | null }>`select adopt_campaign(${campaignId}::uuid, ${today}::date, ${at}::timestamptz)
      as former_id`,
  ))!.formerId ?? undefined

/** A campaign taken over, as it was before. */
export interface Handover {
  readonly campaignId: string
  /** Of the campaign, as the step left it. */
  readonly version: number
  readonly why: 'convention-over' | 'no-pilot'
  readonly formerId: string
  /** Who answered for it, and those of them who do no more. */
  readonly leadIds: string[]
  readonly leftIds: string[]
}
/** What the viewer took over from that structure then, and has not given back, where they pilot still. */
export const handoversOf = (db: Db, formerId: string, at: Date): Promise<Handover[]> =>
  db.all(sql<Handover>`
    select h.campaign_id, h.version + 1 as version, h.why, h.former_id, h.lead_ids, h.left_ids from campaign_handovers h
    where h.former_id = ${formerId}::uuid and h.at = ${at}::timestamptz and h.given_back_at is null
    order by h.campaign_id`)

/** False when it is too late, or another wrote it. */
export const giveCampaignBack = async (db: Db, campaignId: string, passedAt: Date): Promise<boolean> =>
  (await db.first(
    sql<{ done: boolean }>`select give_campaign_back(${campaignId}::uuid, ${passedAt}::timestamptz) as done`,
  ))!.done

/** The task forces whose pilot is gone that the viewer may pilot, in order. */
export const waitingTaskForces = (db: Db, choice: Choice, today: string) =>
  db.all(
    sql<{ id: number; name: string }>`select t.id, t.name from territories t where t.id in (
      select w.clpe_id from ${waiting(choice, today)} and w.kind = 'task-force' and ${amongTaskForces(choice)})
      order by t.id`,
  )

/** Who piloted it; undefined when another took it, its pilot is back, or the recipient may not pilot it. */
export const adoptTaskForce = async (
  db: Db,
  clpeId: number,
  toId: string,
  today: string,
  at: Date,
): Promise<string | undefined> =>
  (await db.first(
    sql<{ formerId: string | null }>`select adopt_task_force(${clpeId}, ${toId}::uuid, ${today}::date,
      ${at}::timestamptz) as former_id`,
  ))!.formerId ?? undefined

export interface AbandonedTaskForce {
  readonly outcome: 'done' | 'unknown' | 'piloted' | 'not-member' | 'cannot-pilot'
  /** Of its CLPE. */
  readonly name: string | null
  readonly formerId: string | null
  readonly formerName: string | null
  /** Who can pilot it in the structure that receives it. */
  readonly pilots: string[] | null
}
/** By the operator, as the owner of the database: of a task force that nobody of its pilot can pilot any more. */
export const handAbandonedTaskForceOver = async (
  db: Db,
  clpeId: number,
  successorId: string,
  at: Date,
): Promise<AbandonedTaskForce> =>
  (await db.first(sql<AbandonedTaskForce>`select outcome, name, former_id, former_name, pilots
    from hand_abandoned_task_force_over(${clpeId}, ${successorId}::uuid, ${at}::timestamptz)`))!
