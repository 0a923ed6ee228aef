import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { IndicatorCode } from './definitions.ts'
import { employerPart } from './employer-parts.ts'
import { and, type Filter, some } from './filter.ts'
import {
  type Counted,
  countReached,
  countShared,
  type Moved,
  movedSince,
  ofEmployer,
  partnersReach,
} from './reached.queries.ts'
import { wholeMonths } from './whole-months.ts'

export type { Filter } from './filter.ts'

/** A figure by part; the total stands under null. */
export type Figure = ReadonlyMap<string | null, number>

const toDay = (column: string) => sql`(${sql.ref(column)} at time zone 'Europe/Paris')::date`
/**
 * The uses that the viewer may read, repeated ahead of the policies: PostgreSQL indexes no condition with an « or ».
 */
const readable = sql`(o.id = (select ctx.organisation()) or ctx.national((select ctx.campagnes())))`

// Row-level security chooses whose use one reads, and which lines. The sums of campaigns and establishments go further:
// functions answer them, and choose what is counted.
const partnersUse = (f: Filter) =>
  sql`usage_days d join organisations o on o.id = d.organisation_id and o.kind <> 'operateur' where ${and(
    sql`${readable} and d.day between ${f.from}::date and ${f.to}::date`,
    some(f.organisation, id => sql`d.organisation_id = ${id}::uuid`),
    some(
      f.territory || undefined,
      id =>
        sql`(0 = any (d.perimeter) or exists (select from territory_overlaps v where v.territory_id = ${id}
          and v.other_id = any (d.perimeter)))`,
    ),
    some(
      f.campaign,
      id =>
        sql`exists (select from campaign_memberships m where m.campaign_id = ${id}::uuid
          and m.organisation_id = d.organisation_id and d.day <@ m.days)`,
    ),
  )}`

/**
 * The same uses, added up by month wherever a month is whole. A perimeter and a membership are of a day: by territory
 * or campaign, the days themselves are read.
 * `within`: what is made of one structure's lines, so that few are put together.
 */
const addedUp = (
  f: Filter,
  within: (lines: RawBuilder<unknown>) => RawBuilder<unknown> = lines => lines,
): RawBuilder<unknown> => {
  if (f.territory || f.campaign) return sql`(select d.account_id, d.tool, d.kind, d.count from ${partnersUse(f)}) d`
  const { months, days } = wholeMonths(f, f.today)
  const parts = [
    ...(months
      ? [
          sql`select m.account_id, m.tool, m.kind, m.count from usage_months m where m.organisation_id = o.id
            and m.month between ${months.first}::date and ${months.last}::date`,
        ]
      : []),
    ...days.map(
      ({ from, to }) =>
        sql`select d.account_id, d.tool, d.kind, d.count from usage_days d where d.organisation_id = o.id
          and d.day between ${from}::date and ${to}::date`,
    ),
  ]
  return sql`(
    select u.* from (select o.id from organisations o where ${and(
      sql`o.kind <> 'operateur' and ${readable}`,
      some(f.organisation, id => sql`o.id = ${id}::uuid`),
    )} offset 0) o cross join lateral (${within(sql.join(parts, sql` union all `))}) u) d`
}

/** Those that one sees, for the lines: on one day at least of the period they were open, coordinated, with its member. */
const sharedCampaigns = (f: Filter) =>
  sql`campaigns c join campaign_coordinations k on k.campaign_id = c.id where ${and(
    sql`c.opened_at is not null and ${toDay('c.opened_at')} <= ${f.to}::date
      and (c.closed_at is null or ${toDay('c.closed_at')} >= ${f.from}::date)`,
    sql`not isempty(k.days * ${lived(f)})`,
    some(
      f.organisation,
      id => sql`not isempty(k.days * ${lived(f)} * coalesce((select range_agg(m.days) from campaign_memberships m
        where m.campaign_id = c.id and m.organisation_id = ${id}::uuid), '{}'))`,
    ),
    some(
      f.territory || undefined,
      id =>
        sql`(c.territory_id = 0 or exists (select from territory_overlaps v where v.territory_id = ${id}
          and v.other_id = c.territory_id))`,
    ),
    some(f.campaign, id => sql`c.id = ${id}::uuid`),
  )}`
