import { type RawBuilder, sql } from 'kysely'
import {
  type targetOrders,
  type targetSorts,
  targetStatuses,
} from '../../../contract/work-with-employers/campaigns/targets.ts'
import type { Db } from '../../platform/database.ts'
import { companySizeKey, headcountKey, legalNatureKey, wholeTargets } from '../campaigns/references.queries.ts'
import type { Target } from '../campaigns/target-rules.ts'
import { matching, type TargetFilter, type TargetRow, targetRows } from '../campaigns/targets.queries.ts'

type TargetSort = (typeof targetSorts)[number]
export type TargetOrder = (typeof targetOrders)[number]
interface Compared {
  readonly key: RawBuilder<unknown>
  readonly from: (campaignId: string) => RawBuilder<unknown>
  /** The key of a target that has nothing to compare, where it would come first once turned round. */
  readonly absent?: string
}
const nothing = () => sql``
const last = '9999-12-31'
const shop = sql`left join establishments e on e.siret = t.siret`
/**
 * What each order compares, as text, and what it is read from. Without a date a target comes last, or never met first.
 * Dates are looked up target by target: planned for few, their sums of a campaign were added up again for each.
 */
const orders: Record<TargetSort, Compared> = {
  // The SIRET is what separates all targets: it alone is left.
  siret: { key: sql`''::text`, from: nothing },
  name: { key: sql`coalesce(e.name, '')`, from: () => shop },
  town: { key: sql`coalesce(e.commune_name, '')`, from: () => shop },
  headcount: { key: headcountKey, from: () => shop, absent: '61' },
  // Without a size or a nature a target comes last, as what nobody holds.
  size: { key: sql`coalesce(${companySizeKey}, 9)::text`, from: () => shop, absent: '9' },
  nature: { key: sql`coalesce(${legalNatureKey}, 9)::text`, from: () => shop, absent: '9' },
  holder: {
    key: sql`case when o.id is null then '1' else concat_ws(' ', '0', o.name, a.family_name, a.given_name) end`,
    from: () => sql`left join organisations o on o.id = coalesce(t.taken_by_organisation, t.assigned_organisation)
      left join accounts a on a.id = t.taken_by`,
    absent: '1',
  },
  status: { key: sql`array_position(${targetStatuses}::text[], t.status)::text`, from: nothing },
  action: {
    key: sql`coalesce(n.due_on::text, ${last})`,
    from: campaignId => sql`left join lateral (select min(n.due_on) as due_on from next_actions n
      join exchanges x on x.id = n.exchange_id and x.campaign_id = ${campaignId}::uuid
      where n.siret = t.siret and n.done_at is null and n.cancelled_at is null) n on true`,
    absent: last,
  },
  contact: {
    key: sql`coalesce(k.last_on::text, '')`,
    from: campaignId => sql`left join lateral (select max(x.last_on) as last_on from campaign_contacts x
      where x.campaign_id = ${campaignId}::uuid and x.siret = t.siret and x.contacts > 0) k on true`,
  },
}

/** Those that compare names. */
const inFrench: readonly TargetSort[] = ['name', 'town', 'holder']

export interface Placed {
  readonly siret: number
  readonly sort: string
}
/** The targets of one page in that order, with what they were compared by; one row more than asked. */
export const placedTargets = (
  db: Db,
  campaignId: string,
  filter: TargetFilter,
  order: TargetOrder,
  after: readonly string[] | undefined,
  limit: number,
): Promise<Placed[]> => {
  const turned = order.startsWith('-')
  const sort = (turned ? order.slice(1) : order) as TargetSort
  const { key, from, absent } = orders[sort]
  const value = turned && absent !== undefined ? sql`coalesce(nullif(${key}, ${absent}), '')` : key
  // Names compare as in French. Ranks and days compare as plain text, which is faster.
  const collation = inFrench.includes(sort) ? sql`collate "fr-x-icu"` : sql`collate "C"`
  const compared = sql`(${value}) ${collation}`
  const [way, past] = turned ? [sql` desc`, sql`<`] : [sql``, sql`>`]
  return db.all(sql<Placed>`select t.siret, ${value} as sort from campaign_targets t ${from(campaignId)}
    where ${matching(campaignId, filter)}
      ${after ? sql`and (${compared}, t.siret) ${past} (${after[0]}::text ${collation}, ${after[1]}::bigint)` : sql``}
    order by ${compared}${way}, t.siret${way} limit ${limit + 1}`)
}

/** Those targets, in the order of their SIRET given. */
export const targetsOf = async (
  db: Db,
  campaignId: string,
  sirets: readonly number[],
  today: string,
): Promise<Target[]> => {
  const rows = await db.all(
    sql<TargetRow>`${targetRows} where t.campaign_id = ${campaignId}::uuid and t.siret = any (${sirets}::bigint[])`,
  )
  const place = new Map(sirets.map((siret, i) => [siret, i]))
  return wholeTargets(
    db,
    campaignId,
    rows.toSorted((a, b) => place.get(a.siret)! - place.get(b.siret)!),
    today,
  )
}
