import { type RawBuilder, sql } from 'kysely'
import type { Static } from 'typebox'
import type { Criteria } from '../../../contract/territory-and-register/criteria.ts'
import type { Db } from '../../platform/database.ts'
import { isObjecting, type Line, type LineRow, lineColumns, lineOf } from './establishments.queries.ts'
import { always, type Filter, isRare, kindCondition, rowConditions, tokenQuery } from './search-filter.queries.ts'
import { departmentsOf, setsOf } from './search-sets.queries.ts'
import { type Sought, soughtAsTyped, wordsOf } from './search-terms.ts'

/** An interval of SIRETs, or words. */
export type Looked = { readonly from: number; readonly to: number } | Sought

export interface Search {
  readonly looked?: Looked
  readonly filter: Filter
  readonly limit: number
  readonly after?: { readonly rank: number; readonly name: string; readonly siret: number }
  readonly today: string
}

export interface Hit {
  readonly line: Line
  readonly position: { readonly lat: number; readonly lon: number } | null
  readonly rank: number
  readonly key: string
  readonly siret: number
}

const within = (query: string, tokens: string | null) => (tokens ? `(${query}) & ${tokens}` : query)
const inAll = (row: 'e' | 'k', sets: readonly RawBuilder<unknown>[]) =>
  sql.join([always, ...sets.map(set => sql`${sql.ref(`${row}.siret`)} in ${set}`)], sql` and `)
const answers = (query: string | null) => (query ? sql`e.search @@ scoped_query(${query}, e.departement_id)` : always)

/**
 * The rows that answer a scoped query, department after department: a limit stops before the next. Of those that
 * a set names (commitments, contacts, targets), their own rows, whatever the size of the register.
 */
const matching = (query: string | null, filter: Filter) => {
  const [first, ...others] = setsOf(filter)
  return first
    ? sql`(select e.* from (select distinct k.siret from ${first} k where ${inAll('k', others)}) k
        join establishments e on e.siret = k.siret
        where ${rowConditions(filter)} and ${answers(query)}
          and ${filter.territoryId ? sql`e.departement_id in ${departmentsOf(filter.territoryId)}` : always})`
    : sql`(select e.* from ${departmentsOf(filter.territoryId)} d cross
    join lateral (select * from establishments e where e.search @@ scoped_query(${query}, d.id)
    and ${rowConditions(filter)}) e)`
}

/** The rows a search finds, in no order; whoever uses it names it. */
export const foundRows = ({ looked, filter }: Pick<Search, 'looked' | 'filter'>): RawBuilder<unknown> => {
  const tokens = tokenQuery(filter)
  if (looked && 'from' in looked)
    return sql`(select e.* from establishments e where ${rowConditions(filter)} and e.siret between ${looked.from}
      and ${looked.to} and ${answers(tokens)}
      and ${inAll('e', setsOf(filter))})`
  return matching(looked ? within(looked.wide ?? looked.whole, tokens) : tokens, filter)
}

/** Whether the establishment `e` has all these words, the last one perhaps unfinished. */
export const hasWords = (typed: string): RawBuilder<unknown> => {
  const sought = soughtAsTyped(wordsOf(typed))
  return sought ? sql`e.search @@ scoped_query(${sought.wide ?? sought.whole}, e.departement_id)` : sql`false`
}

/** Within a class: active ones, employers, the name that is just what was asked, head offices. */
const rowRank = (looked: Looked) => sql`(case when e.active then 0 else 8 end + case when e.employer then 0 else 4 end
  + case when ${
    'whole' in looked
      ? looked.length === null
        ? sql`e.name_key = any
    (${looked.names}::text[])`
        : sql`abs(length(e.name_key) - ${looked.length}::int) <= 3`
      : sql`false`
  } then 0
    else 2 end + case when e.head_office then 0 else 1 end)`

/**
 * Up to this many of a class are put in order; of more, the first ones found, the nearest departments before. A
 * beginning being typed waits for no more than a screenful.
 */
const mostOrdered = { typing: 500, listing: 3_000 }

/**
 * How many establishments of the country have these words whole, at most: as many as have the rarest. Numbers are in no
 * lexicon.
 */