/** The days of the period on which a campaign was open; none rather than a range upside down. */
const lived = (f: Filter) => {
  const opened = sql`greatest(${f.from}::date, ${toDay('c.opened_at')})`
  const closed = sql`least(${f.to}::date, ${toDay('c.closed_at')})`
  return sql`datemultirange(case when ${opened} <= ${closed} then daterange(${opened}, ${closed}, '[]')
    else 'empty' end)`
}

type Count = (f: Filter, byEmployer?: boolean) => Counted
type Lines = (f: Filter, part: string | undefined) => RawBuilder<Row>

const counts: Record<IndicatorCode, Count> = {
  // Gathered by person first, as the establishments below.
  'conseillers-utilisateurs': f => sql`
    with person as (select d.account_id, d.tool from ${addedUp(f)} group by 1, 2)
    select tool as part, count(*) as value from person group by tool union all select null, count(*)
      from (select from person group by account_id) p`,
  usage: f => sql`
    with part as (select d.tool, d.kind, sum(d.count)::bigint as value
      from ${addedUp(f, lines => sql`select tool, kind, sum(count) as count from (${lines}) l group by 1, 2`)}
      group by 1, 2)
    select tool || '.' || kind as part, value from part union all select null, coalesce(sum(value), 0)::bigint from part
      where kind <> 'sessions'`,
  campagnes: countShared,
  etablissements: countReached,
}

/** One line of a figure, as the database says it; the words come after. `label` and `id` order the lines. */
export interface Row {
  readonly id: string
  readonly label: string
  readonly onDay: string | null
  readonly count: number | null
  readonly siret?: number
  readonly tools?: readonly string[]
  readonly tool?: string
  readonly kind?: string
  readonly purposes?: readonly string[]
  readonly organisations?: readonly string[] | null
  readonly members?: number
  readonly startsOn?: string
  readonly endsOn?: string
}

// Oneself by name, and one's colleagues for who leads them; the others only by how many they are.
const named = sql`(d.account_id = (select ctx.account()) or (d.organisation_id = (select ctx.organisation())
  and (select ctx.leads_colleagues())))`

const lines: Record<IndicatorCode, Lines> = {
  'conseillers-utilisateurs': (f, part) => {
    const use = sql`${partnersUse(f)} ${part ? sql`and d.tool = ${part}` : sql``}`
    return sql`
      select a.id::text, a.given_name || ' ' || a.family_name as label, q.on_day, null::int as count, q.tools,
        q.organisations
      from (select d.account_id, max(d.day) as on_day, array_agg(distinct d.tool) as tools,
        array_agg(distinct o.name) as organisations from ${use} and ${named} group by d.account_id) q
        join accounts a on a.id = q.account_id
      union all
      select d.organisation_id::text, o.name, max(d.day), count(distinct d.account_id)::int, array_agg(distinct d.tool),
        null from ${use} and not ${named} group by d.organisation_id, o.name`
  },
  usage: (
    f,
    part,
  ) => sql`select d.organisation_id || '.' || d.tool || '.' || d.kind as id, o.name as label, max(d.day) as on_day,
    sum(d.count)::int as count, d.tool, d.kind
    from ${partnersUse(f)} and ${part ? sql`d.tool || '.' || d.kind = ${part}` : sql`d.kind <> 'sessions'`}
      group by d.organisation_id, o.name, d.tool, d.kind`,
  campagnes: (f, part) => sql`select c.id::text, c.name as label, ${toDay('c.opened_at')} as on_day, null::int as count,
    array[c.purpose] as purposes, c.starts_on, c.ends_on,
      (select array[p.name] from organisations p where p.id = c.pilot_id) as organisations, (select count(*)::int
        from campaign_members m where m.campaign_id = c.id) as members
    from ${sharedCampaigns(f)} ${part ? sql`and c.purpose = ${part}` : sql``}`,
  etablissements: (
    f,
    part,
  ) => sql`select q.siret::text as id, coalesce(e.name, '') as label, q.on_day, q.count, q.siret, q.purposes,
    q.organisations
    from (select x.siret, max(x.occurred_on) as on_day, count(*)::int as count,
      array_agg(distinct c.purpose) as purposes, array_agg(distinct o.name) as organisations
      from ${partnersReach(f, sql`join organisations o on o.id = x.organisation_id`)} ${
        part && !employerPart(part) ? sql`and c.purpose = ${part}` : sql``
      } group by x.siret) q
    left join establishments e on e.siret = q.siret
    ${part && employerPart(part) ? sql`where ${ofEmployer(part)}` : sql``}`,
}

