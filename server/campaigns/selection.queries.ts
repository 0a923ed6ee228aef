import { type RawBuilder, sql } from 'kysely'
import type { Static } from 'typebox'
import type { Criteria } from '../../contract/establishments.ts'
import { selectEstablishments } from '../establishments/establishments.queries.ts'
import type { Db } from '../platform/database.ts'
import { addDays } from '../platform/time.ts'
import type { Campaign } from './campaign-lifecycle.ts'
import type { TargetOutcome } from './pasted-rules.ts'
import { withEstablishments } from './references.queries.ts'

export const mostTargets = 50_000
const shown = 10

/** Rows of establishments: siret and the four territories. */
type Selected = RawBuilder<unknown>

// A target lies inside the campaign's territory, whatever the criteria ask.
const inside = (territoryId: number) => sql`(${territoryId} = 0 or ${territoryId} in (e.region_id, e.departement_id, e.epci_id, e.clpe_id))`

export const byCriteria = (campaign: Campaign, criteria: Static<typeof Criteria>): Selected =>
  sql`(select e.siret, e.region_id, e.departement_id, e.epci_id, e.clpe_id from ${selectEstablishments({ ...criteria, territoryId: criteria.territoryId ?? campaign.territory.id })} e where ${inside(campaign.territory.id)})`
export const bySirets = (campaign: Campaign, sirets: readonly number[]): Selected =>
  sql`(select e.siret, e.region_id, e.departement_id, e.epci_id, e.clpe_id from unnest(${sirets}::bigint[]) s (siret) join establishments e on e.siret = s.siret
    where e.active and e.diffusion <> 'N' and ${inside(campaign.territory.id)})`

/** What another campaign aims at and did not set aside, as far as the register still knows it. */
export const targetsOf = (campaign: Campaign): Selected =>
  sql`(select e.siret, e.region_id, e.departement_id, e.epci_id, e.clpe_id from campaign_targets o join establishments e on e.siret = o.siret
    where o.campaign_id = ${campaign.id}::uuid and o.status <> 'ecarte' and e.active and e.diffusion <> 'N' and ${inside(campaign.territory.id)})`

// One more than the most tells that there are too many, without counting a whole country.
const newOnes = (campaign: Campaign, selected: Selected) =>
  sql`(select n.* from ${selected} n where not exists (select from campaign_targets t where t.campaign_id = ${campaign.id}::uuid and t.siret = n.siret) limit ${mostTargets + 1})`

const presentOnes = (campaign: Campaign, selected: Selected) =>
  sql<{ count: number }>`select count(*)::int as count from ${selected} s join campaign_targets t on t.campaign_id = ${campaign.id}::uuid and t.siret = s.siret`

export interface Preview { readonly count: number; readonly alreadyThere: number; readonly sirets: number[]; readonly held: number; readonly contacted: number }
/** What adding would add, of which how many would be conflicts; writes nothing. */
export const previewTargets = async (db: Db, campaign: Campaign, selected: Selected, today: string) => {
  const preview = (await db.first(sql<Preview>`
    with fresh as materialized (select siret from ${newOnes(campaign, selected)} n)
    select f.count, f.sirets, t.count as already_there, c.held, c.contacted
    from (select count(*)::int as count, array(select siret from fresh order by siret limit ${shown}) as sirets from fresh) f
    cross join (${presentOnes(campaign, selected)}) t
    cross join count_conflicts(array(select siret from fresh), ${campaign.startsOn}::date, ${campaign.endsOn}::date, ${addDays(today, -campaign.contactDelayDays)}::date, ${campaign.id}::uuid) c`))!
  return { ...preview, sample: (await withEstablishments(db, preview.sirets.map(siret => ({ siret })))).map(row => row.establishment) }
}

/** Adds in one statement, never row by row. */
export const insertTargets = (db: Db, campaign: Campaign, selected: Selected): Promise<number> =>
  db.run(sql`insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id)
    select ${campaign.id}::uuid, n.siret, n.region_id, n.departement_id, n.epci_id, n.clpe_id from ${newOnes(campaign, selected)} n order by n.siret on conflict do nothing`)
/** How many of the selected are targets. */
export const countSelected = async (db: Db, campaign: Campaign, selected: Selected): Promise<number> => (await db.first(presentOnes(campaign, selected)))!.count

/** The targets that a draft's new territory no longer holds leave it. */
export const removeTargetsOutside = (db: Db, campaignId: string, territoryId: number): Promise<number> =>
  db.run(sql`delete from campaign_targets e where e.campaign_id = ${campaignId}::uuid and not coalesce(${inside(territoryId)}, false)`)

/** Why each of these SIRETs would not be added; those that would be are left out. */
export const refusedSirets = async (db: Db, campaign: Campaign, sirets: readonly number[]): Promise<Map<number, TargetOutcome>> => {
  const rows = await db.all(sql<{ siret: number; outcome: TargetOutcome }>`
    select * from (
      select s.siret, case when t.siret is not null then 'already-there' when e.siret is null or e.diffusion = 'N' then 'unknown' when not e.active then 'closed'
        when not coalesce(${inside(campaign.territory.id)}, false) then 'outside-territory' end as outcome
      from unnest(${sirets}::bigint[]) s (siret)
      left join establishments e on e.siret = s.siret
      left join campaign_targets t on t.campaign_id = ${campaign.id}::uuid and t.siret = s.siret) o
    where outcome is not null`)
  return new Map(rows.map(row => [row.siret, row.outcome]))
}
export const isTerritory = async (db: Db, id: number): Promise<boolean> => (await db.first(sql`select from territories where id = ${id}`)) !== undefined
