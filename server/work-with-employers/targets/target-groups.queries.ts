import { sql } from 'kysely'
import { targetStatuses } from '../../../contract/work-with-employers/campaigns/targets.ts'
import type { Db } from '../../platform/database.ts'
import { groupKeys, type TargetGrouping } from '../campaigns/references.queries.ts'
import { matching, type TargetFilter } from '../campaigns/targets.queries.ts'

export interface GroupRow {
  readonly of: string | null
  readonly name: string | null
  readonly count: number
}
/** What each group is called. */
const names = {
  status: sql`null::text`,
  commune: sql`(select c.name from communes c where c.code = g.of)`,
  organisation: sql`(select o.name from organisations o where o.id = g.of::uuid)`,
  holder: sql`(select a.given_name || ' ' || a.family_name from accounts a where a.id = g.of::uuid)`,
} satisfies Record<TargetGrouping, object>

/** States in their order; else the largest groups first, and last what has nothing alike. One more than `most`. */
export const targetGroups = (
  db: Db,
  campaignId: string,
  filter: TargetFilter,
  group: TargetGrouping,
  most: number,
): Promise<GroupRow[]> =>
  db.all(sql<GroupRow>`
    with g as (select ${groupKeys[group]} as of, count(*)::int as count from campaign_targets t
      where ${matching(campaignId, filter)} group by 1),
    named as (select g.of, ${names[group]} as name, g.count from g)
    select nullif(of, '') as of, name, count from named
    order by ${group === 'status' ? sql`array_position(${targetStatuses}::text[], of)` : sql`of is null, count desc`},
      name collate "fr-x-icu", of limit ${most + 1}`)
