import { type RawBuilder, sql } from 'kysely'
import { companySizes, legalNatures } from '../../../contract/territory-and-register/employer-kinds.ts'
import type { searchOrders } from '../../../contract/territory-and-register/establishments.ts'
import type { Db } from '../../platform/database.ts'
import { natureColumn } from './establishments.queries.ts'
import { foundRows, type Hit, hitsOf, mostCounted, type Search } from './search.queries.ts'

export type SearchSort = (typeof searchOrders)[number]
const unnamed = sql`case when coalesce(e.name_key, '~') = '~' then 1 else 0 end`
/** What each order compares: a number, then a text; and what is read beside the row for it. */
interface Order {
  readonly rank: RawBuilder<unknown>
  readonly key: RawBuilder<unknown>
  readonly beside?: RawBuilder<unknown>
  /** The text goes from the last to the first. */
  readonly turned?: true
}
const named = sql`coalesce(e.name_key, '')`
const sizes = [...companySizes].filter(one => one !== 'unknown')
const unread = sql`not ctx.covers((select ctx.fiche()), e.region_id, e.departement_id, e.epci_id, e.clpe_id)`
const lastContact = sql`left join lateral last_contact(e.siret) k on true`
/**
 * The largest headcount or company comes first, what has none last. By last contact: those never contacted, then the longest ago;
 * at the end, by name, those whose contacts one may not read.
 */
const orders: Record<SearchSort, Order> = {
  name: { rank: unnamed, key: named },
  '-name': { rank: unnamed, key: named, turned: true },
  town: { rank: sql`0`, key: sql`coalesce(e.commune_name, '') || ' ' || coalesce(e.name_key, '')` },
  '-town': {
    rank: sql`0`,
    key: sql`coalesce(e.commune_name, '') || ' ' || coalesce(e.name_key, '')`,
    turned: true,
  },
  headcount: {
    rank: sql`case when e.headcount_band ~ '^\\d\\d$' then 60 - e.headcount_band::int else 61 end`,
    key: named,
  },
  '-headcount': {
    rank: sql`case when e.headcount_band ~ '^\\d\\d$' then e.headcount_band::int else 61 end`,
    key: named,
  },
  size: {
    rank: sql`coalesce(array_position(${sizes.toReversed()}::text[], e.company_size), 9)`,
    key: named,
  },
  '-size': { rank: sql`coalesce(array_position(${sizes}::text[], e.company_size), 9)`, key: named },
  nature: {
    rank: sql`array_position(${legalNatures}::text[], ${natureColumn})`,
    key: named,
  },
  // The last one is that of those it is not told of.
  '-nature': {
    rank: sql`array_position(${[...legalNatures.slice(0, -1).toReversed(), ...legalNatures.slice(-1)]}::text[], ${natureColumn})`,
    key: named,
  },
  contact: {
    rank: sql`case when ${unread} then 2
      when k.occurred_on is not null then 1 else 0 end`,
    key: sql`concat_ws(' ', k.occurred_on, coalesce(e.name_key, ''))`,
    beside: lastContact,
  },
  // From the latest, as days left until a day that never comes; then those never contacted.
  '-contact': {
    rank: sql`case when ${unread} then 2 when k.occurred_on is not null then 0 else 1 end`,
    key: sql`concat_ws(' ', lpad(('9999-12-31'::date - k.occurred_on)::text, 7, '0'), ${named})`,
    beside: lastContact,
  },
}
interface Placed {
  readonly siret: number
  readonly rank: number
  readonly key: string
}

/** What comes after the last line shown. */
const pastHit = (turned: boolean, { rank, name, siret }: NonNullable<Search['after']>) =>
  turned
    ? sql`where p.rank > ${rank}::int or p.rank = ${rank}::int and (p.key collate "fr-x-icu" < ${name}::text collate "fr-x-icu"
      or p.key = ${name}::text and p.siret > ${siret}::bigint)`
    : sql`where (p.rank, p.key collate "fr-x-icu", p.siret) > (${rank}::int, ${name}::text collate "fr-x-icu",
      ${siret}::bigint)`

/**
 * The page of what a search finds in that order; undefined beyond what is counted, which no order is worth reading
 * through. It reads the rows that the count reads, and no others.
 */
export const searchInOrder = async (
  db: Db,
  { looked, filter, after, limit, today }: Search,
  sort: SearchSort,
): Promise<readonly Hit[] | undefined> => {
  const { rank, key, beside = sql``, turned = false } = orders[sort]
  const past = after ? pastHit(turned, after) : sql``
  const inOrder = sql`p.rank, p.key collate "fr-x-icu" ${turned ? sql`desc` : sql``}, p.siret`
  const { found, placed } = (await db.first(
    sql<{ found: number; placed: Placed[] }>`
    with found as materialized (select e.siret, e.name_key, e.commune_name, e.headcount_band, e.company_size, e.legal_category,
      e.partial_diffusion, e.natural_person, e.region_id, e.departement_id, e.epci_id, e.clpe_id
      from ${foundRows({ filter, ...(looked ? { looked } : {}) })} e limit ${mostCounted + 1}),
    counted as materialized (select count(*)::int as n from found),
    e as (select e.siret, ${rank} as rank, ${key} as key from found e ${beside}
      where (select n from counted) <= ${mostCounted}),
    page as (select * from e p ${past} order by ${inOrder} limit ${limit})
    select (select n from counted) as found,
      (select coalesce(jsonb_agg(jsonb_build_object('siret', p.siret, 'rank', p.rank, 'key', p.key)
        order by ${inOrder}), '[]') from page p) as placed`,
  ))!
  if (found > mostCounted) return undefined
  const parts = [placed.map(p => p.siret), placed.map(p => p.rank), placed.map(p => p.key)] as const
  const hits = await hitsOf(
    db,
    sql`(select * from unnest(${parts[0]}::bigint[], ${parts[1]}::int[], ${parts[2]}::text[]) as p (siret, rank, key))`,
    today,
  )
  const place = new Map(placed.map(({ siret }, i) => [siret, i]))
  return hits.toSorted((a, b) => place.get(a.siret)! - place.get(b.siret)!)
}
