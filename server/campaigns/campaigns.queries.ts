import { sql } from 'kysely'
import { type Db, k } from '../platform/database.ts'
import type { TerritoryLine } from '../platform/viewer.ts'
import type { Campaign, Status } from './campaign-lifecycle.ts'
import { conflicts, undecidedTargets } from './conflicts.queries.ts'
import { organisationRef, place } from './references.queries.ts'

// Undecided conflicts are counted on drafts only, and only for who pilots them: campaign_conflicts answers nobody else.
const campaigns = (today: string) => sql`
  select c.id, c.name, c.purpose, c.description, c.starts_on, c.ends_on, c.status,
    c.contact_delay_days, c.contact_goal, c.opened_at, c.closed_at, c.version,
    (select jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name) from territories t where t.id = c.territory_id) as territory,
    ${place('c')} as place, ${organisationRef('c.pilot_id')} as pilot,
    (select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) order by o.name, o.id)
      from campaign_members m join organisations o on o.id = m.organisation_id where m.campaign_id = c.id) as members,
    jsonb_build_object(
      'targets', (select count(*) from campaign_targets t where t.campaign_id = c.id and t.status <> 'ecarte'),
      'contacted', (select count(distinct x.siret) from campaign_contacts x where x.campaign_id = c.id and x.contacts > 0),
      'undecided', case c.status when 'draft' then (select ${undecidedTargets} from ${conflicts(sql`c.id`, today)} f) else 0 end) as counts
  from campaigns c`

type Row = Omit<Campaign, 'openedAt' | 'closedAt'> & { openedAt: Date | null; closedAt: Date | null }
const asCampaign = (row: Row): Campaign => ({ ...row, openedAt: row.openedAt?.toISOString() ?? null, closedAt: row.closedAt?.toISOString() ?? null })

export const campaignById = async (db: Db, id: string, today: string): Promise<Campaign | undefined> => {
  const row = await db.first(sql<Row>`${campaigns(today)} where c.id = ${id}::uuid`)
  return row && asCampaign(row)
}

/**
 * Waits for whoever is writing it, then reads it as they left it. Row-level security lets only its pilots lock it, so the reading stands apart:
 * a member who may not write still finds it, and is refused with a reason.
 */
export const lockCampaign = async (db: Db, id: string, today: string): Promise<Campaign | undefined> => {
  const [, campaign] = await Promise.all([db.run(sql`select from campaigns where id = ${id}::uuid for update`), campaignById(db, id, today)])
  return campaign
}

export interface CampaignFilter {
  readonly status?: Status | undefined
  readonly siret?: number | undefined
}
const matching = ({ status, siret }: CampaignFilter) => sql.join([
  sql`true`,
  ...(status === undefined ? [] : [sql`c.status = ${status}`]),
  ...(siret === undefined ? [] : [sql`exists (select from campaign_targets t where t.campaign_id = c.id and t.siret = ${siret})`]),
], sql` and `)

/** The latest to start first, one row more than asked. `after`: the first day and the id of the last one shown. */
export const listCampaigns = async (db: Db, filter: CampaignFilter, after: readonly string[] | undefined, limit: number, today: string): Promise<Campaign[]> =>
  (await db.all(sql<Row>`${campaigns(today)} where ${matching(filter)} ${after ? sql`and (c.starts_on, c.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``}
    order by c.starts_on desc, c.id desc limit ${limit + 1}`)).map(asCampaign)
export const countCampaigns = async (db: Db, filter: CampaignFilter): Promise<number> =>
  (await db.first(sql<{ total: number }>`select count(*) as total from campaigns c where ${matching(filter)}`))!.total

/** The territories that hold the whole of a territory; undefined when it is unknown. */
export const placeOf = (db: Db, territoryId: number): Promise<TerritoryLine | undefined> =>
  db.first(sql<TerritoryLine>`select l.region_id, l.departement_id, l.epci_id, l.clpe_id from territories t cross join territory_line(t.id) l where t.id = ${territoryId}`)
export const countOrganisations = async (db: Db, ids: readonly string[]): Promise<number> =>
  (await db.first(sql<{ total: number }>`select count(*) as total from organisations where id = any (${ids}::uuid[])`))!.total

/** What a pilot writes of a campaign. */
export interface CampaignValues extends TerritoryLine {
  readonly name: string
  readonly purpose: Campaign['purpose']
  readonly description: string | null
  readonly territoryId: number
  readonly startsOn: string
  readonly endsOn: string
  readonly contactDelayDays: number
  readonly contactGoal: number | null
}

// No RETURNING: a row is visible to its author only once its members are known.
export const insertCampaign = async (db: Db, id: string, values: CampaignValues, pilotId: string, memberIds: readonly string[], createdBy: string, createdAt: Date): Promise<void> => {
  await Promise.all([
    db.run(k.insertInto('campaigns').values({ id, ...values, pilotId, createdBy, createdAt })),
    insertMembers(db, id, memberIds),
  ])
}
const insertMembers = (db: Db, campaignId: string, memberIds: readonly string[]) =>
  db.run(sql`insert into campaign_members (campaign_id, organisation_id) select ${campaignId}::uuid, o from unnest(${memberIds}::uuid[]) o on conflict do nothing`)

export const saveCampaign = async (db: Db, before: Campaign, values: CampaignValues, memberIds: readonly string[]): Promise<void> => {
  const [written] = await Promise.all([
    db.run(k.updateTable('campaigns').set({ ...values, version: before.version + 1 }).where('id', '=', before.id).where('version', '=', before.version)),
    db.run(sql`delete from campaign_members where campaign_id = ${before.id}::uuid and organisation_id <> all (${memberIds}::uuid[])`),
    insertMembers(db, before.id, memberIds),
  ])
  if (written !== 1) throw new Error('the locked campaign was not written')
}

/** `at` dates the first opening, and the closing until it is reopened. */
export const saveStatus = async (db: Db, before: Campaign, status: Status, at: Date): Promise<void> => {
  const written = await db.run(k.updateTable('campaigns').set({
    status, version: before.version + 1, openedAt: sql`coalesce(opened_at, ${at})`, closedAt: status === 'open' ? null : sql`coalesce(closed_at, ${at})`,
  }).where('id', '=', before.id).where('version', '=', before.version))
  if (written !== 1) throw new Error('the locked campaign was not written')
}

export interface ProgressRow { readonly organisation: Campaign['pilot']; readonly taken: number; readonly contacted: number; readonly contacts: number; readonly needs: number }
/** What each member took and did, in the order of their names; from the marks of contacts, which every member sees (EST-11). */
export const progressByOrganisation = (db: Db, campaignId: string): Promise<ProgressRow[]> =>
  db.all(sql<ProgressRow>`
    with taken as (
      select taken_by_organisation as id, count(*)::int as targets from campaign_targets
      where campaign_id = ${campaignId}::uuid and taken_by_organisation is not null and status <> 'ecarte' group by 1),
    done as (
      select organisation_id as id, count(*) filter (where contacts > 0)::int as targets, sum(contacts)::int as contacts, sum(needs)::int as needs from campaign_contacts
      where campaign_id = ${campaignId}::uuid group by 1)
    select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) as organisation, coalesce(t.targets, 0) as taken,
      coalesce(d.targets, 0) as contacted, coalesce(d.contacts, 0) as contacts, coalesce(d.needs, 0) as needs
    from campaign_members m join organisations o on o.id = m.organisation_id left join taken t on t.id = o.id left join done d on d.id = o.id
    where m.campaign_id = ${campaignId}::uuid order by o.name, o.id`)
