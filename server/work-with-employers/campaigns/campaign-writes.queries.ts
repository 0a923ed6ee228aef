import { sql, type UpdateObject } from 'kysely'
import type { DB } from '../../../database/schema.ts'
import { type Db, k } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Campaign, Status } from './campaign-lifecycle.ts'

/** What a pilot writes of a campaign. */
export interface CampaignValues extends TerritoryLine {
  readonly name: string
  readonly purpose: Campaign['purpose']
  readonly description: string | null
  readonly territoryId: number
  readonly startsOn: string
  readonly endsOn: string
  readonly contactDelayDays: number
  readonly conflictScope: Campaign['conflictScope']
  readonly step?: Campaign['step']
}

/** What stands beside it, in tables of its own. */
export interface Around {
  readonly memberIds: readonly string[]
  readonly leadIds: readonly string[]
  readonly goals: Campaign['goals']
}

// No RETURNING: a row is visible to its author only once its members are known.
export const insertCampaign = async (
  db: Db,
  id: string,
  values: CampaignValues,
  pilotId: string,
  around: Around,
  createdBy: string,
  createdAt: Date,
): Promise<void> => {
  await Promise.all([
    db.run(k.insertInto('campaigns').values({ id, ...values, pilotId, createdBy, createdAt })),
    insertAround(db, id, around),
  ])
}

const insertAround = (db: Db, campaignId: string, { memberIds, leadIds, goals }: Around) =>
  Promise.all([
    db.run(
      sql`insert into campaign_members (campaign_id, organisation_id) select ${campaignId}::uuid, o
        from unnest(${memberIds}::uuid[]) o on conflict do nothing`,
    ),
    db.run(
      sql`insert into campaign_leads (campaign_id, account_id) select ${campaignId}::uuid, a
        from unnest(${leadIds}::uuid[]) a on conflict do nothing`,
    ),
    db.run(sql`insert into campaign_goals (campaign_id, kind, value) select ${campaignId}::uuid, g.*
      from unnest(${goals.map(goal => goal.kind)}::text[], ${goals.map(goal => goal.value)}::int[]) g
    on conflict (campaign_id, kind) do update set value = excluded.value`),
  ])

/** One write of a locked campaign: its version rises with it. */
const saveLocked = async (
  db: Db,
  before: Campaign,
  set: Omit<UpdateObject<DB, 'campaigns'>, 'id' | 'version'>,
): Promise<void> => {
  const written = await db.run(
    k
      .updateTable('campaigns')
      .set({ ...set, version: before.version + 1 })
      .where('id', '=', before.id)
      .where('version', '=', before.version),
  )
  if (written !== 1) throw new Error('the locked campaign was not written')
}

export const saveCampaign = async (db: Db, before: Campaign, values: CampaignValues, around: Around): Promise<void> => {
  await Promise.all([
    saveLocked(db, before, values),
    db.run(
      sql`delete from campaign_members where campaign_id = ${before.id}::uuid
        and organisation_id <> all (${around.memberIds}::uuid[])`,
    ),
    removeOthers(db, before.id, around),
    insertAround(db, before.id, around),
  ])
}

/** The leads and goals that are no longer named. */
const removeOthers = (db: Db, campaignId: string, { leadIds, goals }: Pick<Around, 'leadIds' | 'goals'>) =>
  Promise.all([
    db.run(
      sql`delete from campaign_leads where campaign_id = ${campaignId}::uuid
        and account_id <> all (${leadIds}::uuid[])`,
    ),
    db.run(
      sql`delete from campaign_goals where campaign_id = ${campaignId}::uuid
        and kind <> all (${goals.map(goal => goal.kind)}::text[])`,
    ),
  ])

export const saveLastDay = (db: Db, before: Campaign, endsOn: string): Promise<void> =>
  saveLocked(db, before, { endsOn })

/** What is said of an open campaign, and by whom it is answered for. */
export const savePresentation = async (
  db: Db,
  before: Campaign,
  { description, leadIds, goals }: Pick<Around, 'leadIds' | 'goals'> & { readonly description: string | null },
): Promise<void> => {
  await Promise.all([
    saveLocked(db, before, { description }),
    removeOthers(db, before.id, { leadIds, goals }),
    insertAround(db, before.id, { memberIds: [], leadIds, goals }),
  ])
}