const atMost = async (db: Db, stems: readonly string[] | undefined): Promise<number> => {
  if (!stems || stems.some(s => !/[a-z]/.test(s) || s.length > 40)) return Infinity
  return (await db.first(
    sql<{
      n: number
    }>`select min(coalesce(l.establishments, 0))::int as n from unnest(${stems}::text[]) s (word) left
      join search_lexicon l using (word)`,
  ))!.n
}

/**
 * Four classes, the likeliest first: all the words whole within one's perimeter, then elsewhere.
 * Then beginnings and addresses, within one's perimeter, then elsewhere.
 * In each class, active employers come first: they are one in seven.
 * Each class is read along the index, department after department, the nearest first: the limit stops before the whole
 * country.
 * A class is not read twice for rare whole words, nor for absent ones: a word being typed is seldom whole yet.
 * The queries stand in a table of their own, so that one plan serves every search, whatever the words.
 */
const classesOf = (search: Search, looked: Sought, haveWhole: number) => {
  const { after, limit, filter } = search
  const rank = rowRank(looked)
  const { whole, wide } = looked
  const most = !after && limit <= 11 ? mostOrdered.typing : mostOrdered.listing
  const branches = [
    ...(wide && haveWhole === 0
      ? []
      : [{ base: 0, words: whole, parts: haveWhole <= most ? ['all'] : ['employers', 'others'] }]),
    ...(wide
      ? [{ base: 32, words: haveWhole === 0 ? wide : `(${wide}) & !(${whole})`, parts: ['employers', 'others'] }]
      : []),
  ]
    .flatMap(({ base, words, parts }) =>
      [true, false].flatMap(here =>
        parts.map(part => {
          const class_ = base + (here ? 0 : 16)
          return {
            class_,
            here,
            last: class_ + (part === 'employers' ? 3 : 15),
            column: sql.ref(`q${class_ + (part === 'others' ? 4 : 0)}`),
            query: within(
              `(${words})${part === 'all' ? '' : ` & ${part === 'employers' ? '' : '!'}'§=e'`}`,
              tokenQuery(filter),
            ),
          }
        }),
      ),
    )
    .filter(({ last }) => !after || last >= after.rank)
  const rankIn = (class_: number) => sql`(${sql.lit(class_)} + ${rank})`
  return sql`(
    with own as materialized (select f.ids, (select string_agg(format('%L', '§=z' || id), '|')
      from unnest(f.ids) id) as tokens from (select case when 0 = any (f) then null else f end as ids
      from ctx.fiche() f) f),
    asked as materialized (select ${sql.join(branches.map(({ here, query, column }) => sql`${here ? sql`coalesce(${query} || ' & (' || tokens || ')', ${query})` : sql`${query} || ' & !(' || tokens || ')'`} as ${column}`))} from own),
    department as materialized (
      select d.id, ids is null or exists (select from territory_overlaps o where o.territory_id = any (ids)
        and o.other_id = d.id) as ours,
        exists (select from territory_overlaps o join territories t on t.id = d.id where o.territory_id = any (ids)
          and o.other_id = t.parent_id) as near from ${departmentsOf(filter.territoryId)} d cross join own
      order by 2 desc, 3 desc, 1)
    select * from (${sql.join(
      branches.map(
        ({ class_, here, column }) => sql`(
      select siret, rank, key from (
        select e.siret, ${rankIn(class_)} as rank, e.name_key as key from department p cross
          join lateral (select * from establishments e
          where e.search @@ scoped_query((select ${column} from asked), p.id) and ${rowConditions(filter)}
          and ${
            after
              ? sql`(${rankIn(class_)}, e.name_key, e.siret) > (${after.rank}::int, ${after.name}::text,
            ${after.siret}::bigint)`
              : always
          }) e ${here ? sql`where p.ours` : sql``} limit ${most}) found
      order by rank, key, siret limit ${limit})`,
      ),
      sql` union all `,
    )}) classes limit ${limit})`
}

/**
 * A whole territory by name: along an index when its rows are many, through the tokens when an activity or a size makes
 * them few.
 */
