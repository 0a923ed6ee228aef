import { type RawBuilder, sql } from 'kysely'
import type { Static } from 'typebox'
import type { Criteria } from '../../../contract/territory-and-register/criteria.ts'
import type { Db } from '../../platform/database.ts'
import { isObjecting } from '../../territory-and-register/establishments/establishments.queries.ts'
import { selectEstablishments } from '../../territory-and-register/establishments/search.queries.ts'
import { seekActivities } from '../../territory-and-register/territories/correspondences.queries.ts'
import type { Campaign } from './campaign-lifecycle.ts'
import type { TargetOutcome } from './pasted-rules.ts'
import { isNotToContact } from './references.queries.ts'

export const mostTargets = 50_000

/** Rows of establishments: siret and the four territories. */
export type Selected = RawBuilder<unknown>

// A target lies inside the campaign's territory, whatever the criteria ask.
const inside = (territoryId: number) =>
  sql`(${territoryId} = 0 or ${territoryId} in (e.region_id, e.departement_id, e.epci_id, e.clpe_id))`

/**
 * Who pilots here may not read every exchange there was: contacted_since answers yes or no, one establishment at a
 * time, so that the limit stops it.
 */
const contacts = ({ neverContacted, notContactedSince, contactedSince }: Static<typeof Criteria>) =>
  sql.join(
    [
      sql`true`,
      ...(neverContacted ? [sql`not contacted_since(e.siret, '-infinity')`] : []),
      ...(notContactedSince === undefined ? [] : [sql`not contacted_since(e.siret, ${notContactedSince}::date)`]),
      ...(contactedSince === undefined ? [] : [sql`contacted_since(e.siret, ${contactedSince}::date)`]),
    ],
    sql` and `,
  )

export const byCriteria = async (
  db: Db,
  campaign: Campaign,
  criteria: Static<typeof Criteria>,
  today: string,
): Promise<Selected> => {
  const sought = {
    ...criteria,
    activities: await seekActivities(db, criteria.activities),
    territoryId: criteria.territoryId ?? campaign.territory.id,
  }
  return sql`(select e.siret, e.region_id, e.departement_id, e.epci_id, e.clpe_id
    from ${selectEstablishments(sought, today)} e
    where ${inside(campaign.territory.id)} and ${contacts(criteria)})`
}
/** EST-4: a natural person who objects to diffusion is aimed at by no campaign, not even by number. */
const mayBeAimedAt = sql`e.active and e.diffusion <> 'N' and not ${isObjecting}`

export const bySirets = (campaign: Campaign, sirets: readonly number[]): Selected =>
  sql`(select e.siret, e.region_id, e.departement_id, e.epci_id, e.clpe_id from unnest(${sirets}::bigint[]) s (siret)
    join establishments e on e.siret = s.siret
    where ${mayBeAimedAt} and ${inside(campaign.territory.id)})`

/** What another campaign aims at and did not set aside, as far as the register still knows it. */
export const targetsOf = (campaign: Campaign): Selected =>
  sql`(select e.siret, e.region_id, e.departement_id, e.epci_id, e.clpe_id from campaign_targets o
    join establishments e on e.siret = o.siret
    where o.campaign_id = ${campaign.id}::uuid and o.status <> 'ecarte' and ${mayBeAimedAt}
      and ${inside(campaign.territory.id)})`

const absent = (campaign: Campaign) =>
  sql`not exists (select from campaign_targets t where t.campaign_id = ${campaign.id}::uuid and t.siret = n.siret)`

/**
 * Those not to be contacted are never added (EST-10): their mark is lifted first.
 * One more than the most tells that there are too many, without counting a whole country.
 */
export const newOnes = (campaign: Campaign, selected: Selected, today: string) =>
  sql`(select n.* from ${selected} n where ${absent(campaign)} and not ${isNotToContact('n.siret', today)}
    limit ${mostTargets + 1})`
/** How many are left out because they are not to be contacted. */
export const leftOutOnes = (campaign: Campaign, selected: Selected, today: string) =>
  sql<{
    count: number
  }>`select count(*)::int as count from ${selected} n where ${absent(campaign)} and ${isNotToContact('n.siret', today)}`

export const presentOnes = (campaign: Campaign, selected: Selected) =>
  sql<{
    count: number
  }>`select count(*)::int as count from ${selected} s join campaign_targets t on t.campaign_id = ${campaign.id}::uuid
    and t.siret = s.siret`

/** Adds in one statement, never row by row. `at`: null of a draft, whose targets join with its opening. Answers which. */
export const insertTargets = async (
  db: Db,
  campaign: Campaign,
  selected: Selected,
  today: string,
  at: Date | null = null,
): Promise<number[]> =>
  (await db.first(sql<{
    sirets: number[]
  }>`with added as (insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id,
      added_at)
    select ${campaign.id}::uuid, n.siret, n.region_id, n.departement_id, n.epci_id, n.clpe_id, ${at}::timestamptz
      from ${newOnes(campaign, selected, today)} n order by n.siret on conflict do nothing returning siret)
    select coalesce(jsonb_agg(siret), '[]') as sirets from added`))!.sirets
/** How many of the selected are targets. */
export const countSelected = async (db: Db, campaign: Campaign, selected: Selected): Promise<number> =>
  (await db.first(presentOnes(campaign, selected)))!.count

export const countLeftOut = async (db: Db, campaign: Campaign, selected: Selected, today: string): Promise<number> =>
  (await db.first(leftOutOnes(campaign, selected, today)))!.count

/** The targets that a draft's new territory no longer holds leave it. */
export const removeTargetsOutside = (db: Db, campaignId: string, territoryId: number): Promise<number> =>
  db.run(
    sql`delete from campaign_targets e where e.campaign_id = ${campaignId}::uuid
      and not coalesce(${inside(territoryId)}, false)`,
  )

/** Why each of these SIRETs would not be added; those that would be are left out. */
export const refusedSirets = async (
  db: Db,
  campaign: Campaign,
  sirets: readonly number[],
  today: string,
): Promise<Map<number, TargetOutcome>> => {
  const rows = await db.all(sql<{ siret: number; outcome: TargetOutcome }>`
    select * from (
      select s.siret, case when t.siret is not null then 'already-there' when e.siret is null or e.diffusion = 'N'
        then 'unknown' when not e.active then 'closed'
        when not coalesce(${inside(campaign.territory.id)}, false) then 'outside-territory'
        when ${isObjecting} then 'objects'
        when ${isNotToContact('s.siret', today)} then 'do-not-contact' end as outcome
      from unnest(${sirets}::bigint[]) s (siret)
      left join establishments e on e.siret = s.siret
      left join campaign_targets t on t.campaign_id = ${campaign.id}::uuid and t.siret = s.siret) o
    where outcome is not null`)
  return new Map(rows.map(row => [row.siret, row.outcome]))
}
export const isTerritory = async (db: Db, id: number): Promise<boolean> =>
  (await db.first(sql`select from territories where id = ${id}`)) !== undefined