export const insertMember = async (db: Db, before: Campaign, organisationId: string): Promise<void> => {
  await Promise.all([
    saveLocked(db, before, {}),
    insertAround(db, before.id, { memberIds: [organisationId], leadIds: [], goals: [] }),
  ])
}

/** The leads that it named leave with it. */
export const deleteMember = async (db: Db, before: Campaign, organisationId: string): Promise<void> => {
  const leadIds = before.leads.filter(lead => lead.organisationId !== organisationId).map(lead => lead.id)
  await Promise.all([
    saveLocked(db, before, {}),
    removeOthers(db, before.id, { leadIds, goals: before.goals }),
    db.run(
      k.deleteFrom('campaignMembers').where('campaignId', '=', before.id).where('organisationId', '=', organisationId),
    ),
  ])
}

/** `at` dates the first opening, and the closing until it is reopened. */
export const saveStatus = (db: Db, before: Campaign, status: Status, at: Date): Promise<void> =>
  saveLocked(db, before, {
    status,
    openedAt: sql`coalesce(opened_at, ${at})`,
    closedAt: status === 'open' ? null : sql`coalesce(closed_at, ${at})`,
  })

export interface Locked {
  readonly campaignId: string
  readonly sirets: number[]
}
export interface Receiver {
  readonly byId: string
  readonly organisationId: string
  readonly toAccountId: string
  readonly at: Date
}
/** Passes locked targets, and keeps from whom to whom. */
export const passTargets = async (db: Db, { campaignId, sirets }: Locked, to: Receiver): Promise<void> => {
  const these = sql`t.campaign_id = ${campaignId}::uuid and t.siret = any (${sirets}::bigint[])`
  await db.run(sql`insert into target_assignments (campaign_id, siret, at, by_id, from_assigned, from_organisation,
      from_account, from_taken_at, to_organisation, to_account, status, contacts)
    select t.campaign_id, t.siret, ${to.at}, ${to.byId}::uuid, t.assigned_organisation, t.taken_by_organisation,
      t.taken_by, t.taken_at, ${to.organisationId}::uuid, ${to.toAccountId}::uuid, t.status, 0
    from campaign_targets t where ${these} order by t.siret`)
  await db.run(sql`update campaign_targets t set taken_by = ${to.toAccountId}::uuid,
      taken_by_organisation = ${to.organisationId}::uuid, taken_at = ${to.at}::timestamptz,
      assigned_organisation = case when t.assigned_organisation is not null then ${to.organisationId}::uuid end,
      status = case when t.status = 'a-contacter' then 'prise-en-charge' else t.status end
    where ${these}`)
}

export interface GivenBack {
  /** Who had them before. */
  readonly fromId: string
  readonly passedAt: Date
  readonly byId: string
  readonly at: Date
}
/** Gives locked targets of a passing back to who had them, since the same day as before, and keeps from whom to whom. */
export const giveTargetsBack = async (
  db: Db,
  { campaignId, sirets }: Locked,
  { fromId, passedAt, byId, at }: GivenBack,
): Promise<void> => {
  const these = sql`t.campaign_id = ${campaignId}::uuid and t.siret = any (${sirets}::bigint[])`
  await db.run(sql`insert into target_assignments (campaign_id, siret, at, by_id, from_assigned, from_organisation,
      from_account, from_taken_at, to_organisation, to_account, status, contacts)
    select t.campaign_id, t.siret, ${at}, ${byId}::uuid, t.assigned_organisation, t.taken_by_organisation,
      t.taken_by, t.taken_at, t.taken_by_organisation, ${fromId}::uuid, t.status, 0
    from campaign_targets t where ${these} order by t.siret`)
  await db.run(sql`update campaign_targets t set taken_by = a.from_account, taken_at = a.from_taken_at
    from target_assignments a where ${these} and a.campaign_id = t.campaign_id and a.siret = t.siret
      and a.at = ${passedAt} and a.by_id = ${byId}::uuid and a.from_account = ${fromId}::uuid`)
}
