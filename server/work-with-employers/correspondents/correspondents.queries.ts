import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { Slice } from '../../platform/siret.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { answeringAt, establishmentOf, inPlaceInCompany, type Link, linksOf } from './links.queries.ts'
import { type MergedCard, mergedCards } from './merging.queries.ts'
import { strongestFirst, strongestOf } from './met-person.queries.ts'

export interface SourcedValue {
  readonly id: string
  readonly field: string
  readonly value: string
  readonly source: string
  readonly organisationId: string | null
  readonly organisationName: string | null
  readonly author: { readonly id: string; readonly name: string; readonly organisationId: string } | null
  readonly observedOn: string | null
  readonly recordedAt: Date
  readonly confirmedAt: Date | null
  readonly confirmedByName: string | null
}
export interface CorrespondentRow extends TerritoryLine {
  readonly id: string
  /** Where they were first noted; `retiredAt`: when they left it. */
  readonly siret: number
  readonly name: string | null
  readonly town: string | null
  /** The other establishments that they answer for. */
  readonly links: readonly Link[]
  readonly retiredAt: Date | null
  readonly retiredReason: string | null
  readonly informedOn: string | null
  readonly informedHow: string | null
  readonly informedByName: string | null
  /** The card that this one is part of. */
  readonly mergedInto: string | null
  readonly version: number
  /** In force: everything said of the person is erased. */
  readonly objection: {
    readonly id: string
    readonly on: string
    readonly how: string
    readonly organisationName: string
  } | null
  readonly values: readonly SourcedValue[]
  readonly merged: readonly MergedCard[]
}

const shown = 200
/** Of those still in place at the establishment `siret`, the phone last recorded: a stronger source first of one person. */
export const phoneAt = (siret: RawBuilder<unknown>) =>
  sql`(select v.correspondent_id, v.value from ${answeringAt(siret)} c cross join lateral (
      select v.correspondent_id, v.value, v.recorded_at, v.id from correspondent_values v
      where v.correspondent_id = c.id and v.field = 'phone' and v.replaced_at is null order by ${strongestFirst} limit 1) v
    where c.retired_at is null order by v.recorded_at desc, v.id desc limit 1)`
/** The same of a row, for who may read it. */
export const phoneOf = (row: string) => sql`(select p.value from ${phoneAt(sql`${sql.raw(row)}.siret`)} p)`

/** Of `c`: the name and the role that its card shows first. */
export const correspondentName = sql`concat_ws(' ', ${strongestOf('givenName')}, ${strongestOf('familyName')})`
export const correspondentRole = strongestOf('role')

/** Who is in place and has a name at the other establishments of the company: of the head office, then the last noted first. */
export const correspondentsBeside = (
  db: Db,
  siret: number,
  { limit, from }: Slice,
): Promise<{ id: string; siret: number; correspondent: string; role: string | null }[]> =>
  // Names are worked out for those that are shown: a company may have thousands.
  db.all(sql<{ id: string; siret: number; correspondent: string; role: string | null }>`select c.id, p.siret,
      ${correspondentName} as correspondent, ${correspondentRole} as role
    from (select w.id, min(w.siret) as siret from ${inPlaceInCompany(siret)} w group by w.id) p
      join correspondents c on c.id = p.id
    where c.id not in (select w.id from ${answeringAt(sql`${siret}`)} w) and c.merged_into is null and exists (select from correspondent_values v
        where v.correspondent_id = c.id and v.replaced_at is null and v.field in ('givenName', 'familyName'))
    order by exists (select from establishments e where e.siret = p.siret and e.head_office and e.active) desc,
      c.created_at desc, c.id limit ${limit} offset ${from}`)

const { name, town } = establishmentOf(sql`c.siret`)
const rows = sql`select c.id, c.siret, ${name} as name, ${town} as town, ${linksOf} as links, c.region_id, c.departement_id, c.epci_id, c.clpe_id, c.retired_at, c.retired_reason,
    c.informed_on, c.informed_how, o.name as informed_by_name, c.merged_into, c.version,
    (select jsonb_build_object('id', j.id, 'on', j.objected_on, 'how', j.how, 'organisationName', b.name)
      from correspondent_objections j join organisations b on b.id = j.organisation_id
      where j.correspondent_id = c.id and j.lifted_at is null) as objection
  from correspondents c left join organisations o on o.id = c.informed_organisation_id`
/** Who typed a value `v`. */
const authorOf = sql`(select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
    a.organisation_id) from accounts a where a.id = v.author_id)`
const values = sql`select v.correspondent_id, v.id, v.field, v.value, v.source, v.organisation_id,
    o.name as organisation_name, ${authorOf} as author, v.observed_on, v.recorded_at, v.confirmed_at, f.name as confirmed_by_name
  from correspondent_values v left join organisations o on o.id = v.organisation_id
    left join organisations f on f.id = v.confirmed_organisation_id`
