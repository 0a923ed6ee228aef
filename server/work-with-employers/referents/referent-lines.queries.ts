import { sql } from 'kysely'
import type { referentChanges } from '../../../contract/work-with-employers/referents.ts'
import type { Db } from '../../platform/database.ts'
import { ofSameCompany } from '../../platform/siret.ts'
import { organisationRef } from '../campaigns/references.queries.ts'
import type { Advisor, HistoryFilter, Structure } from '../exchanges/exchange-filter.queries.ts'

/** One day of the history of an employer: a structure named its referent, ended the role, or replaced who left (EST-8). */
export interface ReferentLineRow {
  readonly id: string
  readonly day: string
  readonly at: Date
  readonly siret: number
  readonly establishmentName: string | null
  readonly change: (typeof referentChanges)[number]
  readonly organisation: Structure
  /** Null where the reader sees no names, as `by`. */
  readonly person: Advisor | null
  readonly by: Advisor | null
  readonly byOrganisation: Structure
  readonly reason: string | null
}

/**
 * By the instant, as identifiers are: of one, the role that ends comes before the one that begins, then as they were
 * written (the moment and the counter of their own identifier, platform/ids.ts).
 */
const id = (at: 'f.named_at' | 'f.ended_at') =>
  sql`(lpad(to_hex((extract(epoch from ${sql.raw(at)}) * 1000)::bigint), 12, '0')
    || ${sql.raw(at === 'f.ended_at' ? `'000'` : `'001'`)}
    || overlay(left(translate(f.id::text, '-', ''), 18) placing '' from 13 for 1))::uuid`
/** Begins a statement on the lines of an employer. */
const lines = ({ siret, company, organisation, author, from, to }: HistoryFilter) => {
  const filters = [
    sql`true`,
    ...(organisation === undefined ? [] : [sql`${organisation}::uuid in (a.organisation_id, a.by_organisation)`]),
    ...(author === undefined ? [] : [sql`${author}::uuid in (a.account_id, a.by_id)`]),
    ...(from === undefined ? [] : [sql`a.day >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`a.day <= ${to}::date`]),
  ]
  return sql`
  with f as materialized (select * from referents r
    where ${company ? ofSameCompany('r.siret', siret) : sql`r.siret = ${siret}`}),
  every_line as (
    select ${id('f.named_at')} as id, f.since as day, f.named_at as at, f.siret, 'named' as change,
      f.organisation_id, f.account_id, f.named_by as by_id, f.organisation_id as by_organisation, null::text as reason
    from f
    union all
    select ${id('f.ended_at')}, f.until, f.ended_at, f.siret, f.ended_how, f.organisation_id, f.account_id,
      f.ended_by, f.ended_organisation, f.end_reason
    from f where f.ended_at is not null),
  line as (select a.* from every_line a where ${sql.join(filters, sql` and `)})`
}
const person = (account: string, organisation: string) => sql`(select jsonb_build_object('id', a.id, 'name',
  a.given_name || ' ' || a.family_name, 'organisationId', ${sql.ref(organisation)}) from accounts a
  where a.id = ${sql.ref(account)})`

/** Newest first, one row more than asked. `after`: the day and the id of the last line shown. */
export const referentLines = (
  db: Db,
  filter: HistoryFilter,
  after: readonly string[] | undefined,
  limit: number,
): Promise<ReferentLineRow[]> => {
  const since = after ? sql`where (k.day, k.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``
  return db.all(sql<ReferentLineRow>`${lines(filter)}
    select l.id, l.day, l.at, l.siret, coalesce(e.name, p.name) as establishment_name, l.change,
      ${organisationRef('l.organisation_id')} as organisation, ${person('l.account_id', 'l.organisation_id')} as person,
      ${person('l.by_id', 'l.by_organisation')} as by, ${organisationRef('l.by_organisation')} as by_organisation, l.reason
    from (select k.* from line k ${since} order by k.day desc, k.id desc limit ${limit + 1}) l
    left join establishments e on e.siret = l.siret
    left join provisional_establishments p on p.siret = l.siret and e.siret is null
    order by l.day desc, l.id desc`)
}
export const countReferentLines = async (db: Db, filter: HistoryFilter): Promise<number> =>
  (await db.first(sql<{ total: number }>`${lines(filter)} select count(*) as total from line`))!.total

/** Of whom these tell: what the history of an employer can be narrowed to. */
export const structuresOfReferents = (db: Db, filter: HistoryFilter): Promise<Structure[]> =>
  db.all(sql<Structure>`${lines(filter)} select o.id, o.name, o.kind from organisations o
    where o.id in (select l.organisation_id from line l union select l.by_organisation from line l)`)
export const advisorsOfReferents = (db: Db, filter: HistoryFilter): Promise<Advisor[]> =>
  db.all(sql<Advisor>`${lines(filter)} select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id
    from accounts a where a.id in (select l.account_id from line l union select l.by_id from line l)`)
