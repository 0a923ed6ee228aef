import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { formerActivities, isClosed } from '../../territory-and-register/establishments/establishments.queries.ts'
import { organisationRef } from '../campaigns/references.queries.ts'
import type { TargetStatus } from '../campaigns/target-rules.ts'
import { matching, type TargetFilter } from '../campaigns/targets.queries.ts'
import { lateWhen } from '../exchanges/next-actions.queries.ts'
import type { ParisMoment } from '../exchanges/next-actions.ts'

export interface Counts {
  readonly total: number
  readonly statuses: { readonly status: TargetStatus; readonly count: number }[]
  readonly organisations: {
    readonly organisation: { id: string; name: string; kind: string } | null
    readonly count: number
  }[]
  readonly zones: {
    readonly zone: string | null
    readonly commune: boolean
    readonly name: string
    readonly count: number
  }[]
  readonly divisions: { readonly code: string | null; readonly count: number }[]
}
/**
 * Zones are what one shares the campaign's territory out by: communes of an EPCI, EPCI of a CLPE or department,
 * departments beyond.
 */
export const countTargets = async (db: Db, campaignId: string, filter: TargetFilter): Promise<Counts> =>
  (await db.first(sql<Counts>`
    with zone as (select r.kind from campaigns c join territories r on r.id = c.territory_id
      where c.id = ${campaignId}::uuid),
    m as materialized (
      select t.status, coalesce(t.assigned_organisation, t.taken_by_organisation) as organisation_id,
        ${formerActivities} as activities, e.commune_name,
        case z.kind when 'epci' then e.commune_code when 'clpe' then t.epci_id::text when 'departement'
          then t.epci_id::text else t.departement_id::text end as zone, z.kind = 'epci' as commune
      from campaign_targets t cross join zone z left join establishments e on e.siret = t.siret
        where ${matching(campaignId, filter)})
    select (select count(*)::int from m) as total,
      (select coalesce(jsonb_agg(jsonb_build_object('status', s.status, 'count', s.count)), '[]')
        from (select status, count(*) from m group by 1) s) as statuses,
      (select coalesce(jsonb_agg(jsonb_build_object('organisation', ${organisationRef('h.organisation_id')}, 'count',
        h.count) order by h.count desc), '[]')
        from (select organisation_id, count(*) from m group by 1) h) as organisations,
      (select coalesce(jsonb_agg(jsonb_build_object('zone', z.zone, 'commune', z.commune, 'name',
        coalesce(r.name, z.name, 'Sans territoire'), 'count', z.count) order by z.count desc, coalesce(r.name, z.name) collate "fr-x-icu"),
        '[]')
        from (select zone, commune, min(case when commune then coalesce(commune_name, zone) end) as name, count(*)
          from m group by 1, 2) z left join territories r on not z.commune and r.id::text = z.zone) as zones,
      (select coalesce(jsonb_agg(jsonb_build_object('code', d.division, 'count', d.count)
        order by d.count desc, d.division), '[]') from (select a.division, count(*) from m
          left join lateral (select distinct left(code, 2) as division from unnest(m.activities) code) a on true
          group by 1) d) as divisions`))!

export interface ActionRow {
  readonly id: string
  readonly siret: number
  readonly name: string | null
  readonly status: TargetStatus
  readonly closed: boolean
  readonly kind: string
  readonly dueOn: string
  readonly dueAt: string | null
  readonly late: boolean
  readonly owner: { id: string; name: string; organisationId: string }
}
/** Planned in this campaign and still to do, by day and hour, one more than `most`. */
export const listTargetActions = (
  db: Db,
  campaignId: string,
  filter: TargetFilter,
  from: string,
  to: string,
  now: ParisMoment,
  most: number,
): Promise<ActionRow[]> =>
  db.all(sql<ActionRow>`
    select n.id, n.siret, e.name, t.status, ${isClosed} as closed, n.kind, n.due_on, to_char(n.due_at, 'HH24:MI') as due_at,
      coalesce(${lateWhen(now)}, false) as late,
      jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
        a.organisation_id) as owner
    from exchanges x join next_actions n on n.exchange_id = x.id and n.done_at is null and n.cancelled_at is null
      and n.due_on between ${from}::date and ${to}::date
    join campaign_targets t on t.siret = x.siret and ${matching(campaignId, filter)}
      join accounts a on a.id = n.owner_id left join establishments e on e.siret = n.siret
    where x.campaign_id = ${campaignId}::uuid order by n.due_on, n.due_at, n.id limit ${most + 1}`)

export interface PointRow {
  readonly siret: number
  readonly name: string | null
  readonly status: TargetStatus
  readonly closed: boolean
  readonly lat: number | null
  readonly lon: number | null
}
export interface Frame {
  readonly south: number
  readonly west: number
  readonly north: number
  readonly east: number
}
export const listTargetPoints = (
  db: Db,
  campaignId: string,
  filter: TargetFilter,
  frame: Frame | undefined,
  most: number,
): Promise<PointRow[]> =>
  db.all(sql<PointRow>`select t.siret, e.name, t.status, ${isClosed} as closed, e.latitude as lat,
      e.longitude as lon from campaign_targets t
    left join establishments e on e.siret = t.siret and not e.partial_diffusion
    where ${matching(campaignId, filter)} ${
      frame
        ? sql`and e.latitude between ${frame.south}::float8
      and ${frame.north}::float8 and e.longitude between ${frame.west}::float8 and ${frame.east}::float8`
        : sql``
    }
      order by t.siret limit ${most + 1}`)