/** Strongest source first, then newest. */
const strongest = sql`v.field, ${strongestFirst}`
type Row = Omit<CorrespondentRow, 'values' | 'merged'>
type Value = SourcedValue & { correspondentId: string }

/**
 * The correspondents of an establishment, those in place first, with the current values of each field: two partners who
 * differ are shown side by side (EST-6).
 */
export const listCorrespondents = (db: Db, siret: number): Promise<CorrespondentRow[]> => {
  const here = sql`(select w.id from ${answeringAt(sql`${siret}`)} w)`
  return cardsAmong(db, here, sql`c.siret = ${siret} and c.retired_at is not null, c.created_at, c.id`)
}
/** The same, of these cards, the last noted first. */
export const cardsOf = (db: Db, ids: readonly string[]): Promise<CorrespondentRow[]> =>
  cardsAmong(db, sql`(select unnest(${ids}::uuid[]))`, sql`c.created_at desc, c.id`)

const cardsAmong = async (db: Db, ids: RawBuilder<unknown>, order: RawBuilder<unknown>) => {
  const [people, all, merged] = await Promise.all([
    db.all(sql<Row>`${rows} where c.id in ${ids} and c.merged_into is null order by ${order} limit ${shown}`),
    db.all(sql<Value>`${values} where v.replaced_at is null and v.correspondent_id in ${ids} order by ${strongest}`),
    mergedCards(db, ids),
  ])
  const byCorrespondent = Map.groupBy(all, v => v.correspondentId)
  const byKept = Map.groupBy(merged, m => m.keptId)
  const known = people.map(row => ({
    ...row,
    values: byCorrespondent.get(row.id) ?? [],
    merged: byKept.get(row.id) ?? [],
  }))
  // Nothing is left of who objected once, and no objection stands.
  return known.filter(row => row.values.length > 0 || row.objection !== null)
}

/**
 * Locked until the end, in the order of their ids: two corrections of one person, two merges of one pair, go one after
 * the other. Whoever may not write locks nothing.
 */
export const lockCorrespondents = (db: Db, ids: readonly string[]): Promise<unknown> =>
  db.all(sql<{ id: string }>`select id from correspondents where id = any (${ids}::uuid[]) order by id for update`)
export const findCorrespondent = async (db: Db, id: string): Promise<CorrespondentRow | undefined> => {
  const [row, all, merged] = await Promise.all([
    db.first(sql<Row>`${rows} where c.id = ${id}::uuid`),
    db.all(
      sql<Value>`${values} where v.replaced_at is null and v.correspondent_id = ${id}::uuid order by ${strongest}`,
    ),
    mergedCards(db, sql`(${id}::uuid)`),
  ])
  return row && { ...row, values: all, merged }
}

export interface PastValue extends SourcedValue {
  readonly replacedAt: Date | null
}
/** All that was ever noted of a person and still stands in the history, the newest of each field first. */
export const historyOf = (db: Db, id: string): Promise<PastValue[]> =>
  db.all(sql<PastValue>`select v.id, v.field, v.value, v.source, v.organisation_id, o.name as organisation_name,
    ${authorOf} as author, v.observed_on, v.recorded_at, v.confirmed_at, f.name as confirmed_by_name, v.replaced_at
    from correspondent_values v left join organisations o on o.id = v.organisation_id
      left join organisations f on f.id = v.confirmed_organisation_id
    where v.correspondent_id in (select correspondent_cards(${id}::uuid))
    order by v.field, v.recorded_at desc, v.id limit 500`)

export interface Known {
  readonly siret: number
  readonly correspondent: string | null
  readonly role: string | null
  readonly phone: string | null
  readonly email: string | null
}
/** Whom to ask for at these establishments: those in place, the one last recorded first. The strongest value of each field. */
export const knownPeople = (db: Db, sirets: readonly number[], each: number): Promise<Known[]> => {
  const strongestSaid = (field: string) => sql`(array_agg(v.value order by ${strongestFirst})
    filter (where v.field = ${field}))[1]`
  return db.all(sql<Known>`
    select p.siret, nullif(concat_ws(' ', p.given_name, p.family_name), '') as correspondent, p.role, p.phone, p.email
    from (select c.id, s.siret, ${strongestSaid('givenName')} as given_name, ${strongestSaid('familyName')} as family_name,
        ${strongestSaid('role')} as role, ${strongestSaid('phone')} as phone, ${strongestSaid('email')} as email,
        row_number() over (partition by s.siret
          order by (max(v.recorded_at) filter (where v.field = 'phone')) desc nulls last, max(v.recorded_at) desc, c.id) as rank
      from unnest(${sirets}::bigint[]) s (siret) cross join lateral ${answeringAt(sql`s.siret`)} c
        join correspondent_values v on v.correspondent_id = c.id and v.replaced_at is null
      where c.retired_at is null group by c.id, s.siret) p
    where p.rank <= ${each} order by p.siret, p.rank`)
}
