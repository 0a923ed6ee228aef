import { sql } from 'kysely'
import { type targetSorts, targetStatuses } from '../../../contract/work-with-employers/campaigns/targets.ts'
import type { Db } from '../../platform/database.ts'
import { companySizeKey, headcountKey, legalNatureKey, withEstablishments } from '../campaigns/references.queries.ts'
import type { Target } from '../campaigns/target-rules.ts'
import { matching, type TargetFilter, type TargetRow, targetRows } from '../campaigns/targets.queries.ts'

export type TargetSort = (typeof targetSorts)[number]
const last = '9999-12-31'
const shop = sql`left join establishments e on e.siret = t.siret`
/**
 * What each order compares, as text, and what it is read from. Without a date a target comes last, or never met first.
 * Dates are looked up target by target: planned for few, their sums of a campaign were added up again for each.
 */
const orders = {
  name: { key: sql`coalesce(e.name, '')`, from: () => shop },
  town: { key: sql`coalesce(e.commune_name, '')`, from: () => shop },
  headcount: { key: headcountKey, from: () => shop },
  // Without a size or a nature a target comes last, as what nobody holds.
  size: { key: sql`coalesce(${companySizeKey}, 9)::text`, from: () => shop },
  nature: { key: sql`coalesce(${legalNatureKey}, 9)::text`, from: () => shop },
  holder: {
    key: sql`case when o.id is null then '1' else concat_ws(' ', '0', o.name, a.family_name, a.given_name) end`,
    from: () => sql`left join organisations o on o.id = coalesce(t.taken_by_organisation, t.assigned_organisation)
      left join accounts a on a.id = t.taken_by`,
  },
  status: { key: sql`array_position(${targetStatuses}::text[], t.status)::text`, from: () => sql`` },
  action: {
    key: sql`coalesce(n.due_on::text, ${last})`,
    from: (campaignId: string) => sql`left join lateral (select min(n.due_on) as due_on from next_actions n
      join exchanges x on x.id = n.exchange_id and x.campaign_id = ${campaignId}::uuid
      where n.siret = t.siret and n.done_at is null and n.cancelled_at is null) n on true`,
  },
  contact: {
    key: sql`coalesce(k.last_on::text, '')`,
    from: (campaignId: string) => sql`left join lateral (select max(x.last_on) as last_on from campaign_contacts x
      where x.campaign_id = ${campaignId}::uuid and x.siret = t.siret and x.contacts > 0) k on true`,
  },
} satisfies Record<TargetSort, object>

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
  sort: TargetSort,
  after: readonly string[] | undefined,
  limit: number,
): Promise<Placed[]> => {
  const { key, from } = orders[sort]
  // Names compare as in French. Ranks and days compare as plain text, which is faster.
  const collation = inFrench.includes(sort) ? sql`collate "fr-x-icu"` : sql`collate "C"`
  const compared = sql`(${key}) ${collation}`
  return db.all(sql<Placed>`select t.siret, ${key} as sort from campaign_targets t ${from(campaignId)}
    where ${matching(campaignId, filter)}
      ${after ? sql`and (${compared}, t.siret) > (${after[0]}::text ${collation}, ${after[1]}::bigint)` : sql``}
    order by ${compared}, t.siret limit ${limit + 1}`)
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
  return withEstablishments(
    db,
    rows.toSorted((a, b) => place.get(a.siret)! - place.get(b.siret)!),
    today,
  )
}
