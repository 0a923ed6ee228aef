import { sql } from 'kysely'
import type {
  needAdvice,
  needChanges,
  needContracts,
  needKinds,
  needStates,
} from '../../../contract/work-with-employers/needs.ts'
import type { Db } from '../../platform/database.ts'
import { plain } from '../../platform/plain-words.ts'
import { ofSameCompany } from '../../platform/siret.ts'
import { addDays } from '../../platform/time.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { organisationRef } from '../campaigns/references.queries.ts'
import { metPerson } from '../correspondents/met-person.queries.ts'
import type { HistoryFilter } from '../exchanges/exchange-filter.queries.ts'
import type { Visibility } from '../exchanges/exchange-rules.ts'

export interface Organisation {
  readonly id: string
  readonly name: string
  readonly kind: string
}
export interface PersonOf {
  readonly id: string
  readonly name: string
  readonly organisationId: string
}
/** What is needed, as the table keeps it. */
export interface Stated {
  readonly kind: (typeof needKinds)[number]
  readonly advice: (typeof needAdvice)[number] | null
  readonly jobCode: string | null
  readonly jobLabel: string | null
  readonly rome: string | null
  readonly posts: number | null
  readonly contract: (typeof needContracts)[number] | null
  readonly startsOn: string | null
  readonly weeklyHours: number | null
  readonly wage: string | null
  readonly skills: string | null
  readonly place: string | null
}
export interface NeedLineRow extends TerritoryLine, Stated {
  readonly id: string
  readonly siret: number
  readonly visibility: Visibility
  readonly state: (typeof needStates)[number]
  readonly organisationId: string
  readonly organisation: Organisation
  readonly ownerId: string
  /** Null where the reader sees no names. */
  readonly owner: PersonOf | null
  readonly takenByOrganisationId: string | null
  readonly takenBy: Organisation | null
  readonly takenAt: Date | null
  readonly closedAt: Date | null
  readonly hired: number
  readonly version: number
  readonly saidVersion: number
  readonly notedOn: string
  readonly waitingFor: string[]
}
export interface NeedRow extends NeedLineRow {
  readonly notes: string | null
  readonly correspondentId: string | null
  readonly correspondent: { readonly id: string; readonly name: string } | null
  readonly exchangeId: string | null
}

export const personRef = (column: string) => sql`(select jsonb_build_object('id', a.id, 'name',
  a.given_name || ' ' || a.family_name, 'organisationId', a.organisation_id) from accounts a
  where a.id = ${sql.ref(column)})`
const columns = sql`n.id, n.siret, n.region_id, n.departement_id, n.epci_id, n.clpe_id, n.visibility, n.kind, n.advice,
    n.job_code, n.job_label, n.rome, n.posts, n.contract, n.starts_on, n.weekly_hours::float8 as weekly_hours, n.wage,
    n.skills, n.place, n.state, n.organisation_id, ${organisationRef('n.organisation_id')} as organisation, n.owner_id,
    ${personRef('n.owner_id')} as owner, n.taken_by_organisation as taken_by_organisation_id,
    ${organisationRef('n.taken_by_organisation')} as taken_by, n.taken_at, n.closed_at, n.hired, n.version,
    n.said_version, n.noted_on,
    array(select p.to_organisation from need_proposals p where p.need_id = n.id and p.state = 'waiting') as waiting_for`
const lines = sql`select ${columns} from needs n`
/** With what an order compares, of the needs `p` that it places. */
export const placedLines = sql`select p.rank, ${columns} from needs n join page p on p.id = n.id`

/** What a list asks. `owner`: followed by oneself, by one's structure, or taken by it. */
export interface NeedFilter {
  readonly territory?: number | undefined
  readonly kind?: Stated['kind'] | undefined
  readonly job?: string | undefined
  readonly state?: NeedLineRow['state'] | 'standing' | undefined
  readonly owner?: 'me' | 'structure' | 'taken' | undefined
  readonly age?: '7' | '30' | '90' | 'more' | undefined
}
const owners = {
  me: sql`n.owner_id = (select ctx.account())`,
  structure: sql`n.organisation_id = (select ctx.organisation())`,
  taken: sql`n.taken_by_organisation = (select ctx.organisation())`,
}
const aJob = (words: string) =>
  /^[a-n]\d{4}$/i.test(words.trim())
    ? sql`n.rome = ${words.trim().toUpperCase()}`
    : sql`n.job_words like all (${likeWords(words)}::text[])`
/** Each word, at the beginning of a word of the label. */
export const likeWords = (words: string): string[] =>
  plain(words)
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .map(word => `% ${word}%`)
/** The label as it is searched: a space before each word. */
export const searched = (label: string): string =>
  ` ${plain(label)
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .join(' ')}`

export const matching = ({ territory, kind, job, state, owner, age }: NeedFilter, today: string) =>
  sql.join(
    [
      sql`true`,
      ...(territory ? [sql`${territory}::int in (n.region_id, n.departement_id, n.epci_id, n.clpe_id)`] : []),
      ...(kind ? [sql`n.kind = ${kind}`] : []),
      ...(job ? [aJob(job)] : []),
      ...(state === 'standing'
        ? [sql`n.state in ('ouvert', 'pris-en-charge', 'partiellement-pourvu')`]
        : state
          ? [sql`n.state = ${state}`]
          : []),
      ...(owner ? [owners[owner]] : []),
      ...(age === 'more'
        ? [sql`n.noted_on < ${addDays(today, -90)}::date`]
        : age
          ? [sql`n.noted_on >= ${addDays(today, -Number(age))}::date`]
          : []),
    ],
    sql` and `,
  )

