import { sql } from 'kysely'
import type { ServiceKind } from '../../../contract/territory-and-register/sought.ts'
import type { ServiceResult, serviceChanges } from '../../../contract/work-with-employers/services/services.ts'
import type { Db } from '../../platform/database.ts'
import { ofSameCompany } from '../../platform/siret.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { organisationRef } from '../campaigns/references.queries.ts'
import type { Advisor, HistoryFilter, Structure } from '../exchanges/exchange-filter.queries.ts'

interface Person {
  readonly id: string
  readonly name: string
  readonly organisationId: string
}
export interface Statement {
  readonly kind: ServiceKind
  readonly usedOn: string
  readonly endedOn: string | null
  readonly result: ServiceResult
  readonly words: string | null
}
interface Said {
  /** Null for an import. */
  readonly organisation: { readonly id: string; readonly name: string; readonly kind: string } | null
  /** Null too where the reader sees no names. */
  readonly author: Person | null
}
export interface VersionRow extends Statement, Said {
  readonly serviceId: string
  /** Where it was then said to be used: a file may have corrected it since, the register moved it. */
  readonly siret: number
  readonly version: number
  readonly change: (typeof serviceChanges)[number]
  readonly reason: string | null
  readonly at: Date
}
export interface ServiceLineRow extends Statement, Said, TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly establishmentName: string | null
  readonly source: 'import' | 'entered'
  readonly version: number
  readonly recordedAt: Date
  readonly withdrawnAt: Date | null
}
export interface ServiceRow extends ServiceLineRow {
  readonly history: readonly VersionRow[]
}

const said = (row: 's' | 'v') => sql`${organisationRef(`${row}.organisation_id`)} as organisation,
  (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
    a.organisation_id) from accounts a where a.id = ${sql.ref(`${row}.author_id`)}) as author`
const services = sql`select s.id, s.siret, s.region_id, s.departement_id, s.epci_id, s.clpe_id, s.kind, s.used_on,
    s.ended_on, s.result, s.words, s.source, s.version, s.recorded_at, s.withdrawn_at,
    coalesce(e.name, p.name) as establishment_name, ${said('s')}
  from operator_services s left join establishments e on e.siret = s.siret
    left join provisional_establishments p on p.siret = s.siret and e.siret is null`
const versions = sql`select v.service_id, v.siret, v.version, v.change, v.kind, v.used_on, v.ended_on, v.result, v.words,
    v.reason, v.at, ${said('v')} from operator_service_versions v`
const shown = 200

/** Those of an establishment, the latest first, each with its history; row-level security shows them to its readers. */
export const servicesAt = async (db: Db, siret: number): Promise<ServiceRow[]> => {
  const some = sql`(select id from operator_services where siret = ${siret} order by used_on desc, id desc limit ${shown})`
  const [rows, all] = await Promise.all([
    db.all(sql<ServiceLineRow>`${services} where s.id in ${some} order by s.used_on desc, s.id desc`),
    db.all(sql<VersionRow>`${versions} where v.service_id in ${some} order by v.version desc`),
  ])
  const byService = Map.groupBy(all, ({ serviceId }) => serviceId)
  return rows.map(row => ({ ...row, history: byService.get(row.id) ?? [] }))
}
export const serviceById = async (db: Db, id: string): Promise<ServiceRow | undefined> => {
  const [row, history] = await Promise.all([
    db.first(sql<ServiceLineRow>`${services} where s.id = ${id}::uuid`),
    db.all(sql<VersionRow>`${versions} where v.service_id = ${id}::uuid order by v.version desc`),
  ])
  return row && { ...row, history }
}
/** Locked until the end: two changes go one after the other. Whoever may not change it locks nothing. */
export const lockService = (db: Db, id: string): Promise<unknown> =>
  db.all(sql<{ id: string }>`select id from operator_services where id = ${id}::uuid for update`)

/** What counts as used of an establishment since a day. */
export const usedAt = (db: Db, siret: number, since: string): Promise<{ kind: ServiceKind; usedOn: string }[]> =>
  db.all(sql<{ kind: ServiceKind; usedOn: string }>`select kind, used_on from services_used(${since}::date)
    where siret = ${siret}`)

/** Those of an employer, or of its whole company. */
const matching = ({ siret, company, organisation, author, from, to }: HistoryFilter) =>
  sql.join(
    [
      company ? ofSameCompany('s.siret', siret) : sql`s.siret = ${siret}`,
      ...(organisation === undefined ? [] : [sql`s.organisation_id = ${organisation}::uuid`]),
      ...(author === undefined ? [] : [sql`s.author_id = ${author}::uuid`]),
      ...(from === undefined ? [] : [sql`s.used_on >= ${from}::date`]),
      ...(to === undefined ? [] : [sql`s.used_on <= ${to}::date`]),
    ],
    sql` and `,
  )
/** Newest first, one row more than asked. `after`: the day and the id of the last line shown. */
export const servicesOfHistory = (
  db: Db,
  filter: HistoryFilter,
  after: readonly string[] | undefined,
  limit: number,
): Promise<ServiceLineRow[]> => {
  const since = after ? sql`and (s.used_on, s.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``
  return db.all(
    sql<ServiceLineRow>`${services} where ${matching(filter)} ${since}
      order by s.used_on desc, s.id desc limit ${limit + 1}`,
  )
}
export const countServices = async (db: Db, filter: HistoryFilter): Promise<number> =>
  (await db.first(sql<{ total: number }>`select count(*) as total from operator_services s where ${matching(filter)}`))!
    .total

/** Who entered these: what the history of an employer can be narrowed to. */
export const structuresOfServices = (db: Db, filter: HistoryFilter): Promise<Structure[]> =>
  db.all(sql<Structure>`select o.id, o.name, o.kind from organisations o
    where o.id in (select s.organisation_id from operator_services s where ${matching(filter)})`)
export const advisorsOfServices = (db: Db, filter: HistoryFilter): Promise<Advisor[]> =>
  db.all(sql<Advisor>`select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id from accounts a
    where a.id in (select s.author_id from operator_services s where ${matching(filter)})`)