/**
 * How each version of each definition counts, and the lines that make its figure. A new version adds its own beside,
 * and leaves the others; one that corrects those before takes their place.
 */
const ways: Record<IndicatorCode, Readonly<Record<number, { readonly count: Count; readonly lines: Lines }>>> = {
  'conseillers-utilisateurs': {
    2: { count: counts['conseillers-utilisateurs'], lines: lines['conseillers-utilisateurs'] },
  },
  usage: { 2: { count: counts.usage, lines: lines.usage } },
  campagnes: { 2: { count: counts.campagnes, lines: lines.campagnes } },
  etablissements: { 2: { count: counts.etablissements, lines: lines.etablissements } },
}
export const wayOf = (code: IndicatorCode, version: number) => {
  const way = ways[code][version]
  if (!way) throw new Error(`${code}: version ${version} has no way of counting`)
  return way
}

/** `byEmployer`: the parts by nature and size of the employer beside. */
export const countFigure = async (
  db: Db,
  code: IndicatorCode,
  version: number,
  filter: Filter,
  byEmployer = false,
): Promise<Figure> =>
  new Map((await db.all(wayOf(code, version).count(filter, byEmployer))).map(({ part, value }) => [part, value]))

/** One row more than asked. `after`: the label and the id of the last one shown. */
export const listRows = (
  db: Db,
  code: IndicatorCode,
  version: number,
  filter: Filter,
  part: string | undefined,
  after: readonly string[] | undefined,
  limit: number,
): Promise<Row[]> =>
  db.all(
    sql<Row>`select * from (${wayOf(code, version).lines(filter, part)}) r ${
      after
        ? sql`where (r.label collate "fr-x-icu",
      r.id) > (${after[0]}, ${after[1]})`
        : sql``
    } order by r.label collate "fr-x-icu", r.id limit ${limit + 1}`,
  )

export interface RowTotals {
  readonly total: number
  /** What the lines make together: the figure. */
  readonly value: number
  /** Counted without a line: people not to be named, campaigns and establishments of which one reads the sum alone. */
  readonly unnamed: number
}
export const countRows = async (
  db: Db,
  code: IndicatorCode,
  version: number,
  filter: Filter,
  part: string | undefined,
): Promise<RowTotals> => {
  const people = code === 'conseillers-utilisateurs'
  const made = people ? sql`sum(coalesce(r.count, 1))` : code === 'usage' ? sql`sum(r.count)` : sql`count(*)`
  const [lines, figure] = await Promise.all([
    db.first(
      sql<RowTotals>`select count(*) as total, coalesce(${made}, 0)::bigint as value,
      ${people ? sql`coalesce(sum(r.count), 0)::bigint` : sql`0`} as unnamed
      from (${wayOf(code, version).lines(filter, part)}) r`,
    ),
    isSum(code) ? countFigure(db, code, version, filter, employerPart(part) !== undefined) : undefined,
  ])
  if (!figure) return lines!
  const value = figure.get(part ?? null) ?? 0
  return { total: lines!.total, value, unnamed: value - lines!.total }
}
/** Of which one may read the sum without reading what makes it. */
const isSum = (code: IndicatorCode) => code === 'campagnes' || code === 'etablissements'

export const movedFigures = (db: Db, filter: Filter): Promise<Moved[]> => db.all(movedSince(filter))