export const countNeeds = async (db: Db, filter: NeedFilter, today: string): Promise<number> =>
  (await db.first(sql<{ total: number }>`select count(*) as total from needs n where ${matching(filter, today)}`))!
    .total

/** Those of an employer, or of its whole company, on its history. */
const recorded = ({ siret, company, organisation, author, from, to }: HistoryFilter) =>
  sql.join(
    [
      company ? ofSameCompany('n.siret', siret) : sql`n.siret = ${siret}`,
      ...(organisation === undefined ? [] : [sql`n.organisation_id = ${organisation}::uuid`]),
      ...(author === undefined ? [] : [sql`n.owner_id = ${author}::uuid`]),
      ...(from === undefined ? [] : [sql`n.noted_on >= ${from}::date`]),
      ...(to === undefined ? [] : [sql`n.noted_on <= ${to}::date`]),
    ],
    sql` and `,
  )
export const needsOfHistory = (
  db: Db,
  filter: HistoryFilter,
  after: readonly string[] | undefined,
  limit: number,
): Promise<NeedLineRow[]> => {
  const since = after ? sql`and (n.noted_on, n.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``
  return db.all(
    sql<NeedLineRow>`${lines} where ${recorded(filter)} ${since} order by n.noted_on desc, n.id desc limit ${limit + 1}`,
  )
}
export const countNeedsOfHistory = async (db: Db, filter: HistoryFilter): Promise<number> =>
  (await db.first(sql<{ total: number }>`select count(*) as total from needs n where ${recorded(filter)}`))!.total

/** Whose needs these are: what the history of an employer can be narrowed to. */
export const structuresOfNeeds = (db: Db, filter: HistoryFilter): Promise<Organisation[]> =>
  db.all(sql<Organisation>`select o.id, o.name, o.kind from organisations o
    where o.id in (select n.organisation_id from needs n where ${recorded(filter)})`)
export const advisorsOfNeeds = (db: Db, filter: HistoryFilter): Promise<PersonOf[]> =>
  db.all(sql<PersonOf>`select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id from accounts a
    where a.id in (select n.owner_id from needs n where ${recorded(filter)})`)

/** Those of an employer: what waits first, the latest first. */
export const needsAt = (db: Db, siret: number): Promise<NeedLineRow[]> =>
  db.all(sql<NeedLineRow>`${lines} where n.siret = ${siret}
    order by n.closed_at is not null, n.noted_on desc, n.id desc limit 200`)
export const needLinesById = (db: Db, ids: readonly string[]): Promise<NeedLineRow[]> =>
  db.all(sql<NeedLineRow>`${lines} where n.id = any (${ids}::uuid[])`)

export const needById = (db: Db, id: string): Promise<NeedRow | undefined> =>
  db.first(sql<NeedRow>`select ${columns}, v.notes, n.correspondent_id, n.exchange_id,
      case when m.name <> '' then jsonb_build_object('id', m.id, 'name', m.name) end as correspondent
    from needs n left join need_versions v on v.need_id = n.id and v.version = n.said_version
      cross join lateral (select n.correspondent_id) t ${metPerson}
    where n.id = ${id}::uuid`)
/** Locked until the end: two corrections go one after the other. Whoever may not correct it locks nothing. */
export const lockNeed = (db: Db, id: string): Promise<unknown> =>
  db.all(sql<{ id: string }>`select id from needs where id = ${id}::uuid for update`)

export interface VersionRow {
  readonly version: number
  readonly change: (typeof needChanges)[number]
  readonly state: NeedLineRow['state']
  readonly notes: string | null
  readonly reason: string | null
  readonly organisation: Organisation
  readonly author: PersonOf | null
  readonly at: Date
}
/** The last first. */
export const needVersionsOf = (db: Db, id: string): Promise<VersionRow[]> =>
  db.all(sql<VersionRow>`select v.version, v.change, v.state, v.notes, v.reason,
      ${organisationRef('v.organisation_id')} as organisation, ${personRef('v.author_id')} as author, v.at
    from need_versions v where v.need_id = ${id}::uuid order by v.version desc`)

export interface HireRow {
  readonly id: string
  readonly number: number
  readonly contract: (typeof needContracts)[number]
  readonly hiredOn: string
  readonly beyond: boolean
  readonly organisation: Organisation
}
export const hiresOf = (db: Db, id: string): Promise<HireRow[]> =>
  db.all(sql<HireRow>`select h.id, h.number, h.contract, h.hired_on, h.beyond,
      ${organisationRef('h.organisation_id')} as organisation
    from need_hires h where h.need_id = ${id}::uuid order by h.hired_on, h.noted_at`)

/** Of the viewer's structure, with that employer: a need may come from it. */
export const isOwnExchange = async (db: Db, id: string, siret: number): Promise<boolean> =>
  (await db.first(
    sql<{ id: string }>`select id from exchanges where id = ${id}::uuid and siret = ${siret}
      and organisation_id = (select ctx.organisation())`,
  )) !== undefined