const listed = ({ filter, after, limit }: Search) => {
  const rows =
    filter.activities ||
    filter.sizes?.length ||
    isRare(filter) ||
    setsOf(filter).length > 0 ||
    filter.active === false ||
    !filter.territoryId
      ? foundRows({ filter })
      : sql`(select * from establishments e where e.active
        and ${territoryColumn(filter.territoryId)} = ${filter.territoryId} and ${rowConditions(filter)}
        and ${filter.employer ? sql`e.employer` : always} and ${kindCondition(filter)})`
  return sql`(select e.siret, 0 as rank, e.name_key as key from ${rows} e
    where ${after ? sql`(e.name_key, e.siret) > (${after.name}::text, ${after.siret}::bigint)` : always}
    order by e.name_key, e.siret limit ${limit})`
}

const territoryColumn = (id: number) =>
  sql.ref(`e.${id < 2000 ? 'region_id' : id < 10_000 ? 'departement_id' : id < 100_000_000 ? 'clpe_id' : 'epci_id'}`)

/** What is found, the likeliest first. */
const bestFirst = async (db: Db, search: Search): Promise<RawBuilder<unknown>> => {
  const { looked, after, limit } = search
  return looked === undefined
    ? listed(search)
    : 'whole' in looked && !setsOf(search.filter).length
      ? classesOf(search, looked, await atMost(db, looked.stems))
      : sql`(
    select e.siret, ${rowRank(looked)} as rank, e.name_key as key from ${foundRows(search)} e
      where ${
        after
          ? sql`(${rowRank(looked)}, e.name_key, e.siret) > (${after.rank}::int, ${after.name}::text,
      ${after.siret}::bigint)`
          : always
      } order by rank, key, e.siret limit ${limit})`
}
/** The lines of what was found: rows of a SIRET, a rank and a key, in their order. */
export const hitsOf = async (db: Db, found: RawBuilder<unknown>, today: string): Promise<Hit[]> => {
  const rows = await db.all(
    sql<
      LineRow & { latitude: number | null; longitude: number | null; rank: number; key: string }
    >`select ${lineColumns}, e.latitude, e.longitude, f.rank, f.key from ${found} f join establishments e using (siret)
      order by f.rank, f.key, siret`,
  )
  return rows.map(row => ({
    line: lineOf(row, today),
    position: row.latitude === null || row.longitude === null ? null : { lat: row.latitude, lon: row.longitude },
    rank: row.rank,
    key: row.key,
    siret: row.siret,
  }))
}
export const searchEstablishments = async (db: Db, search: Search): Promise<Hit[]> =>
  hitsOf(db, await bestFirst(db, search), search.today)

/** Exact up to this many; beyond, it is only known to be more. */
export const mostCounted = 10_000

export const countEstablishments = async (db: Db, search: Search): Promise<number> =>
  (await db.first(
    sql<{
      n: number
    }>`select count(*)::int as n from (select from ${foundRows(search)} e limit ${mostCounted + 1}) found`,
  ))!.n

/** The criteria of a selection, with the activities as they are sought. */
export type SoughtCriteria = Omit<Static<typeof Criteria>, 'activities'> & Pick<Filter, 'activities'>

/**
 * The establishments a campaign may aim at, as a subquery with siret and the four territories: active ones, by
 * criteria.
 * Natural persons of partial diffusion are left out: they oppose the use of their data.
 */
export const selectEstablishments = (
  { commitmentKinds, ...criteria }: SoughtCriteria,
  today: string,
): RawBuilder<unknown> => {
  const commitments = commitmentKinds && { kinds: commitmentKinds, on: today }
  const filter: Filter = { ...criteria, active: true, commitments }
  const { headOffice, createdSince } = criteria
  return sql`(select e.siret, e.region_id, e.departement_id, e.epci_id, e.clpe_id
    from ${matching(tokenQuery(filter), filter)} e
    where ${headOffice === undefined ? always : sql`e.head_office = ${headOffice}`}
      and ${createdSince === undefined ? always : sql`e.created_on >= ${createdSince}::date`}
      and not ${isObjecting})`
}
